"""Public progress (办件进度): the codes of a case, and looking it up by them without signing in."""

from datetime import timedelta

from django.db import transaction

from people.commands import count_try, take_back
from people.commands.retrying import with_retries
from people.errors import NotFound
from workflows.models import Case
from workflows.progress import (
    CHECK_LENGTH,
    QUERY_LENGTH,
    as_code,
    check_code_of,
    check_digest_of,
    draw_query_code,
    is_check_code,
)
from workflows.queries import CONTENT, DEFINITION

WINDOW = timedelta(minutes=10)
MOST_BY_ADDRESS = 30
MOST_WRONG = 10  # of one query code from one address
MOST_WRONG_IN_ALL = 100  # of one query code from everywhere: 23^6 check codes would take decades


def give_codes(case: Case) -> None:
    """Draws the query code of a case that is being submitted; whoever calls saves the case."""
    code = draw_query_code()
    while Case.objects.filter(query_code=code).exists():
        code = draw_query_code()
    case.query_code = code
    case.check_digest = check_digest_of(code, check_code_of(case.pk, code))


def follow_case(*, query_code: str, check_code: str, origin: str) -> Case:
    """The case of two codes, without its answers; `origin` is where the question comes from.

    Refusals: NOT_FOUND, the same after the same work for an unknown case and a wrong check code;
    RATE_LIMITED with `seconds`, by address, by query code and address, and by query code (ATK-22).
    """
    query, check = as_code(query_code, QUERY_LENGTH), as_code(check_code, CHECK_LENGTH)

    def attempt() -> Case | None:
        with transaction.atomic():
            count_try("origin", origin, most=MOST_BY_ADDRESS, within=WINDOW)
            if not query:
                return None
            here = [query, origin]  # a stranger elsewhere does not lock the owner out
            count_try("query", here, most=MOST_WRONG, within=WINDOW, field="query_code")
            count_try("queried", query, most=MOST_WRONG_IN_ALL, within=WINDOW, field="query_code")
            row = Case.objects.filter(query_code=query).values_list("pk", "check_digest").first()
            if not is_check_code(query, check, row[1] if row else ""):
                return None
            take_back("query", here)
            take_back("queried", query)
        rows = Case.objects.select_related("item_version__item", "collect_at").defer(
            DEFINITION, *CONTENT
        )
        return rows.get(query_code=query)

    case = with_retries(attempt)
    if case is None:
        raise NotFound("query_code")
    return case
