"""Regional overrides (地区差异): what a region's changes make of a standard, and what a new standard does to each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from people.errors import Problem
from services.diff import Difference, differences
from services.errors import DefinitionInvalid
from services.models import ItemVersion
from services.patch import apply_patch
from services.patch_rules import regional_problems
from services.proving import Examination, Examiner
from services.versions import governing, in_force

Root = Mapping[str, object]


@dataclass(frozen=True)
class Consequence:
    """What a new standard does to one region: what its own definition was and becomes, and what breaks.

    `override` is the version of the region that is carried over, `opens` the day from which; `definition`
    is None when the region's changes do not fit the new standard.
    """

    override: ItemVersion
    opens: date
    definition: dict[str, object] | None
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]
    found: Examination | None = None

    @property
    def division(self) -> str:
        """The region's code."""
        return str(self.override.division_id)

    @property
    def name(self) -> str:
        """The region's name."""
        return self.override.division.name if self.override.division else self.division


def consequences(definition: Root, opens: date | None = None) -> tuple[Consequence, ...]:
    """What publishing this as the item's standard from a day would do to each region; a handful of queries.

    `opens` is today when None. A region without problems gets what stands in `definition` as its own next
    version, in the same transaction; one with problems keeps the standard from being published.
    """
    rows = list(published_of(str(definition.get("code", ""))))
    if not any(row.division_id for row in rows):
        return ()
    day = opens or timezone.localdate()
    return consequences_of(definition, rows, day, Examiner.of_today())


def published_of(item_code: str) -> Iterable[ItemVersion]:
    """The published versions of an item, of the standard and of its regions, with their divisions."""
    rows = ItemVersion.objects.select_related("item", "division")
    return rows.filter(item__code=item_code, state="published").order_by("division", "number")


def consequences_of(
    definition: Root, rows: Iterable[ItemVersion], opens: date, examiner: Examiner
) -> tuple[Consequence, ...]:
    """`consequences` for versions that are at hand."""
    known = list(rows)
    planned = [row.valid_from for row in known if not row.division_id and row.valid_from]
    until = min((day for day in planned if day > opens), default=None)
    regions: dict[str, list[ItemVersion]] = {}
    for row in known:
        if row.division_id:
            regions.setdefault(row.division_id, []).append(row)
    return tuple(
        _consequence(definition, row, day, examiner)
        for region in regions.values()
        for row, day in _carried(region, opens, until)
    )


def _carried(
    rows: Sequence[ItemVersion], opens: date, until: date | None
) -> Iterable[tuple[ItemVersion, date]]:
    """A region's overrides that hold while a standard of these days is in force, each with its first day."""
    first = in_force(rows, opens)
    if first is not None:
        yield first, opens
    for row in rows:
        day = row.valid_from
        if day is not None and day > opens and (until is None or day < until):
            yield row, day


def _consequence(
    definition: Root, override: ItemVersion, opens: date, examiner: Examiner
) -> Consequence:
    try:
        regional = apply_patch(definition, override.patch)
    except DefinitionInvalid as invalid:
        return Consequence(override, opens, None, (), tuple(invalid.problems))
    found = examine_region(definition, regional, str(override.division_id), examiner)
    changes = differences(override.definition, regional)
    return Consequence(override, opens, regional, changes, tuple(found.problems), found)


def examine_region(
    standard: Root, regional: Root, division: str, examiner: Examiner
) -> Examination:
    """Reads a region's definition, judges what it changes, and proves it for its own divisions."""
    found = examiner.within(division).examine(regional)
    unlawful = regional_problems(standard, regional)
    return Examination(
        found.definition, (*unlawful, *found.problems), found.figures, found.findings
    )


def examine_version(version: ItemVersion, opens: date, examiner: Examiner) -> Examination:
    """Examines a draft for where it is to hold: a region's there, a standard where no region has its own."""
    if version.division_id is not None and version.base is not None:
        return examine_region(
            version.base.definition, version.definition, version.division_id, examiner
        )
    rows = list(published_of(version.item.code))
    return examine_standard(version.definition, rows, opens, examiner)


def examine_standard(
    definition: Root, rows: Iterable[ItemVersion], opens: date, examiner: Examiner
) -> Examination:
    """Examines a standard for the divisions that have no version of their own on its first day."""
    regions: dict[str, list[ItemVersion]] = {}
    for row in rows:
        if row.division_id:
            regions.setdefault(row.division_id, []).append(row)
    own = [code for code, versions in regions.items() if in_force(versions, opens) is not None]
    return (examiner.without(own) if own else examiner).examine(definition)


def standards_from(rows: Iterable[ItemVersion], opens: date) -> list[ItemVersion]:
    """The standard in force on a day and those planned for later, in the order of their days."""
    known = [row for row in rows if not row.division_id and row.state == "published"]
    now = governing(known, opens)
    later = [row for row in known if row.valid_from is not None and row.valid_from > opens]
    return [
        *([now] if now is not None else []),
        *sorted(later, key=lambda r: r.valid_from or opens),
    ]
