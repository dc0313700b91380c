"""Staff roles (岗位角色) as administrators keep them: added, changed, and never emptied behind their holders' backs."""

import re
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from people.commands.auditing import audit
from people.commands.receipts import once
from people.errors import NotFound, Refusal
from people.identifiers import clean_text
from people.models import Account, StaffRole
from people.roles import grantable_permissions, role_holders
from people.viewer import Viewer

CODE = re.compile("[a-z][a-z_]{1,19}")
DESK = "at_desk"  # named among the rights that a role loses


def add_role(
    *,
    viewer: Viewer,
    key: str,
    code: str,
    name: str,
    duty: str,
    at_desk: bool,
    permissions: Sequence[str] = (),
) -> StaffRole:
    """A new role, by an administrator; what it may do with a case stands in the commands, by its code.

    Refusals: FORBIDDEN, ROLE_CODE_INVALID, ROLE_EXISTS, REQUIRED, TOO_LONG, INVALID_CHARACTERS,
    PERMISSION_UNKNOWN with `unknown`.
    """
    values = _checked(name, duty, at_desk, permissions)

    def act() -> dict[str, object]:
        _judge(viewer)
        if not CODE.fullmatch(code):
            raise Refusal("ROLE_CODE_INVALID", field="code")
        if StaffRole.objects.filter(pk=code).exists():
            raise Refusal("ROLE_EXISTS", field="code")
        role = StaffRole.objects.create(code=code, edited_at=timezone.now(), **values)
        _note(viewer, "add_role", role, {"gained": _rights(role)})
        return {"code": code}

    body = {"code": code, **values}
    once(viewer, key=key, command="add_role", body=body, act=act)
    return StaffRole.objects.get(pk=code)


def change_role(
    *,
    viewer: Viewer,
    key: str,
    code: str,
    name: str,
    duty: str,
    at_desk: bool,
    permissions: Sequence[str] = (),
    agreed: int | None = None,
) -> StaffRole:
    """A role under another name, or with other rights; from now on files leave it as it is.

    Rights that somebody holds are taken only knowingly: `agreed` is the number of those who lose them.
    Refusals: FORBIDDEN, NOT_FOUND, ROLE_HELD with `holders` and `lost`, and those of `add_role`.
    """
    values = _checked(name, duty, at_desk, permissions)

    def act() -> dict[str, object]:
        _judge(viewer)
        role = StaffRole.objects.select_for_update().filter(pk=code).first()
        if role is None:
            raise NotFound("code")
        before = _rights(role)
        changed = [field for field, value in values.items() if getattr(role, field) != value]
        for field in changed:
            setattr(role, field, values[field])
        lost = sorted(set(before) - set(_rights(role)))
        holders = role_holders(role) if lost else 0
        if holders and agreed != holders:
            raise Refusal("ROLE_HELD", field="agreed", holders=holders, lost=lost)
        if changed:
            role.edited_at = timezone.now()
            role.save(update_fields=[*changed, "edited_at"])
            gained = sorted(set(_rights(role)) - set(before))
            told = {"fields": changed, "lost": lost, "gained": gained, "holders": holders}
            _note(viewer, "change_role", role, told)
        return {"code": code}

    body = {"code": code, **values, "agreed": agreed}
    once(viewer, key=key, command="change_role", body=body, act=act)
    return StaffRole.objects.get(pk=code)


def enter_role(
    *,
    viewer: Viewer,
    code: str,
    name: str,
    duty: str,
    at_desk: bool,
    permissions: Sequence[str] = (),
) -> StaffRole:
    """A role as a file has it, made or brought up to date; one that the administration keeps stays."""
    if viewer.kind != "system":
        raise Refusal("FORBIDDEN", audited=True)
    values = {"name": name, "duty": duty, "at_desk": at_desk, "permissions": list(permissions)}
    with transaction.atomic():
        role, created = StaffRole.objects.get_or_create(code=code, defaults=values)
        changed = [field for field, value in values.items() if getattr(role, field) != value]
        if role.edited_at is not None or not (created or changed):
            return role
        before = _rights(role)
        for field in changed:
            setattr(role, field, values[field])
        role.save(update_fields=changed)
        lost = sorted(set(before) - set(_rights(role)))
        _note(viewer, "enter_staffrole", role, {"fields": changed or ["*"], "lost": lost})
    return role


def _checked(name: str, duty: str, at_desk: bool, permissions: Iterable[str]) -> dict[str, object]:
    told = {
        "name": clean_text(name, most=20, field="name"),
        "duty": clean_text(duty, most=200, field="duty"),
    }
    for field, text in told.items():
        if not text:
            raise Refusal("REQUIRED", field=field)
    wanted = sorted(set(permissions))
    if unknown := sorted(set(wanted) - grantable_permissions()):
        raise Refusal("PERMISSION_UNKNOWN", field="permissions", unknown=unknown)
    return {**told, "at_desk": at_desk, "permissions": wanted}


def _judge(viewer: Viewer) -> None:
    """Only an administrator says what roles may: otherwise a role could give itself more."""
    administrators = Account.objects.filter(is_active=True, is_superuser=True)
    if viewer.kind != "system" or not administrators.filter(id__in=[viewer.account_id]).exists():
        raise Refusal("FORBIDDEN", audited=True)


def _rights(role: StaffRole) -> list[str]:
    return sorted(role.permissions) + ([DESK] if role.at_desk else [])


def _note(viewer: Viewer, action: str, role: StaffRole, details: dict[str, object]) -> None:
    audit(viewer, action=action, subject_kind="staffrole", subject_id=role.pk, details=details)
