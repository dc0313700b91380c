"""As whom an account may sign in: itself, an enterprise it may act for, or an office it holds."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from people.errors import Refusal
from people.identifiers import credit_code
from people.models import Account, Department, Enterprise, Mandate, Officer
from people.queries import on_day
from people.tokens import mandate_today

OFFICE = "office:"


@dataclass(frozen=True)
class Right:
    """What the new session acts for; neither = the account's own person."""

    enterprise: Enterprise | None = None
    department: Department | None = None


def right_of(account: Account, acting_for: str) -> Right | Refusal:
    """The right that `acting_for` claims, or why the account does not have it (BAD-36 to 38).

    An unknown credit code is answered like one that the account has nothing to do with.
    """
    if acting_for.startswith(OFFICE):
        return _office(account, acting_for.removeprefix(OFFICE))
    if acting_for:
        return _enterprise(account, acting_for)
    if account.person_id is not None:
        return Right()
    codes = set(_offices(account).values_list("department__code", flat=True))
    return _office(account, codes.pop()) if len(codes) == 1 else _nobody()


def _office(account: Account, code: str) -> Right | Refusal:
    office = _offices(account).filter(department__code=code).first()
    return _nobody() if office is None else Right(department=office.department)


def _offices(account: Account) -> QuerySet[Officer]:
    return Officer.objects.select_related("department").filter(
        on_day(timezone.localdate()), role__at_desk=True, account=account
    )


def _enterprise(account: Account, written: str) -> Right | Refusal:
    try:
        code = credit_code(written)
    except Refusal:
        return _nobody()
    enterprise = Enterprise.objects.filter(credit_code=code).first()
    if enterprise is None or account.person_id is None:
        return _nobody()
    if enterprise.legal_representative_id != account.person_id:
        if not Mandate.objects.filter(enterprise=enterprise, person=account.person_id).exists():
            return _nobody()
        if mandate_today(account.person_id, enterprise) is None:
            return Refusal("MANDATE_INVALID", field="acting_for")
    if not enterprise.is_active:
        return Refusal("ENTITY_NOT_ACTIVE", field="acting_for")
    return Right(enterprise=enterprise)


def _nobody() -> Refusal:
    return Refusal("NOT_AUTHORIZED_AGENT", field="acting_for")
