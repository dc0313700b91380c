"""Which items a few words find, the best first: those whose name holds them, those that people call so, the others."""

import re
import string
from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from services.definition import LEAST_WORD, MOST_WORD
from services.models import ItemWord, ServiceItem

_LATIN = re.compile("[A-Za-z]")
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class Grams(Func):
    """Every character and pair of characters of a column, as the index of migration 0008 has them."""

    function = "catalogue_grams"
    output_field = ArrayField(TextField())


def ranked(items: QuerySet[ServiceItem], search: str) -> tuple[QuerySet[ServiceItem], ...]:
    """The items that `search` finds, in ranks that share none, each row with its `rank` from 0.

    First those whose name holds every word; then those that an everyday word in the text calls (who asks
    我想开个饭店 finds what is called 饭店); then those whose name and summary hold every word together.
    """
    parts = search.split()
    named = _all_hold(parts, "name")
    called = ItemWord.objects.filter(word__in=words_in(search)).values("item")
    written = Q()
    for part in parts:
        written &= _all_hold([part], "name") | _all_hold([part], "summary")
    ranks = (
        items.filter(named),
        items.filter(pk__in=called).exclude(_like(parts, "name")),
        items.filter(written).exclude(_like(parts, "name")).exclude(pk__in=called),
    )
    return tuple(rows.annotate(rank=Value(number)) for number, rows in enumerate(ranks))


def words_in(text: str) -> set[str]:
    """Every run of characters of a text that may be an everyday word."""
    lengths = range(LEAST_WORD, MOST_WORD + 1)
    return {text[at : at + length] for at in range(len(text)) for length in lengths}


def grams_of(part: str) -> list[str]:
    """What the index must hold of a word: its pairs of characters, or the one character that it is."""
    low = part.translate(_LOWER)
    pairs = {low[at : at + 2] for at in range(len(low) - 1)}
    return sorted(pairs or {low})


def _like(parts: Sequence[str], column: str) -> Q:
    """Rows whose column holds every part, whichever case its Latin letters have."""
    found = Q()
    for part in parts:
        sign = "icontains" if _LATIN.search(part) else "contains"
        found &= Q(**{f"{column}__{sign}": part})
    return found


def _all_hold(parts: Sequence[str], column: str) -> Q:
    """The same; PostgreSQL looks characters and pairs of them up in an index, and compares longer parts.

    pg_trgm would need three: a Chinese word of two characters has no trigram of its own.
    """
    if connection.vendor != "postgresql":
        return _like(parts, column)
    grams = sorted({gram for part in parts for gram in grams_of(part)})
    members = Value(grams, output_field=ArrayField(TextField()))
    return Q(Holds(Grams(F(column)), members)) & _like([p for p in parts if len(p) > 2], column)


class Holds(Func):
    """Whether an array holds all members of another."""

    template = "%(expressions)s"
    arg_joiner = " @> "
    conditional = True
