"""Importing guides: each becomes a draft with its entry in the ledger, or leaves nothing but that entry."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from people.commands import audit, once
from people.viewer import Viewer
from services.commands.drafting import first_values
from services.commands.records import judge, note_acts, proof_of
from services.definition import digest_of
from services.guides.importing import Guide
from services.guides.report import IMPORTED, REFUSED, SKIPPED
from services.models import GuideFile, ItemVersion, ServiceItem
from services.proving import Examination, Examiner


@dataclass(frozen=True)
class Dealt:
    """What became of a guide: its state, the rule when it was not imported, the draft's number when it was."""

    state: str
    reason: str = ""
    number: int | None = None


def import_guides(
    *, viewer: Viewer, key: str, guides: Sequence[Guide], examiner: Examiner | None = None
) -> list[Dealt]:
    """Keeps guides as drafts, all of them in one transaction: a caller with one guide has one a file.

    File names differ. A guide that says again what its item's last version says is skipped (UNCHANGED); those
    that were refused or skipped before leave their entry only. Refusal: FORBIDDEN unless a process of ours or
    an editor asks.
    """

    def act() -> dict[str, object]:
        judge(viewer)
        dealt = _kept(viewer, guides, examiner or Examiner.of_today())
        return {"dealt": [[d.state, d.reason, d.number] for d in dealt]}

    body = {"files": [[guide.file, guide.digest] for guide in guides]}
    outcome = once(viewer, key=key, command="import_guides", body=body, act=act)
    rows = outcome["dealt"]
    assert isinstance(rows, list)
    return [Dealt(*row) for row in rows]


def _kept(viewer: Viewer, guides: Sequence[Guide], examiner: Examiner) -> list[Dealt]:
    """Writes the drafts and the ledger; the answers stand in the order of the guides."""
    wanted = {
        guide.file: examiner.examine(guide.definition)
        for guide in guides
        if not (guide.refused or guide.skipped)
    }
    items = _locked_items([guide for guide in guides if guide.file in wanted], wanted)
    standing = _last_versions([item.pk for item in items.values()])
    made: dict[str, ItemVersion] = {}
    for guide in guides:
        if guide.file not in wanted:
            continue
        item, own = items[guide.code], digest_of(guide.definition)
        number, digest = standing.get(item.pk, (0, ""))
        if own == digest:
            continue
        standing[item.pk] = (number + 1, own)
        made[guide.file] = ItemVersion(
            item=item,
            number=number + 1,
            definition=guide.definition,
            digest=own,
            proof=proof_of(wanted[guide.file]),
            drafted_by_id=viewer.account_id,
        )
    ItemVersion.objects.bulk_create(made.values())
    note_acts(viewer, "drafted", list(made.values()))
    dealt = [_dealt(guide, made.get(guide.file)) for guide in guides]
    _note_files(guides, dealt, made)
    audit(
        viewer,
        action="import_guides",
        subject_kind="catalogue",
        subject_id=guides[0].file[:60] if guides else "",
        details={"files": len(guides), "drafts": len(made)},
    )
    return dealt


def _dealt(guide: Guide, version: ItemVersion | None) -> Dealt:
    if guide.refused:
        return Dealt(REFUSED, guide.refused)
    if version is None:
        return Dealt(SKIPPED, guide.skipped or "UNCHANGED")
    return Dealt(IMPORTED, number=version.number)


def _locked_items(
    guides: Sequence[Guide], examined: Mapping[str, Examination]
) -> dict[str, ServiceItem]:
    """The items of the guides by code, new ones made, locked in the order of their codes."""
    codes = sorted({guide.code for guide in guides})
    known = set(ServiceItem.objects.filter(code__in=codes).values_list("code", flat=True))
    new = {guide.code: guide for guide in guides if guide.code not in known}
    ServiceItem.objects.bulk_create(
        [
            ServiceItem(code=code, **first_values(guide.definition, examined[guide.file]))
            for code, guide in sorted(new.items())
        ],
        ignore_conflicts=True,  # somebody else may have made one meanwhile
    )
    rows = ServiceItem.objects.select_for_update().filter(code__in=codes).order_by("code")
    return {item.code: item for item in rows}


def _last_versions(items: Sequence[UUID]) -> dict[UUID, tuple[int, str]]:
    """The number of each item's last version, and its digest unless it is a region's."""
    found: dict[UUID, tuple[int, str]] = {}
    rows = ItemVersion.objects.filter(item__in=items).order_by("item", "number")
    for item, number, digest, division in rows.values_list(
        "item_id", "number", "digest", "division_id"
    ):
        found[item] = (number, "" if division else digest)
    return found


def _note_files(
    guides: Sequence[Guide], dealt: Sequence[Dealt], made: Mapping[str, ItemVersion]
) -> None:
    """One row a file, by its name."""
    moment = timezone.now()
    rows = [
        GuideFile(
            name=guide.file,
            digest=guide.digest,
            state=answer.state,
            reason=answer.reason,
            version=made.get(guide.file),
            findings=dict(Counter(finding.rule for finding in guide.findings)),
            at=moment,
        )
        for guide, answer in zip(guides, dealt, strict=True)
    ]
    GuideFile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["digest", "state", "reason", "version", "findings", "at"],
    )
