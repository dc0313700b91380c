"""Submissions at the same instant, on PostgreSQL: numbers without double or gap, one key one submission."""

import pytest

from people.models import CommandReceipt
from tests.long_run import rounds
from tests.races.cases import copies, happened, sign_draft, submit
from tests.restaurant import key
from tests.together import DONE, race
from workflows.models import Case

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("promises"),
]


def test_inv_10_cases_submitted_at_once_have_numbers_without_double_or_gap(city):
    drafts = copies(sign_draft(city), rounds(20) * 3)
    answers = race(*[[submit(city, one) for one in drafts[lane::3]] for lane in range(3)])
    assert {answer for row in answers for answer in row} == {DONE}
    numbers = Case.objects.filter(pk__in=[one.pk for one in drafts]).values_list(
        "number", flat=True
    )
    assert sorted(int(number[-4:]) for number in numbers) == list(range(1, len(drafts) + 1))
    assert len({number[:-4] for number in numbers}) == 1


def test_inv_02_one_key_submitted_by_two_at_once_is_one_submission(city):
    drafts = copies(sign_draft(city), rounds(50))
    keys = [key() for _ in drafts]
    lane = [submit(city, one, with_key) for one, with_key in zip(drafts, keys, strict=True)]
    assert race(lane, lane) == [(DONE, DONE)] * len(drafts)
    assert CommandReceipt.objects.filter(key__in=keys).count() == len(drafts)
    assert happened([one.pk for one in drafts], "submitted") == len(drafts)


def test_two_keys_submitting_one_draft_at_once_submit_it_once(city):
    drafts = copies(sign_draft(city), rounds(30))
    answers = race([submit(city, one) for one in drafts], [submit(city, one) for one in drafts])
    assert [sorted(map(str, row)) for row in answers] == [["ILLEGAL_TRANSITION", DONE]] * len(
        drafts
    )
