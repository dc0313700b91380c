"""Search in Chinese: the name before the summary, everyday words, one to many characters, page after page."""

from datetime import date

import pytest
from django.db import connection

from gateway.paging import page_in_turn
from people.viewer import Viewer
from services.models import ItemVersion, ItemWord, ServiceItem
from services.queries import found_items
from services.search import grams_of

pytestmark = pytest.mark.django_db
ANYBODY, EVERYTHING = Viewer.anonymous(), Viewer.system("tests")
ITEMS = {
    "000100000001": ("食品经营许可", "开店前办理。", ["饭店"]),
    "000100000002": ("户外招牌设置", "适用于经营食品的场所。", []),
    "000100000003": ("开办饭店一件事", "一次申请。", []),
    "000100000004": ("EMS 邮寄登记", "100% 网办。", []),
    "000100000005": ("食品生产许可", "食品厂。", []),
}


@pytest.fixture(autouse=True)
def catalogue():
    for code, (name, summary, words) in ITEMS.items():
        item = ServiceItem.objects.create(
            code=code,
            name=name,
            summary=summary,
            item_type="01",
            lead_function="x",
            audience=["person"],
        )
        ItemVersion.objects.create(
            item=item,
            number=1,
            state="published",
            definition={},
            digest="",
            valid_from=date(2020, 1, 1),
        )
        ItemWord.objects.bulk_create(ItemWord(item=item, word=word) for word in words)


def found(search, **words):
    """The codes' last digits, in the order of the ranks."""
    ranks = found_items(ANYBODY, search=search, **words)
    return [int(item.code[-1]) for rows in ranks for item in rows.order_by("code")]


CASES = [
    ("食品", [1, 5, 2]),  # in the name, then in the summary
    ("饭店", [3, 1]),  # in the name, then called so
    ("我想开个饭店", [1]),
    ("经营 食品", [1, 2]),
    ("食", [1, 5, 2]),
    ("经营许可", [1]),
    ("ems", [4]),
    ("100%", [4]),
    ("_", []),
    ("品食", []),
]


@pytest.mark.parametrize(("search", "codes"), CASES, ids=[search for search, _ in CASES])
def test_a_search_finds_the_best_first(search, codes):
    assert found(search) == codes
    assert found(search, audience="enterprise") == []


@pytest.mark.postgres
def test_postgresql_finds_the_same_by_an_index_also_with_one_and_two_characters():
    assert [found(search) for search, _ in CASES] == [codes for _, codes in CASES]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for search in ("食", "食品", "经营许可"):
            names, _, both = (rows.order_by() for rows in found_items(EVERYTHING, search=search))
            assert "item_name_grams" in names.explain()
            assert "item_summary_grams" in both.explain()


def test_a_page_goes_on_where_the_last_one_ended_through_all_ranks():
    seen, after = [], None
    while after != "":
        ranks = found_items(ANYBODY, search="食品")
        page = page_in_turn(ranks, order="code", viewer=ANYBODY, query="q", first=1, after=after)
        seen += [item.code[-1] for item in page.nodes]
        after = page.next
    assert seen == ["1", "5", "2"]


def test_a_word_is_looked_up_by_its_pairs_of_characters():
    assert grams_of("食") == ["食"]
    assert grams_of("食品A") == ["品a", "食品"]
