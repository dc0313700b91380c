"""Importing whole items from another instance: each that differs becomes a draft, all of them or none."""

from collections.abc import Sequence

from people.commands import audit, once
from people.viewer import Viewer
from services.commands.many_drafts import keep_drafts
from services.commands.records import judge, next_number, note_acts, proof_of
from services.definition import digest_of
from services.models import ItemVersion, ServiceItem
from services.package import PackedItem
from services.patch import apply_patch
from services.proving import Examiner
from services.standing import CHANGED, NEW, Planned, planned, standing_versions


def import_items(*, viewer: Viewer, key: str, items: Sequence[PackedItem]) -> list[Planned]:
    """Drafts every item that is new or differs from what stands here, and the regions that can stand on it.

    Publishing is for people here. Refusals: FORBIDDEN, DefinitionInvalid when a region's patch does not fit.
    """

    def act() -> dict[str, object]:
        judge(viewer)
        plans = planned(items)
        examiner = Examiner.of_today()
        wanted = [plan.item.definition for plan in plans if plan.state in {NEW, CHANGED}]
        drafts = [draft for draft in keep_drafts(viewer, wanted, examiner) if draft is not None]
        regions = [draft for plan in plans for draft in _regions(viewer, plan, examiner)]
        audit(
            viewer,
            action="import_items",
            subject_kind="catalogue",
            subject_id=items[0].code if items else "",
            details={"items": len(items), "drafts": len(drafts) + len(regions)},
        )
        return {"drafts": len(drafts), "regions": len(regions)}

    foreseen = planned(items)
    body = {"items": [[item.code, item.digest] for item in items]}
    once(viewer, key=key, command="import_items", body=body, act=act)
    return foreseen


def _regions(viewer: Viewer, plan: Planned, examiner: Examiner) -> list[ItemVersion]:
    """Drafts of the regions whose patches are new or other than here."""
    wanted = [division for division, state in plan.regions.items() if state in {NEW, CHANGED}]
    if not wanted:
        return []
    item = ServiceItem.objects.select_for_update().get(code=plan.item.code)
    base = standing_versions([item.code])[item.code][""]
    drafts = []
    for division in sorted(wanted):
        patch = plan.item.overrides[division]
        definition = apply_patch(base.definition, patch)
        drafts.append(
            ItemVersion.objects.create(
                item=item,
                number=next_number(item),
                definition=definition,
                digest=digest_of(definition),
                proof=proof_of(examiner.examine(definition)),
                division_id=division,
                base=base,
                patch=dict(patch),
                drafted_by_id=viewer.account_id,
            )
        )
    note_acts(viewer, "drafted", drafts)
    return drafts
