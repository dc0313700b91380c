"""Tells what happened to a case, line by line, in words."""

from dataclasses import dataclass
from datetime import datetime

import graphene
from django.utils.translation import gettext

from gateway.answers import labels_of
from gateway.rows import listed, text
from gateway.scalars import Moment
from gateway.words import BY_APPLICANT, EVENTS, METHODS, OUTCOMES, STATES, STATUSES, worded
from people.models import Department
from services.queries import definition_of
from workflows.models import Case
from workflows.queries import events_of


@dataclass(frozen=True)
class Line:
    """One event as people read it."""

    at: datetime
    kind: str
    sentence: str
    state: str
    state_name: str
    step_name: str
    department_name: str
    who: str
    field_labels: list[str]


class Event(graphene.ObjectType):
    """办件过程中的一件事。"""

    at = graphene.Field(Moment, required=True, description="时刻")
    kind = text("稳定的名称，如 submitted、approval_decided")
    sentence = text("给人看的一句话")
    state = text("此后办件的状态")
    state_name = text("此后办件的状态，给人看的文字")
    step_name = text("环节，与环节无关时为空")
    department_name = text("部门，与部门无关时为空")
    who = text("谁：部门、申请人或平台")
    field_labels = listed(graphene.String, "涉及的字段")


def timeline(case: Case) -> list[Line]:
    """The events of a case in order."""
    events = list(events_of(case))
    definition = definition_of(case.item_version)
    steps = {step.id: step.name for step in definition.route.steps}
    checks = {step.id for step in definition.route.steps if step.kind == "verify"}
    labels = labels_of(definition)
    codes = {event.department for event in events if event.department}
    codes |= {str(event.details["counter"]) for event in events if "counter" in event.details}
    departments = dict(Department.objects.filter(code__in=codes).values_list("code", "name"))
    lines = []
    for event in events:
        details = event.details
        department = departments.get(event.department, event.department)
        step = steps.get(event.step, event.step)
        is_check = event.kind == "approval_decided" and event.step in checks
        kind = "approval_checked" if is_check else as_called(event.kind, case.number)
        said = worded(EVENTS, kind).format(
            step=step,
            before=steps.get(details.get("before", ""), ""),
            outcome=worded(OUTCOMES, details.get("outcome") or case.outcome),
            method=worded(METHODS, details.get("method", "")),
            document=details.get("document", ""),
            replacement=details.get("replacement", ""),
            certificate=details.get("name", ""),
            status=worded(STATUSES, details.get("status", "")),
        )
        named = [labels.get(path, path) for path in details.get("fields", [])]
        state = worded(STATES, as_called(event.state, case.number))
        who = department or _who(event.kind, departments.get(details.get("counter", ""), ""))
        lines.append(
            Line(event.at, event.kind, said, event.state, state, step, department, who, named)
        )
    return lines


def as_called(name: str, number: str | None) -> str:
    """A draft that is given up was never asked for: it is abandoned (放弃), not withdrawn (撤回)."""
    return "abandoned" if name == "withdrawn" and not number else name


def _who(kind: str, counter: str) -> str:
    if counter:
        return gettext("申请人（{counter}窗口代办）").format(counter=counter)
    return gettext("申请人") if kind in BY_APPLICANT else gettext("平台")
