"""Types of certificates (证照类型): loaded from files, or kept in the administration; whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from ecert.checked import FIELDS, checked_type
from ecert.compatibility import incompatible
from ecert.errors import (
    CERTIFICATE_TYPE_EXISTS,
    CERTIFICATE_TYPE_UNKNOWN,
)
from ecert.models import Certificate, CertificateType
from people.commands import audit, once
from people.errors import Problem, Refusal, Refusals
from people.models import Account, Department
from people.viewer import Viewer


def load_types(
    types: Sequence[Mapping[str, Any]], *, viewer: Viewer | None = None
) -> list[CertificateType]:
    """Writes the types as `fixtures/certificates/*.yaml` describe them; a known code is brought up to date.

    Idempotent; a type that the administration keeps stays as it is. Refusals: CERTIFICATE_TYPE_INVALID with
    `type` and `reason`, CERTIFICATE_TYPE_IN_USE as `change_certificate_type`, INVALID_CREDIT_CODE for a
    type code that does not begin with the credit code of the body that defines the type.
    """
    checked = [checked_type(kind) for kind in types]
    with transaction.atomic():
        return [_load(kind, viewer or Viewer.system("load_types")) for kind in checked]


def add_certificate_type(*, viewer: Viewer, key: str, kind: Mapping[str, Any]) -> CertificateType:
    """A new type, by an administrator or a role that may add types; `kind` as `load_types` takes it.

    Refusals: FORBIDDEN, CERTIFICATE_TYPE_EXISTS (the code, or the type code), INVALID_CHOICE for a function that no
    department has, and those of `load_types`.
    """
    checked = checked_type(kind)

    def act() -> dict[str, object]:
        _judge(viewer, "add", checked)
        _judge_codes(checked)
        made = CertificateType.objects.create(**checked, edited_at=timezone.now())
        _note(viewer, "add_certificate_type", made, sorted(FIELDS))
        return {"type": made.code}

    body = {"kind": checked}
    once(viewer, key=key, command="add_certificate_type", body=body, act=act)
    return CertificateType.objects.get(code=checked["code"])


def change_certificate_type(
    *, viewer: Viewer, key: str, kind: Mapping[str, Any]
) -> CertificateType:
    """The type with this code as `kind` now says; from now on files leave it as it is.

    Refusals: FORBIDDEN, CERTIFICATE_TYPE_UNKNOWN, CERTIFICATE_TYPE_IN_USE with all that certificates or items of
    the catalogue hold fast (`certificates`, `items`), INVALID_CHOICE, and those of `load_types`.
    """
    checked = checked_type(kind)

    def act() -> dict[str, object]:
        _judge(viewer, "change", checked)
        found = CertificateType.objects.select_for_update().filter(code=checked["code"]).first()
        if found is None:
            raise Refusal(CERTIFICATE_TYPE_UNKNOWN, field="code", type=checked["code"])
        if checked["type_code"] != found.type_code:
            _judge_codes({"code": "", "type_code": checked["type_code"]})
        if changed := _bring(found, checked):
            found.edited_at = timezone.now()
            found.save(update_fields=["edited_at"])
            _note(viewer, "change_certificate_type", found, changed)
        return {"type": found.code}

    body = {"kind": checked}
    once(viewer, key=key, command="change_certificate_type", body=body, act=act)
    return CertificateType.objects.get(code=checked["code"])


def _load(kind: Mapping[str, Any], viewer: Viewer) -> CertificateType:
    found, is_new = CertificateType.objects.select_for_update().get_or_create(
        code=kind["code"], defaults=dict(kind)
    )
    if is_new or (found.edited_at is None and _bring(found, kind)):
        _note(viewer, "load_certificate_type", found, ["*"])
    return found


def _bring(found: CertificateType, kind: Mapping[str, Any]) -> list[str]:
    """Writes what differs, once nothing holds it fast; the names of the fields."""
    before = {name: getattr(found, name) for name in FIELDS}
    changed = sorted(name for name in FIELDS if before[name] != kind[name])
    problems = incompatible(before, kind) if changed else []
    if problems and any((uses := uses_of(found)).values()):
        raise Refusals([Problem(one.code, one.field, {**one.params, **uses}) for one in problems])
    for name in changed:
        setattr(found, name, kind[name])
    if changed:
        found.save(update_fields=changed)
    return changed


def uses_of(kind: CertificateType) -> dict[str, Any]:
    """{"certificates": how many, at most 1,000, "items": names of some that rely on it}."""
    rows = Certificate.objects.filter(type=kind).order_by().values_list("pk")[:1000]
    relying = import_string(settings.CERTIFICATE_TYPE_RELIED_ON)
    return {"certificates": len(rows), "items": relying(kind.code)}


def _judge(viewer: Viewer, verb: str, kind: Mapping[str, Any]) -> None:
    account = Account.objects.filter(id__in=[viewer.account_id], is_active=True).first()
    may = account is not None and account.has_perm(f"ecert.{verb}_certificatetype")
    if viewer.kind != "system" or not may:
        raise Refusal("FORBIDDEN", audited=True)
    functions = Department.objects.order_by("function").values_list("function", flat=True)
    if kind["issuer_function"] not in (allowed := list(functions.distinct())):
        raise Refusal("INVALID_CHOICE", field="issuer_function", allowed=allowed)


def _judge_codes(kind: Mapping[str, Any]) -> None:
    for name in ("code", "type_code"):
        if CertificateType.objects.filter(**{name: kind[name]}).exists():
            raise Refusal(CERTIFICATE_TYPE_EXISTS, field=name)


def _note(viewer: Viewer, action: str, kind: CertificateType, fields: Sequence[str]) -> None:
    audit(
        viewer,
        action=action,
        subject_kind="certificate_type",
        subject_id=kind.code,
        details={"fields": list(fields)},
    )
