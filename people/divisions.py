"""The tree of divisions (行政区划): who is above whom, by the parents alone, and who took over from whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from people.division_rules import BELOW_AUTHORITY, OWN_LEVEL
from people.models import Division

DEEPEST = 12  # steps up; province, city, county, town and village are five
# One statement each, whatever the size of the tree; the depth ends it should the tree ever hold a cycle.
_ABOVE = """
WITH RECURSIVE above(code, parent_id, depth) AS (
  SELECT code, parent_id, 0 FROM people_division WHERE code = %s
  UNION ALL
  SELECT d.code, d.parent_id, a.depth + 1 FROM people_division d
  JOIN above a ON d.code = a.parent_id WHERE a.depth < %s
) SELECT code FROM above ORDER BY depth
"""
_LATER = """
WITH RECURSIVE later(code, merged_into_id, valid_until, depth) AS (
  SELECT code, merged_into_id, valid_until, 0 FROM people_division WHERE code = %s
  UNION ALL
  SELECT d.code, d.merged_into_id, d.valid_until, l.depth + 1 FROM people_division d
  JOIN later l ON d.code = l.merged_into_id WHERE l.valid_until < %s AND l.depth < %s
) SELECT code, valid_until FROM later ORDER BY depth DESC LIMIT 1
"""


def lineage(code: str) -> tuple[str, ...]:
    """A division's code and those above it, the nearest first; empty when there is no such division."""
    if not _is_code(code):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [code, DEEPEST])
        return tuple(row[0] for row in cursor.fetchall())


def successor(code: str, on: date) -> str:
    """The division that stands for this one on a day: itself, or who took it over (撤并).

    Empty when it is unknown, or was abolished without a successor.
    """
    if not _is_code(code):
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_LATER, [code, on, DEEPEST])
        row = cursor.fetchone()
    if row is None:
        return ""
    ended = row[1] if row[1] is None or isinstance(row[1], date) else date.fromisoformat(row[1])
    return "" if ended is not None and ended < on else str(row[0])


def lies_in(code: str, on: date) -> bool:
    """Whether cases may lie in a division on a day (Tree.with_cases); two queries."""
    standing = Division.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on
    ).exclude(kind__in=BELOW_AUTHORITY)
    parts = standing.filter(parent=code).exclude(kind=OWN_LEVEL)
    return standing.filter(pk=code).exists() and not parts.exists()


def _is_code(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdigit()


@dataclass(frozen=True)
class Tree:
    """The divisions of one day: {code: the code above it, None at the top}, and what kind each is."""

    parents: Mapping[str, str | None]
    kinds: Mapping[str, str]

    def under(self, code: str) -> frozenset[str]:
        """A division and everything below it."""
        found = {code} & self.parents.keys()
        waiting = list(found)
        below: dict[str | None, list[str]] = {}
        for each, parent in self.parents.items():
            below.setdefault(parent, []).append(each)
        while waiting:
            fresh = [each for each in below.get(waiting.pop(), ()) if each not in found]
            found.update(fresh)
            waiting += fresh
        return frozenset(found)

    def with_cases(self) -> frozenset[str]:
        """Where cases lie: what has no parts but towns and its own offices, and those offices (本级)."""
        decide = {code for code, kind in self.kinds.items() if kind not in BELOW_AUTHORITY}
        roofs = {self.parents[code] for code in decide if self.kinds[code] != OWN_LEVEL}
        return frozenset(decide - roofs)


def division_tree(on: date) -> Tree:
    """The divisions that stand on a day; one query."""
    today = Q(valid_until=None) | Q(valid_until__gte=on)
    rows = Division.objects.filter(today, valid_from__lte=on).order_by("code")
    found = list(rows.values_list("code", "parent_id", "kind"))
    return Tree(
        {code: parent for code, parent, _ in found}, {code: kind for code, _, kind in found}
    )
