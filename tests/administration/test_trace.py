"""Everything that staff do leaves a row: each mutation's command reaches `note` or `audit`, whatever is added."""

import ast
from functools import cache
from pathlib import Path

import pytest

from config.env import ROOT
from gateway.right import YES
from gateway.rights import DOOR
from people.models import AuditRecord
from tests.restaurant import accepted, approval_of, decide, key, submitted
from tests.test_house import python_files, snake
from tests.unchanged import refused
from workflows import commands
from workflows.models import CaseEvent

ROOMS = ("people", "ecert", "notifications", "services", "workflows", "files")
TRACES = {"note", "audit"}
SHARED = {"once"}  # audits refusals only


def mutations(kind: str) -> list[str]:
    """Names of the commands behind the mutations that a kind of viewer may send."""
    table = DOOR["Mutation"]
    names = [name for names in table.fields for name in names.split()]
    return sorted(snake(name) for name in names if (table.of(name) or {})[kind] == YES)


@cache
def calls() -> dict[str, set[str]]:
    """{function: what its body calls}, over the commands of every room."""
    found: dict[str, set[str]] = {}
    for path in python_files():
        if Path(path).relative_to(ROOT).parts[0] in ROOMS:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    made = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
                    names = {func.id for func in made if isinstance(func, ast.Name)} - SHARED
                    found.setdefault(node.name, set()).update(names)
    return found


def reaches_a_trace(command: str) -> bool:
    """Whether a command, or what it calls, writes an event or an audit record."""
    seen, waiting = set(), [command]
    while waiting:
        name = waiting.pop()
        if name in TRACES:
            return True
        if name not in seen:
            seen.add(name)
            waiting += calls().get(name, ())
    return False


@pytest.mark.parametrize("command", mutations("officer"))
def test_inv_17_every_staff_mutation_leaves_a_trace(command):
    assert command in calls(), f"{command} is no command of a room"
    assert reaches_a_trace(command)


def test_a_command_without_a_trace_would_be_found():
    assert not reaches_a_trace("on_day")
    assert not reaches_a_trace("read_message")


@pytest.mark.django_db
def test_inv_17_what_an_officer_does_and_is_refused_names_the_officer(city):
    case = submitted(city)
    lead, fire = city.officer("market_regulation"), city.officer("fire")
    with refused("NOT_FOUND"):
        commands.accept_case(viewer=fire, key=key(), case_id=case.pk)
    commands.accept_case(viewer=lead, key=key(), case_id=case.pk)
    approval = approval_of(case, "signage")
    signs = city.officer("urban_management")
    commands.claim_approval(viewer=signs, key=key(), approval_id=approval.pk)
    decide(signs, approval)
    done = CaseEvent.objects.filter(case_id=case.pk)
    assert done.filter(kind="accepted", actor=lead.actor).count() == 1
    for kind in ("approval_claimed", "approval_decided"):
        assert done.filter(kind=kind, actor=signs.actor).count() == 1
    clerk = city.officer("market_regulation", "counter")
    survey = approval_of(accepted(city), "survey", "market_regulation")
    with refused("FORBIDDEN"):
        decide(clerk, survey)
    assert AuditRecord.objects.filter(actor=clerk.actor, outcome="FORBIDDEN").count() == 1
