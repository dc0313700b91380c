"""What the steps before a decision said: it informs whoever decides, and decides nothing by itself."""

from django.db.models import F

from services.queries import definition_of
from services.route import active_steps, predecessors
from workflows.models import Approval, Decision
from workflows.queries import step_of


def informing(approval: Approval) -> list[Decision]:
    """The standing answers of the steps that a deciding step follows, the first one first; none for others."""
    definition = definition_of(approval.case.item_version)
    step = step_of(definition, approval)
    if not step.decides:
        return []
    active = active_steps(definition.route, approval.case.answers)
    before = predecessors(definition.route, step, active)
    rows = Decision.objects.filter(
        approval__case=approval.case_id, approval__state="decided", approval__step__in=before
    )
    standing = rows.filter(round=F("approval__round")).order_by("id")
    return list(standing.select_related("approval__department", "approval__case__item_version"))
