"""Opens a published version from a day on, and keeps standard and regions in step."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people.errors import Problem, Refusals
from people.viewer import Viewer
from services.commands.records import (
    bring_up_to_date,
    end_versions,
    next_number,
    note_acts,
    proof_of,
)
from services.definition import digest_of, read_definition
from services.models import ItemVersion, ServiceItem
from services.proving import Examination, Examiner
from services.regional import (
    Consequence,
    consequences_of,
    published_of,
    standards_from,
)
from services.versions import governing, in_force, replaced_by


def open_standard(
    viewer: Viewer, version: ItemVersion, opens: date, closes: date | None, examiner: Examiner
) -> None:
    """Publishes a standard version of a locked item, and with it every region's own version on it.

    Refusal: REGION_CONFLICT once for each region whose changes do not fit it or are not sound on it.
    """
    rows = list(published_of(version.item.code))
    carried = (
        consequences_of(version.definition, rows, opens, examiner)
        if any(row.division_id for row in rows)
        else ()
    )
    _refuse_conflicts(carried)
    open_version(viewer, version, opens, closes)
    for one in carried:
        assert one.definition is not None
        assert one.found is not None
        note = f"随标准第 {version.number} 版更新"
        regional = _regional(version, one.override, one.definition, one.found, note)
        open_version(viewer, regional, one.opens, one.override.valid_until)


def open_override(
    viewer: Viewer, version: ItemVersion, opens: date, closes: date | None, examiner: Examiner
) -> None:
    """Publishes a region's version, also on each standard that is planned for later.

    What the region had planned itself gives way: a region has one line of changes. Refusal:
    REGION_CONFLICT when its changes do not fit a planned standard.
    """
    rows = list(published_of(version.item.code))
    own = [row for row in rows if row.division_id == version.division_id]
    end_versions(viewer, [r for r in own if r.valid_from and r.valid_from > opens], "replaced")
    open_version(viewer, version, opens, closes)
    for standard in standards_from(rows, opens):
        day = standard.valid_from
        if day is None or day <= opens or (closes is not None and closes < day):
            continue
        carried = consequences_of(standard.definition, [version], day, examiner)
        _refuse_conflicts(carried)
        one = carried[0]
        assert one.definition is not None
        assert one.found is not None
        regional = _regional(standard, version, one.definition, one.found, version.note)
        open_version(viewer, regional, day, closes)


def _regional(
    standard: ItemVersion,
    override: ItemVersion,
    definition: dict[str, object],
    found: Examination,
    note: str,
) -> ItemVersion:
    """A region's changes on another standard, not yet saved."""
    return ItemVersion(
        item=standard.item,
        number=next_number(standard.item),
        division_id=override.division_id,
        base=standard,
        patch=override.patch,
        definition=definition,
        digest=digest_of(definition),
        proof=proof_of(found),
        note=note,
    )


def _refuse_conflicts(carried: Sequence[Consequence]) -> None:
    conflicts = [
        Problem(
            "REGION_CONFLICT",
            f"regions.{one.division}",
            {
                "division": one.division,
                "name": one.name,
                "place": one.problems[0].field,
                "rule": one.problems[0].params.get("rule", one.problems[0].code),
            },
        )
        for one in carried
        if one.problems
    ]
    if conflicts:
        raise Refusals(conflicts)


def open_version(viewer: Viewer, version: ItemVersion, opens: date, closes: date | None) -> None:
    """Publishes a version of a locked item from a day, and ends those that it replaces on that day.

    One that opens later replaces nobody yet: on its day the dates alone decide (services.versions).
    """
    today = timezone.localdate()
    siblings = version.item.versions.select_related("item").filter(
        state="published", division=version.division_id
    )
    end_versions(viewer, replaced_by(siblings, opens, today), "replaced")
    version.state, version.published_at = "published", timezone.now()
    version.valid_from, version.valid_until = opens, closes
    version.save()
    if version.division_id is None and opens <= today:
        bring_up_to_date(version.item, read_definition(version.definition))
    note_acts(viewer, "published", [version], note=version.note, action="publish_item")


def list_opened(*, viewer: Viewer, on: date) -> list[str]:
    """Retires what planned versions have overtaken by a day, and lists their items as they now are.

    Returns the codes of the items where something was retired. It looks at versions a week at the
    most, so that days on which nobody swept are made up for. Each item is a transaction of its own.
    """
    opened = ItemVersion.objects.filter(
        state="published",
        valid_from__lte=on,
        valid_from__gt=on - timedelta(days=7),
        published_at__date__lt=F("valid_from"),
    )
    codes = sorted(set(opened.values_list("item__code", flat=True)))
    return [code for code in codes if _listed(viewer, code, on)]


def _listed(viewer: Viewer, item_code: str, on: date) -> bool:
    with transaction.atomic():
        item = ServiceItem.objects.select_for_update().get(code=item_code)
        places: dict[str, list[ItemVersion]] = {}
        for row in published_of(item_code):
            places.setdefault(row.division_id or "", []).append(row)
        overtaken = [
            row
            for rows in places.values()
            for row in rows
            if row.valid_from is not None
            and row.valid_from <= on
            and (now := governing(rows, on)) is not None
            and row.pk != now.pk
        ]
        end_versions(viewer, overtaken, "replaced")
        standard = in_force(places.get("", []), on)
        if standard is not None:
            bring_up_to_date(item, read_definition(standard.definition))
    return bool(overtaken)
