"""What stands of an item here, as a package holds it, and what a package would change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from people.models import Division
from services.diff_words import told_changes
from services.models import ItemVersion
from services.package import PackedItem
from services.versions import in_force

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
WAITS, ELSEWHERE = (
    "waits",
    "elsewhere",
)  # of a region: no standard to stand on, no such division here


@dataclass(frozen=True)
class Planned:
    """What importing an item does: its state, the differences in words, and by division the region's state."""

    item: PackedItem
    state: str
    changes: Sequence[str] = ()
    regions: Mapping[str, str] = field(default_factory=dict)


def standing_versions(codes: Collection[str] | None = None) -> dict[str, dict[str, ItemVersion]]:
    """By item code and division (empty for the standard) the version in force, else the newest draft.

    `codes` None: all items. An item that was withdrawn and has no draft is not there.
    """
    rows = ItemVersion.objects.select_related("item").filter(
        state__in=["draft", "review", "published"]
    )
    if codes is not None:
        rows = rows.filter(item__code__in=codes)
    grouped: dict[tuple[str, str], list[ItemVersion]] = {}
    for row in rows.order_by("item__code", "number"):
        grouped.setdefault((row.item.code, row.division_id or ""), []).append(row)
    found: dict[str, dict[str, ItemVersion]] = {}
    today = timezone.localdate()
    for (code, division), versions in grouped.items():
        drafts = [version for version in versions if version.state != "published"]
        stands = in_force(versions, today) or (drafts[-1] if drafts else None)
        if stands is not None:
            found.setdefault(code, {})[division] = stands
    return {code: by_division for code, by_division in found.items() if "" in by_division}


def packed_items(codes: Collection[str] | None = None) -> list[PackedItem]:
    """The items as they stand here."""
    return [
        PackedItem(
            code,
            versions[""].definition,
            {division: v.patch for division, v in versions.items() if division},
        )
        for code, versions in standing_versions(codes).items()
    ]


def planned(items: Iterable[PackedItem]) -> list[Planned]:
    """What importing these items would do, in their order. Nothing is changed."""
    wanted = list(items)
    here = standing_versions([item.code for item in wanted])
    named = {division for item in wanted for division in item.overrides}
    divisions = set(Division.objects.filter(pk__in=named).values_list("pk", flat=True))
    return [_planned(item, here.get(item.code, {}), divisions) for item in wanted]


def _planned(item: PackedItem, here: Mapping[str, ItemVersion], divisions: set[str]) -> Planned:
    standard = here.get("")
    regions = {
        division: _region(patch, here.get(division), division in divisions, standard, item.digest)
        for division, patch in item.overrides.items()
    }
    if standard is None:
        return Planned(item, NEW, regions=regions)
    if standard.digest == item.digest:
        return Planned(item, UNCHANGED, regions=regions)
    return Planned(
        item, CHANGED, told_changes(_said(standard.definition), _said(item.definition)), regions
    )


def _said(definition: Mapping[str, object]) -> dict[str, object]:
    """What a definition says itself, without the guide that it came from word for word."""
    return {key: value for key, value in definition.items() if key != "imported"}


def _region(
    patch: Mapping[str, object],
    here: ItemVersion | None,
    known: bool,
    standard: ItemVersion | None,
    digest: str,
) -> str:
    """A region's patch stands on the published standard that it was made for, here as there."""
    if not known:
        return ELSEWHERE
    if here is not None and here.patch == patch:
        return UNCHANGED
    if standard is None or standard.state != "published" or standard.digest != digest:
        return WAITS
    return NEW if here is None else CHANGED
