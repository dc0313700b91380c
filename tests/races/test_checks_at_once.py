"""A register and an officer, or two registers, answering at the same instant, on PostgreSQL: one decision each."""

import pytest

from registers.answer import Answer
from tests.long_run import rounds
from tests.races.cases import copies, deciding
from tests.residence import ALL, WORKS, accepted
from tests.restaurant import approval_of
from tests.together import DONE, race
from workflows.commands import record_check
from workflows.models import Approval, Decision
from workflows.queries import reading_of
from workflows.registers import open_check

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("promises"),
]
TIMES = rounds(15)


def answering(case, step, outcome):
    """The act of a register that answers what it was asked, ready to race."""
    check = open_check(Approval.objects.get(case=case, step=step).pk)
    assert check is not None
    return lambda: record_check(check=check, answer=Answer(outcome))


def test_inv_06_a_register_and_an_officer_at_once_make_one_decision_each(city):
    case = accepted(city, WORKS)
    digest = reading_of(approval_of(case, "employment")).digest
    officer = city.officer("human_resources")
    cases = copies(case, TIMES)
    answers = race(
        [answering(one, "employment", "match") for one in cases],
        [deciding(officer, one, "employment", digest, "not_found") for one in cases],
    )
    assert {second for _, second in answers} <= {DONE, "ALREADY_DECIDED"}
    ids = [one.pk for one in cases]
    decided = Decision.objects.filter(approval__case__in=ids)
    assert decided.count() == TIMES
    by_hand = sum(second == DONE for _, second in answers)
    assert decided.filter(source="desk", outcome="not_found").count() == by_hand
    assert decided.filter(source="register", outcome="match").count() == TIMES - by_hand
    grants = Approval.objects.filter(case__in=ids, step="grant", state="open")
    assert grants.count() == TIMES


def test_inv_08_two_registers_that_match_at_once_open_the_decision_once(city):
    cases = copies(accepted(city, ALL), TIMES)
    race(
        [answering(one, "employment", "match") for one in cases],
        [answering(one, "tenancy", "match") for one in cases],
    )
    ids = [one.pk for one in cases]
    checks = Approval.objects.filter(case__in=ids, kind="verify")
    assert checks.filter(state="decided").count() == TIMES
    assert checks.filter(state="void").count() == 2 * TIMES
    assert Approval.objects.filter(case__in=ids, step="grant", state="open").count() == TIMES
