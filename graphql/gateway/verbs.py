"""Turns a command into a mutation: its arguments, an idempotency key, its result and what was refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import graphene
from django.utils.translation import gettext
from graphene.utils.str_converters import to_camel_case
from graphql import Undefined

from gateway.context import Context
from gateway.errors import told
from gateway.rows import listed, text
from gateway.words import ARGUMENTS
from people.errors import Problem, Refusal

KEY = graphene.Argument(
    graphene.String,
    required=True,
    description="幂等键：每次操作换一个新的，重复发送同一操作时不变；1 到 80 个字母、数字或 . _ : -",
)


class Wrong(graphene.ObjectType):
    """一条拒绝：办理没有发生，什么都没有改变。"""

    code = text("稳定的代码，如 REQUIRED")
    field = text("有问题的字段的路径；与字段无关时为空")
    message = text("给人看的说明，按请求的语言")
    request_id = text("请求编号，求助时请提供")


MOST_TOLD = 500  # problems in one answer; a form has fewer fields
Labels = Callable[[Context, Mapping[str, object]], Mapping[str, str]]


@dataclass(frozen=True)
class Verb:
    """A command at the door. `act(context, **arguments)` returns the result fields."""

    description: str
    act: Callable[..., Mapping[str, object]]
    results: Mapping[str, graphene.Field]
    arguments: Mapping[str, graphene.Argument] = field(default_factory=dict)
    keyed: bool = True
    labels: Labels | None = None  # names of form fields, for the sentences of refusals


def mutation_type(verbs: Mapping[str, Verb]) -> type[graphene.ObjectType]:
    """The root type of all mutations, one field a verb."""
    fields: dict[str, object] = {name: _mutation(name, verb) for name, verb in verbs.items()}
    fields["__doc__"] = "全部修改；每一项对应一个命令，名称相同。"
    return type("Mutation", (graphene.ObjectType,), fields)


def _mutation(name: str, verb: Verb) -> graphene.Field:
    arguments = dict(verb.arguments)
    if verb.keyed:
        arguments["idempotency_key"] = KEY
    return graphene.Field(
        _payload(name, verb),
        args=arguments,
        resolver=_resolver(verb),
        required=True,
        description=verb.description,
    )


def _payload(name: str, verb: Verb) -> type[graphene.ObjectType]:
    title = "".join(part.capitalize() for part in name.split("_"))
    fields: dict[str, object] = {
        **verb.results,
        "errors": listed(Wrong, "被拒绝的原因，可能有多条；为空表示已经办成"),
        "__doc__": f"{name} 的结果。",
    }
    return type(f"{title}Payload", (graphene.ObjectType,), fields)


def _resolver(verb: Verb) -> Callable[..., Mapping[str, object]]:
    def resolve(_root: object, info: Any, **given: object) -> Mapping[str, object]:
        context: Context = info.context
        try:
            return {**verb.act(context, **_without_null(verb, given)), "errors": []}
        except Refusal as refusal:
            if refusal.code == "UNAUTHENTICATED":  # the session ended: not the answer of the act
                raise
            labels = {name: str(word) for name, word in ARGUMENTS.items()}
            labels |= verb.labels(context, given) if verb.labels else {}
            first = refusal.problems[:MOST_TOLD]
            problems = [labelled(renamed(p, verb.arguments), labels) for p in first]
            return {"errors": told(problems, context.request_id)}

    return resolve


def _without_null(verb: Verb, given: Mapping[str, object]) -> dict[str, object]:
    """The arguments with a null read as left out, where leaving out has a meaning (BAD-14)."""
    filled = dict(given)
    for name, argument in verb.arguments.items():
        if filled.get(name) is None and argument.default_value is not Undefined:
            filled[name] = argument.default_value
    return filled


def renamed(problem: Problem, arguments: Mapping[str, object]) -> Problem:
    """The problem with its field as the door calls it: `caseId` for `case_id`, form paths as they are."""
    field = "idempotency_key" if problem.field == "key" else problem.field
    if field in arguments or field == "idempotency_key":
        field = to_camel_case(field)
    return replace(problem, field=field)


def labelled(problem: Problem, labels: Mapping[str, str]) -> Problem:
    """The problem with the label of its form field, so that its sentence says 经营面积 and not a path.

    Row 0 of a group stands in the sentence as 第1行.
    """
    if "label" in problem.params or not labels:
        return problem
    row = re.search(r"\.(\d+)(?=\.|$)", problem.field)
    path = re.sub(r"\.\d+(?=\.|$)", ".*", problem.field)
    label = labels.get(problem.field) or labels.get(path) or labels.get(path.partition(".*")[0])
    if label is None:
        return problem
    if row:
        label = gettext("{label}（第{row}行）").format(label=label, row=int(row[1]) + 1)
    return replace(problem, params={**problem.params, "label": label})
