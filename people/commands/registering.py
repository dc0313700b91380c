"""Enters who there is: divisions, departments, people, enterprises and their rights (登记).

Each function finds the row by its natural key, makes it or brings it up to date, and notes what it
changed; entering the same again changes nothing. Only processes of ours and administrators enter.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction

from keys import vault
from people import identifiers
from people.commands.auditing import audit
from people.errors import Refusal
from people.models import (
    Account,
    Department,
    Division,
    Enterprise,
    Mandate,
    Officer,
    Person,
    StaffRole,
)
from people.viewer import Viewer

Row = TypeVar("Row", bound=models.Model)


def enter_department(
    *,
    viewer: Viewer,
    function: str,
    division: Division,
    name: str,
    credit_code: str,
    document_word: str,
    channel: str = "desk",
    review_body: str = "",
    court: str = "",
) -> Department:
    """A department by function and division. Refusal: INVALID_CREDIT_CODE."""
    values = {
        "code": f"{function}.{division.pk}",
        "name": name,
        "credit_code": identifiers.credit_code(credit_code, field="credit_code"),
        "document_word": document_word,
        "channel": channel,
        "review_body": review_body,
        "court": court,
    }
    return enter(viewer, Department, {"function": function, "division": division}, values)


def enter_person(*, viewer: Viewer, name: str, id_number: str, phone: str = "") -> Person:
    """A natural person by citizen number, which is sealed; a digest finds it, a mask is shown.

    Refusals: those of `id_number`, `person_name` and `phone`; IDENTITY_MISMATCH when the number is
    another name's (BAD-34).
    """
    number = identifiers.id_number(id_number, field="id_number")
    name = identifiers.person_name(name, field="name")
    key = {"id_kind": "111", "id_number_digest": vault.blind(number)}
    with transaction.atomic():
        person = Person.objects.filter(**key).first()
        if person is None:
            sealed = {"id_number_sealed": vault.seal(number), "name": name}
            person = enter(
                viewer,
                Person,
                key,
                {**sealed, "id_number_mask": identifiers.mask_id_number(number)},
            )
        if person.name != name:
            raise Refusal("IDENTITY_MISMATCH")
        _keep_phone(viewer, person, phone)
    return person


def _keep_phone(viewer: Viewer, person: Person, phone_text: str) -> None:
    number = identifiers.phone(phone_text, field="phone") if phone_text else ""
    known = vault.unseal(person.phone_sealed) if person.phone_sealed else ""
    if number == known:
        return
    person.phone_sealed = vault.seal(number) if number else None
    person.phone_mask = identifiers.mask_phone(number) if number else ""
    person.save(update_fields=["phone_sealed", "phone_mask"])
    _note(viewer, person, ["phone"])


def enter_enterprise(
    *,
    viewer: Viewer,
    credit_code: str,
    name: str,
    legal_representative: Person,
    address: str,
    is_active: bool = True,
) -> Enterprise:
    """An enterprise by its credit code. Refusals: INVALID_CREDIT_CODE, those of `clean_text`."""
    code = identifiers.credit_code(credit_code, field="credit_code")
    values = {
        "name": identifiers.clean_text(name, most=200, field="name"),
        "legal_representative_id": legal_representative.pk,
        "address": identifiers.clean_text(address, most=300, field="address"),
        "is_active": is_active,
    }
    return enter(viewer, Enterprise, {"credit_code": code}, values)


def enter_account(
    *, viewer: Viewer, sign_in_name: str, password: str, person: Person | None = None
) -> Account:
    """An account by its sign-in name; one that exists keeps its password.

    Refusal: SIGN_IN_NAME_TAKEN when it is another person's.
    """
    name = identifiers.clean_text(sign_in_name, most=64, field="sign_in_name")
    account = Account.objects.filter(sign_in_name=name).first()
    if account is None:
        values = {"password": make_password(password), "person_id": person and person.pk}
        return enter(viewer, Account, {"sign_in_name": name}, values)
    if account.person_id != (person and person.pk):
        raise Refusal("SIGN_IN_NAME_TAKEN", field="sign_in_name")
    return account


def enter_officer(
    *,
    viewer: Viewer,
    account: Account,
    department: Department,
    role: str,
    name: str,
    staff_number: str,
    valid_from: date,
    valid_until: date | None = None,
) -> Officer:
    """A role of an account in a department from day to day, both included.

    `role` is the code of a StaffRole. Refusal: INVALID_CHOICE with the codes there are.
    """
    allowed = list(StaffRole.objects.order_by("code").values_list("code", flat=True))
    if role not in allowed:
        raise Refusal("INVALID_CHOICE", field="role", allowed=allowed)
    key = {"account": account, "department": department, "role_id": role, "valid_from": valid_from}
    values = {"name": name, "staff_number": staff_number, "valid_until": valid_until}
    return enter(viewer, Officer, key, values)


def enter_mandate(
    *,
    viewer: Viewer,
    enterprise: Enterprise,
    person: Person,
    valid_from: date,
    valid_until: date,
    items: Sequence[str] = (),
) -> Mandate:
    """A mandate from day to day, both included, for some item codes; none = every item."""
    key = {"enterprise": enterprise, "person": person, "valid_from": valid_from}
    return enter(viewer, Mandate, key, {"valid_until": valid_until, "items": list(items)})


def enter(
    viewer: Viewer, model: type[Row], key: Mapping[str, object], values: Mapping[str, object]
) -> Row:
    """The row with this key, made or brought up to date; unchanged rows are not written."""
    if viewer.kind != "system":
        raise Refusal("FORBIDDEN", audited=True)
    with transaction.atomic():
        row, created = model._default_manager.get_or_create(defaults=dict(values), **key)
        changed = [] if created else [n for n, value in values.items() if getattr(row, n) != value]
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            row.save(update_fields=changed)
        if created or changed:
            _note(viewer, row, changed or ["*"])
    return row


def _note(viewer: Viewer, row: models.Model, fields: Sequence[str]) -> None:
    kind = str(row._meta.model_name)
    audit(
        viewer,
        action=f"enter_{kind}",
        subject_kind=kind,
        subject_id=row.pk,
        details={"fields": list(fields)},
    )
