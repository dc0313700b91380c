"""Answers what somebody should know before they start: needed and there, how long, how often, whether at all."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.utils.translation import gettext

from gateway.answers import labels_of
from gateway.forms import certificate_names
from gateway.prepared import PreparationType
from gateway.scalars import Answers
from gateway.verbs import labelled
from gateway.words import FUNCTIONS, KINDS, worded
from people.errors import Problem, Refusals
from registers.queries import register_names
from services.answers import with_value
from services.definition import Definition
from services.errors import UNKNOWN_FIELD
from services.form import clean
from services.preparing import PartNeed, Preparation, StepNeed, prepare, questions
from services.queries import definition_of, startable_version
from workflows.models import Case
from workflows.prefilling import have_for

AS_FOUND = (
    "eligible",
    "reasons",
    "questions",
    "sections",
    "days",
    "most",
    "promised",
    "is_promise_short",
    "visits",
)


def prepared(definition: Definition, answers: Mapping[str, object], info: Any) -> dict[str, Any]:
    """The preparation of who asks for these nested answers, as its type shows it."""
    have = have_for(info.context.viewer, definition)
    found = prepare(definition, answers, have)
    names = register_names() if found.registers else {}
    return {
        **{name: getattr(found, name) for name in AS_FOUND},
        "materials": _materials(definition, found),
        "steps": [_step(need, info) for need in found.steps],
        "parts": [_part(need) for need in found.parts],
        "published": definition.limits.promised,
        "statutory": definition.limits.statutory,
        "visit_reasons": _visit_reasons(definition, found),
        "departments": [worded(FUNCTIONS, name) for name in found.departments],
        "registers": [names.get(code, code) for code in found.registers],
        "fees": definition.guide.fees,
        "knows_library": have.is_known,
    }


def of_case(case: Case, info: Any) -> dict[str, Any]:
    """The preparation of what a case has answered so far, by the version that it keeps."""
    return prepared(definition_of(case.item_version), case.answers, info)


def _materials(definition: Definition, found: Preparation) -> list[dict[str, Any]]:
    groups = {group.id: group.name for group in definition.material_groups}
    return [
        {
            "id": need.material.id,
            "name": need.material.title,
            "help": need.material.help,
            "certificate": need.material.certificate,
            "is_certain": need.is_certain,
            "had": need.had,
            "group_name": groups.get(need.material.group, ""),
        }
        for need in found.materials
    ]


def _step(need: StepNeed, info: Any) -> dict[str, Any]:
    step = need.step
    return {
        "id": step.id,
        "name": step.name,
        "kind_name": worded(KINDS, step.kind),
        "departments": [worded(FUNCTIONS, name) for name in step.departments],
        "is_certain": need.is_certain,
        "ends": need.ends,
        "result_name": certificate_names(info.context).get(step.result, step.result),
    }


def _part(need: PartNeed) -> dict[str, Any]:
    part = need.part
    return {
        "id": part.id,
        "item_code": part.item,
        "name": part.name,
        "is_chosen": need.is_chosen,
        "choose": part.choose,
        "on_demand": part.on_demand,
        "days": need.days,
        "after": [other.name for other in need.after],
    }


def _visit_reasons(definition: Definition, found: Preparation) -> list[str]:
    guide = definition.guide
    said = [guide.visits_reason] if guide.visits and guide.visits_reason else []
    said += [gettext("到窗口领取结果")] * found.collects
    comes = any(need.step.kind == "inspect" for need in found.steps)
    return said + [gettext("现场踏勘由工作人员上门")] * comes


def _preparation(
    _root: object,
    info: Any,
    item_code: str,
    answers: Mapping[str, object] | None = None,
    division: str = "",
) -> dict[str, Any]:
    definition = definition_of(startable_version(item_code, division))
    asked = {question.field.path for question in questions(definition, {})}
    given = {path: value for path, value in (answers or {}).items() if path in asked}
    values, problems = clean(definition.form, given)
    problems += [Problem(UNKNOWN_FIELD, path) for path in (answers or {}) if path not in asked]
    if problems:
        labels = labels_of(definition)
        raise Refusals([labelled(problem, labels) for problem in problems])
    nested: dict[str, object] = {}
    for path, value in values.items():
        nested = with_value(nested, path, value)
    return prepared(definition, nested, info)


QUERIES = {
    "preparation": graphene.Field(
        PreparationType,
        args={
            "item_code": graphene.Argument(graphene.String, required=True, description="事项编码"),
            "answers": graphene.Argument(
                Answers, description="对 questions 的回答，键是字段路径；可以先不给"
            ),
            "division": graphene.Argument(
                graphene.String, description="办理地的区划；不传为没有自己规定的区划"
            ),
        },
        resolver=_preparation,
        description="办理前看一看：不用登录；登录后还列出库中已有的证照",
    ),
}
