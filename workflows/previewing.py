"""Who may look at a submitted case before its acceptance (预审), and what departments propose meanwhile; reads only."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from people.errors import NotFound
from people.models import Department
from people.queries import competent_departments
from people.viewer import Viewer
from services.answers import value_at
from services.definition import Definition
from services.route import Step, active_steps
from workflows.models import Case, Preview, Proposal
from workflows.queries import DEFINITION, in_brief


def visible_previews(viewer: Viewer) -> QuerySet[Preview]:
    """Submitted cases at which the viewer's department may look before their acceptance (预审)."""
    if viewer.kind != "officer" or not viewer.roles:
        return Preview.objects.none()
    return Preview.objects.filter(department=viewer.department_id, case__state="submitted")


def preview_for(viewer: Viewer, case_id: UUID) -> Preview:
    """One preview with its case and department, or NOT_FOUND."""
    rows = visible_previews(viewer).select_related("department", "case__item_version__item")
    preview = rows.defer(f"case__{DEFINITION}").filter(case=case_id).first()
    if preview is None:
        raise NotFound("caseId")
    return preview


def previewed(viewer: Viewer) -> QuerySet[Case]:
    """The cases of the viewer's previews, as a list shows them; the newest first."""
    return in_brief(Case.objects.filter(previews__in=visible_previews(viewer))).order_by("-id")


def proposals_of(case: Case) -> QuerySet[Proposal]:
    """What departments propose for the next notice, in the order in which they did."""
    rows = Proposal.objects.filter(case=case, used_at=None).select_related("department")
    return rows.order_by("id")


def steps_before_acceptance(
    case: Case, definition: Definition, department: Department
) -> list[Step]:
    """The steps in which a department would take part, as the case stands now.

    Of two departments with one function only the competent one at the step's place (INV-27).
    """
    return [
        step
        for step, offices in offices_of_steps(case, definition)
        if any(office.pk == department.pk for office in offices)
    ]


def offices_of_steps(
    case: Case, definition: Definition
) -> list[tuple[Step, tuple[Department, ...]]]:
    """The steps that the answers call for, each with its competent departments at its place."""
    active = [(step, place_of(case, step)) for step in active_steps(definition.route, case.answers)]
    functions: dict[str, set[str]] = {}
    for step, place in active:
        functions.setdefault(place, set()).update(step.departments)
    came_on = localdate(case.applied_at) if case.applied_at else None
    there = {
        place: competent_departments(wanted, place, came_on) for place, wanted in functions.items()
    }
    return [
        (step, tuple(there[place][f] for f in step.departments if f in there[place]))
        for step, place in active
    ]


def place_of(case: Case, step: Step) -> str:
    """The division of a step: the one that it takes from the answers, else the case's."""
    place = value_at(case.answers, step.at.removeprefix("answers.")) if step.at else None
    return str(place or case.division_id)
