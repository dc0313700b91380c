"""The tree of divisions (行政区划): who is above whom, by the parents alone, and who took over from whom."""

from datetime import date

from django.db import connection

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
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [code, DEEPEST])
        return tuple(row[0] for row in cursor.fetchall())


def successor(code: str, on: date) -> str:
    """The division that stands for this one on a day: itself, or who took it over (撤并).

    Empty when it is unknown, or was abolished without a successor.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATER, [code, on, DEEPEST])
        row = cursor.fetchone()
    if row is None:
        return ""
    ended = row[1] if row[1] is None or isinstance(row[1], date) else date.fromisoformat(row[1])
    return "" if ended is not None and ended < on else str(row[0])
