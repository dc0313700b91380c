"""Numbers without gaps: each draw is the next one, and what is rolled back is drawn again."""

import pytest
from django.db import transaction

from workflows.numbering import draw

pytestmark = pytest.mark.django_db


def test_inv_10_each_series_counts_from_one_without_gaps(django_assert_num_queries):
    assert [draw("a") for _ in range(3)] == [1, 2, 3]
    assert draw("b") == 1
    with django_assert_num_queries(1):  # every case number and every paper draws one
        assert draw("a") == 4


def test_inv_10_a_number_that_was_rolled_back_is_drawn_again():
    draw("a")
    with transaction.atomic():
        assert draw("a") == 2
        transaction.set_rollback(True)
    assert draw("a") == 2
