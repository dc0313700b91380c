"""Who is competent, who may act for whom, and what a viewer may see of this room; reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.divisions import division_tree, lineage, successor
from people.errors import NotFound, Refusal
from people.models import (
    CommandReceipt,
    CounterSitting,
    Department,
    Enterprise,
    Mandate,
    Officer,
    Person,
)
from people.viewer import Viewer

DECIDING_ROLES = ("officer", "approver")


def on_day(on: date) -> Q:
    """Rows with `valid_from` and `valid_until` (last day, null = open) that hold on a day."""
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))


def holds_on(officer: Officer, on: date) -> bool:
    """Whether an officer's row holds on a day."""
    return officer.valid_from <= on and (officer.valid_until is None or officer.valid_until >= on)


def competent_department(function: str, division_code: str, on: date | None = None) -> Department:
    """The department with this function in the division, or in the nearest division above it.

    With `on`, of whoever stands for the division on that day, should it have been abolished by then.
    Refusal: NO_COMPETENT_DEPARTMENT with `function` and `division`.
    """
    found = competent_departments([function], division_code, on)
    if function not in found:
        raise Refusal("NO_COMPETENT_DEPARTMENT", function=function, division=division_code)
    return found[function]


def competent_departments(
    functions: Collection[str], division_code: str, on: date | None = None
) -> dict[str, Department]:
    """{function: its competent department}; a function that nobody has there is left out."""
    nearest = lineage(division_code if on is None else successor(division_code, on))
    rows = Department.objects.filter(function__in=functions, division__in=nearest)
    offices = {(row.function, row.division_id): row for row in rows}
    found: dict[str, Department] = {}
    for here in nearest:
        for function in functions:
            if (function, here) in offices:
                found.setdefault(function, offices[function, here])
    return found


def staffed_functions(on: date | None = None) -> dict[str, dict[str, int]]:
    """{division code: {function: how many people may decide in its competent department that day}}.

    Accounts of one person count once. A published route must find its functions here for every division, with
    people enough for the opinions that it asks for (services.soundness).
    """
    today = on or timezone.localdate()
    people: dict[str, dict[str, set[UUID]]] = {}
    staffed = Officer.objects.filter(
        on_day(today), role__in=DECIDING_ROLES, account__is_active=True
    )
    for code, function, account, person in staffed.values_list(
        "department__division_id", "department__function", "account_id", "account__person_id"
    ):
        people.setdefault(code, {}).setdefault(function, set()).add(
            account if person is None else person
        )
    own = {code: {name: len(of) for name, of in there.items()} for code, there in people.items()}
    present = {(row.division_id, row.function) for row in Department.objects.all()}
    parents = division_tree(today).parents
    return {code: _reachable(code, parents, own, present) for code in parents}


def _reachable(
    code: str,
    parents: Mapping[str, str | None],
    own: Mapping[str, Mapping[str, int]],
    present: set[tuple[str, str]],
) -> dict[str, int]:
    """An unstaffed department nearby hides a staffed one above: it is the competent one."""
    functions: dict[str, int] = {}
    hidden: set[str] = set()
    here: str | None = code
    while here is not None and here in parents:
        functions |= {name: n for name, n in own.get(here, {}).items() if name not in hidden}
        hidden |= {function for division, function in present if division == here}
        here = parents[here]
    return functions


def permissions_of(account_id: UUID) -> set[str]:
    """What an account may in the administration, by the roles that it holds today."""
    held = Officer.objects.filter(on_day(timezone.localdate()), account=account_id)
    return {name for names in held.values_list("role__permissions", flat=True) for name in names}


def office_of(viewer: Viewer, roles: Collection[str] = ()) -> Officer:
    """The row by which the viewer is an officer today, with its department.

    With `roles`, the row of the same account and department that holds one of them, so that who
    signs is recorded in the role that may. Refusal: FORBIDDEN for everybody else.
    """
    if viewer.kind == "officer" and viewer.officer_id is not None:
        today = Officer.objects.select_related("department").filter(
            on_day(timezone.localdate()), account__is_active=True
        )
        officer = today.filter(pk=viewer.officer_id).first()
        if officer is not None and roles and officer.role_id not in roles:
            mine = today.filter(account=officer.account_id, department=officer.department_id)
            officer = mine.filter(role__in=roles).order_by("id").first()
        if officer is not None:
            return officer
    raise Refusal("FORBIDDEN", audited=True)


def visible_sittings(viewer: Viewer) -> QuerySet[CounterSitting]:
    """Sittings of the counter whose clerk the viewer is; its supervisor sees them too."""
    rows = CounterSitting.objects.select_related("officer", "person", "enterprise", "witness")
    if viewer.kind == "system":
        return rows
    if viewer.holds("counter", "supervisor"):
        return rows.filter(department=viewer.department_id)
    return rows.none()


def sitting_for(viewer: Viewer, sitting_id: UUID) -> CounterSitting:
    """One visible sitting, or NOT_FOUND."""
    sitting = visible_sittings(viewer).filter(pk=sitting_id).first()
    if sitting is None:
        raise NotFound("sittingId")
    return sitting


def person_of(viewer: Viewer) -> Person:
    """The natural person who asks, also when they act for an enterprise. Refusal: FORBIDDEN."""
    if not viewer.is_applicant or viewer.person_id is None:
        raise Refusal("FORBIDDEN")
    return Person.objects.get(pk=viewer.person_id)


def enterprise_of(viewer: Viewer) -> Enterprise:
    """The enterprise for which the viewer acts.

    Refusals: FORBIDDEN when for none; ENTITY_NOT_ACTIVE when it was closed meanwhile.
    """
    if viewer.kind != "enterprise" or viewer.enterprise_id is None:
        raise Refusal("FORBIDDEN")
    rows = Enterprise.objects.select_related("legal_representative")
    enterprise = rows.get(pk=viewer.enterprise_id)
    if not enterprise.is_active:
        raise Refusal("ENTITY_NOT_ACTIVE")
    return enterprise


def may_act_for(viewer: Viewer, item_code: str, on: date) -> Person | Enterprise:
    """For whom the viewer may ask for this item on that day: the applicant.

    A person asks for themselves; a legal representative for the enterprise; an agent within the
    items and days of a mandate. Refusals (BAD-36 to 38): FORBIDDEN for who is no applicant,
    ENTITY_NOT_ACTIVE, NOT_AUTHORIZED_AGENT, MANDATE_INVALID.
    """
    if viewer.kind == "person":
        return person_of(viewer)
    enterprise = enterprise_of(viewer)
    if viewer.mandate_id is None:
        if enterprise.legal_representative_id != viewer.person_id:
            raise Refusal("NOT_AUTHORIZED_AGENT", audited=True)
        return enterprise
    mandates = Mandate.objects.filter(
        on_day(on), person=viewer.person_id, enterprise=enterprise, revoked_at=None
    )
    if not any(not mandate.items or item_code in mandate.items for mandate in mandates):
        raise Refusal("MANDATE_INVALID", audited=True)
    return enterprise


def items_of_mandate(viewer: Viewer) -> set[str] | None:
    """Item codes that the viewer may act on today by mandate; None = every item, or no need of a mandate."""
    if viewer.mandate_id is None:
        return None
    mandates = Mandate.objects.filter(
        on_day(timezone.localdate()),
        person=viewer.person_id,
        enterprise=viewer.enterprise_id,
        revoked_at=None,
    )
    lists = list(mandates.values_list("items", flat=True))
    return None if [] in lists else {code for items in lists for code in items}


def represented_by(viewer: Viewer) -> Enterprise:
    """The enterprise for which the viewer acts as its legal representative (法定代表人).

    Refusals: NOT_AUTHORIZED_AGENT for agents, those of `enterprise_of`.
    """
    enterprise = enterprise_of(viewer)
    if viewer.mandate_id is not None or enterprise.legal_representative_id != viewer.person_id:
        raise Refusal("NOT_AUTHORIZED_AGENT", audited=True)
    return enterprise


def visible_mandates(viewer: Viewer) -> QuerySet[Mandate]:
    """Mandates, newest first: all of the enterprise for its representative; an agent's own for the agent."""
    rows = Mandate.objects.select_related("enterprise", "person").order_by("-id")
    if viewer.kind == "system":
        return rows
    if viewer.kind == "enterprise" and viewer.enterprise_id is not None:
        given = rows.filter(enterprise=viewer.enterprise_id)
        return given if viewer.mandate_id is None else given.filter(person=viewer.person_id)
    if viewer.kind == "person" and viewer.person_id is not None:
        return rows.filter(person=viewer.person_id)
    return rows.none()


def visible_enterprises(viewer: Viewer) -> QuerySet[Enterprise]:
    """The enterprise acted for; for a person, those that they may act for today."""
    rows = Enterprise.objects.all()
    if viewer.kind == "system":
        return rows
    if viewer.kind == "enterprise" and viewer.enterprise_id is not None:
        return rows.filter(pk=viewer.enterprise_id)
    if viewer.kind != "person" or viewer.person_id is None:
        return rows.none()
    mandates = Mandate.objects.filter(
        on_day(timezone.localdate()), person=viewer.person_id, revoked_at=None
    )
    represented = Q(legal_representative=viewer.person_id)
    return rows.filter(represented | Q(pk__in=mandates.values("enterprise")), is_active=True)


def visible_departments(viewer: Viewer) -> QuerySet[Department]:
    """All of them: who is competent is public (政务公开)."""
    return Department.objects.select_related("division").order_by("division", "function")


@dataclass(frozen=True)
class Capacity:
    """What an account may act as: `acting_for` is what `sign_in` takes, `name` what people read."""

    acting_for: str
    name: str


def capacities_of(viewer: Viewer) -> list[Capacity]:
    """Everything as which the viewer's account may sign in today."""
    found: list[Capacity] = []
    if viewer.assisted_by is not None:
        return found  # the account is the clerk's
    if viewer.person_id is not None:
        found.append(Capacity("", Person.objects.get(pk=viewer.person_id).name))
        as_person = Viewer(kind="person", person_id=viewer.person_id)
        rows = visible_enterprises(as_person).order_by("credit_code")
        found += [Capacity(row.credit_code, row.name) for row in rows]
    offices = Officer.objects.filter(
        on_day(timezone.localdate()), role__at_desk=True, account=viewer.account_id
    )
    departments = Department.objects.filter(pk__in=offices.values("department")).order_by("code")
    found += [Capacity(f"office:{row.code}", row.name) for row in departments]
    return found


def outcome_of(viewer: Viewer, key: str) -> dict[str, object] | None:
    """What the command with this key answered, or None when it is not known (INV-03)."""
    receipt = CommandReceipt.objects.filter(actor=viewer.actor, key=key).first()
    return None if receipt is None else dict(receipt.outcome)
