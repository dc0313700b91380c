"""What was promised for later (容缺承诺) and is not there: its day at acceptance, and no grant before it comes."""

from django.utils import timezone

from people.errors import Refusal
from services.definition import Definition
from services.route import Step
from workflows.clock import due_on
from workflows.commands.records import now
from workflows.filed import checked, files_of, names_of, owed
from workflows.models import Case, MaterialPromise
from workflows.queries import calendar_from
from workflows.reading import covers


def set_owed(case: Case, definition: Definition) -> list[MaterialPromise]:
    """At acceptance: what was promised and has not come gets its day; returns what the case owes."""
    promises = list(MaterialPromise.objects.filter(case=case).order_by("id"))
    if not promises:
        return []
    assert case.accepted_at is not None
    start = timezone.localtime(case.accepted_at).date()
    there = checked(files_of(case))
    calendar = calendar_from(start)
    for promise in promises:
        material = definition.material(promise.material)
        assert material is not None
        assert material.later is not None
        if promise.material in there or not material.needed(case.answers):
            promise.supplied_at = now()
        else:
            promise.due_on = due_on(start, material.later.days, material.later.kind, calendar)
        promise.save(update_fields=["supplied_at", "due_on"])
    return [promise for promise in promises if promise.supplied_at is None]


def check_not_owed(case: Case, definition: Definition, step: Step, outcome: str) -> None:
    """No grant while a material that the step reads is owed: MATERIAL_OWED."""
    if step.kind != "approve" or outcome != "approved":
        return
    missing = [
        promise.material
        for promise in owed(case)
        if covers(step.reads, f"materials.{promise.material}")
    ]
    if missing:
        raise Refusal("MATERIAL_OWED", field="outcome", name=names_of(definition, missing))
