"""Importing guides: each becomes a draft with its entry in the ledger, or leaves nothing but that entry."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from people.commands import audit, once
from people.viewer import Viewer
from services.commands.many_drafts import keep_drafts
from services.commands.records import judge
from services.guides.importing import Guide
from services.guides.report import IMPORTED, REFUSED, SKIPPED
from services.models import GuideFile, ItemVersion
from services.proving import Examiner


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
    wanted = [guide for guide in guides if not (guide.refused or guide.skipped)]
    drafts = keep_drafts(viewer, [guide.definition for guide in wanted], examiner)
    made = {guide.file: draft for guide, draft in zip(wanted, drafts, strict=True) if draft}
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
