"""Lists: keyset pages whose cursors fit one query of one viewer, and statements that do not grow with the rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gateway import door
from gateway.paging import Page, page_of
from people.errors import Refusal
from services.models import ServiceItem
from tests.city import City
from tests.graphql.asking import Caller, codes
from tests.restaurant import ITEM, accepted, key, submitted
from workflows.commands import start_case
from workflows.models import Approval, Case

pytestmark = pytest.mark.django_db


def drafts(city: City, number: int) -> None:
    """So many drafts of the owner."""
    for _ in range(number):
        start_case(viewer=city.owner, key=key(), item_code=ITEM)


def statements(operation: str, viewer, **variables: object) -> int:
    """How many statements an operation asks in-process, once everything is warm."""
    door.execute(operation, variables, viewer)
    with CaptureQueriesContext(connection) as captured:
        answer = door.execute(operation, variables, viewer)
    assert "errors" not in answer, answer
    return len(captured)


def copies(case: Case, number: int) -> None:
    """More rows like those of a case: cases with open approvals for the same departments."""
    approvals = list(Approval.objects.filter(case=case))
    for n in range(number):
        twin = Case.objects.get(pk=case.pk)
        twin.pk, twin.number, twin.query_code = None, f"{case.number}-{n}", None
        twin._state.adding = True
        twin.id = Case._meta.get_field("id").get_default()
        twin.save(force_insert=True)
        for approval in approvals:
            other = Approval.objects.get(pk=approval.pk)
            other.id, other.case = Approval._meta.get_field("id").get_default(), twin
            other._state.adding = True
            other.save(force_insert=True)


def test_pages_follow_each_other_without_a_gap_or_a_repetition(city, caller_of):
    drafts(city, 5)
    owner, seen, after = caller_of(city.owner), [], None
    for expected in (2, 2, 1):
        page = owner.ask("myCases", first=2, after=after)["data"]["myCases"]
        assert len(page["nodes"]) == expected
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        assert page["pageInfo"]["hasNextPage"] == bool(after)
    newest_first = Case.objects.order_by("-id").values_list("id", flat=True)
    assert seen == [str(pk) for pk in newest_first]


@pytest.mark.parametrize("order", [("due_on", "id"), ("-due_on", "-id")])
def test_pages_over_days_that_stand_still_lose_and_repeat_no_row(city, order):
    case = accepted(city)
    copies(case, 4)
    rows = Approval.objects.filter(step="waste")
    rows.filter(pk__in=rows.order_by("id").values_list("pk", flat=True)[1:3]).update(due_on=None)
    seen, after = [], None
    while not seen or after:
        page = page_of(rows, order=order, viewer=city.owner, query="t", first=1, after=after)
        seen += page.nodes
        after = page.next
    assert len(seen) == len({row.pk for row in seen}) == 5
    still = [row.due_on is None for row in seen]
    assert still == sorted(still, reverse=order[0].startswith("-"))


def test_a_page_is_not_disturbed_by_newer_rows(city, caller_of):
    drafts(city, 3)
    owner = caller_of(city.owner)
    first = owner.ask("myCases", first=2)["data"]["myCases"]
    drafts(city, 2)
    rest = owner.ask("myCases", first=2, after=first["pageInfo"]["endCursor"])["data"]["myCases"]
    assert not {n["id"] for n in rest["nodes"]} & {n["id"] for n in first["nodes"]}
    assert len(rest["nodes"]) == 1


@pytest.mark.parametrize("size", [0, -1, 101, 10**6])
def test_a_page_has_between_1_and_100_entries(city, caller_of, size):
    assert codes(caller_of(city.owner).ask("myCases", first=size)) == ["PAGE_SIZE_INVALID"]


def test_a_cursor_fits_only_its_own_query_and_viewer(city, caller_of):
    drafts(city, 2)
    owner, stranger = caller_of(city.owner), caller_of(city.stranger)
    cursor = owner.ask("myCases", first=1)["data"]["myCases"]["pageInfo"]["endCursor"]
    assert cursor
    assert codes(stranger.ask("myCases", after=cursor)) == ["CURSOR_INVALID"]
    assert codes(owner.ask("myCertificates", after=cursor)) == ["CURSOR_INVALID"]
    for wrong in (cursor[:-1], cursor + "x", "x", "WyIxIl0:1", "[]"):
        assert codes(owner.ask("myCases", after=wrong)) == ["CURSOR_INVALID"]


def test_a_catalogue_cursor_belongs_to_its_search(anonymous, city):
    first = anonymous.ask("catalogue", first=1)["data"]["catalogue"]
    after = first["pageInfo"]["endCursor"]
    assert codes(anonymous.ask("catalogue", search="招牌", after=after)) == ["CURSOR_INVALID"]
    found = anonymous.ask("catalogue", search="餐饮")["data"]["catalogue"]["nodes"]
    assert found[0]["code"] == ITEM  # its name says so, of others only the summary
    assert anonymous.ask("catalogue", search="%")["data"]["catalogue"]["nodes"] == []


def test_atk_41_bad_21_a_search_of_any_length_is_no_search(anonymous, city):
    assert codes(anonymous.ask("catalogue", search="长" * 41)) == ["TOO_LONG"]
    assert codes(anonymous.ask("catalogue", search="a\u202eb")) == ["INVALID_CHARACTERS"]


def test_bad_26_text_that_looks_like_sql_is_text(anonymous, city):
    answer = anonymous.ask("catalogue", search="'; drop table people_person; --")
    assert answer["data"]["catalogue"]["nodes"] == []


def test_a_page_asks_one_statement_and_never_counts(city):
    with CaptureQueriesContext(connection) as captured:
        page = page_of(
            ServiceItem.objects.all(), order=("code",), viewer=city.owner, query="test", first=1
        )
    assert isinstance(page, Page)
    assert len(captured) == 1
    assert "COUNT" not in captured[0]["sql"].upper()


def test_load_01_my_cases_asks_the_same_statements_for_1_and_for_20_rows(city):
    drafts(city, 1)
    few = statements("myCases", city.owner)
    drafts(city, 19)
    assert statements("myCases", city.owner) == few <= 4


def test_load_01_the_worklist_asks_the_same_statements_for_1_and_for_20_rows(city):
    case = accepted(city)
    officer = city.officer("ecology")
    few = statements("worklist", officer)
    copies(case, 19)
    assert statements("worklist", officer) == few <= 6
    rows = door.execute("worklist", {"first": 50}, officer)["data"]["worklist"]["nodes"]
    assert len(rows) == 20


def test_load_01_intake_asks_the_same_statements_for_1_and_for_20_rows(city):
    case = submitted(city)
    lead = city.officer("market_regulation")
    few = statements("worklist", lead)
    copies(case, 19)
    assert statements("worklist", lead) == few
    rows = door.execute("worklist", {"intakeFirst": 50}, lead)["data"]["intake"]["nodes"]
    assert len(rows) == 20


@pytest.mark.parametrize("operation", ["myCases", "worklist"])
def test_load_01_a_list_reads_no_definition_and_no_answers(city, operation):
    accepted(city)
    submitted(city)
    viewer = city.owner if operation == "myCases" else city.officer("market_regulation")
    door.execute(operation, {}, viewer)
    with CaptureQueriesContext(connection) as captured:
        rows = door.execute(operation, {}, viewer)["data"]
    assert all(page["nodes"] for page in rows.values())
    for column in ("definition", "answers", "provenance"):
        assert not any(f'"{column}"' in query["sql"] for query in captured)


def test_load_01_certificates_messages_and_catalogue_ask_few_statements(city):
    assert statements("myCertificates", city.owner) <= 2
    assert statements("messages", city.owner) <= 1
    assert statements("catalogue", city.owner) <= 1
    assert statements("serviceItem", city.owner, code=ITEM) <= 4  # with the regions of its own


def test_load_01_a_case_with_all_its_approvals_asks_few_statements(city):
    case = accepted(city)
    assert statements("case", city.owner, id=str(case.pk)) <= 17
    approval = Approval.objects.filter(case=case, department__function="ecology").get()
    assert statements("approval", city.officer("ecology"), id=str(approval.pk)) <= 9


def test_a_refused_page_is_refused_before_any_statement(city):
    with CaptureQueriesContext(connection) as captured, pytest.raises(Refusal):
        page_of(ServiceItem.objects.all(), order=("code",), viewer=city.owner, query="t", first=0)
    assert len(captured) == 0


def test_load_01_statements_over_http_count_the_session_too(city, caller_of):
    owner: Caller = caller_of(city.owner)
    with CaptureQueriesContext(connection) as captured:
        owner.ask("myCases")
    assert len(captured) <= 6
