"""Numbers that people read aloud: of cases (办件编号) and of documents (文号), without gaps."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from people.models import Department
from workflows.models import Counter

# One statement, which Django's own language cannot say; PostgreSQL and SQLite know it alike.
DRAW = f"""
INSERT INTO {Counter._meta.db_table} AS counter (series, value) VALUES (%s, 1)
ON CONFLICT (series) DO UPDATE SET value = counter.value + 1 RETURNING value
"""  # noqa: S608 - the only name in it is our own table's


def draw(series: str) -> int:
    """The next number of a series, without gaps: it stands or falls with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [series])
        return int(cursor.fetchone()[0])


def case_number(lead: Department, item_code: str, day: date) -> str:
    """办件编号: implementing code (authority 18 + level 1 + item 12) + day 8 + serial of at least 4.

    Source: the published numbers of domain 3.3; a bundle's shorter theme code is filled with zeros.
    """
    level = "3" if lead.division.parent_id is None else "4"
    head = f"{lead.credit_code}{level}{item_code:0<12}{day:%Y%m%d}"
    return f"{head}{draw(f'case:{head}'):04d}"


def document_series(department: Department, word: str, day: date) -> str:
    """The head of a 文号: the department's word, the kind's word, the year in tortoise-shell brackets."""
    return f"{department.document_word}{word}〔{day.year}〕"


def document_number(series: str, serial: int) -> str:
    """文号: the series and the serial in it (GB/T 9704: without 第 and without leading zeros)."""
    return f"{series}{serial}号"


def missing_serials(serials: Iterable[int]) -> list[int]:
    """The serials that a series lacks below its last one; empty when there is no gap. A voided one is no gap."""
    found = set(serials)
    return [serial for serial in range(1, max(found, default=0)) if serial not in found]
