"""Numbers that people read aloud: of cases (办件编号) and of documents (文号), without gaps."""

from datetime import date

from django.db.models import F

from people.models import Department
from workflows.models import Counter


def draw(series: str) -> int:
    """The next number of a series, without gaps: it stands or falls with the transaction."""
    Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
    Counter.objects.filter(series=series).update(value=F("value") + 1)
    return Counter.objects.values_list("value", flat=True).get(series=series)


def case_number(lead: Department, item_code: str, day: date) -> str:
    """办件编号: implementing code (authority 18 + level 1 + item 12) + day 8 + serial of at least 4.

    Source: the published numbers of domain 3.3; a bundle's shorter theme code is filled with zeros.
    """
    level = "3" if lead.division.parent_id is None else "4"
    head = f"{lead.credit_code}{level}{item_code:0<12}{day:%Y%m%d}"
    return f"{head}{draw(f'case:{head}'):04d}"


def document_number(department: Department, word: str, day: date) -> str:
    """文号: the department's word, the kind's word, the year in tortoise-shell brackets, the serial."""
    head = f"{department.document_word}{word}〔{day.year}〕"
    return f"{head}{draw(f'document:{head}')}号"
