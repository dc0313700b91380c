"""Importing whole items from another instance: each that differs becomes a draft, all of them or none."""

from collections.abc import Sequence
from uuid import uuid4

from people.commands import audit, once
from people.viewer import Viewer
from services.commands.many_drafts import keep_drafts
from services.commands.overriding import draft_override
from services.commands.records import judge
from services.definition import digest_of
from services.package import PackedItem
from services.proving import Examiner
from services.standing import CHANGED, NEW, Planned, planned


def import_items(*, viewer: Viewer, key: str, items: Sequence[PackedItem]) -> list[Planned]:
    """Drafts every item that is new or differs from what stands here, and the regions that can stand on it.

    Publishing is for people here. Refusals: FORBIDDEN, DefinitionInvalid for a patch that does not fit
    or changes what a region may not.
    """

    def act() -> dict[str, object]:
        judge(viewer)
        plans = planned(items)
        wanted = [plan.item.definition for plan in plans if plan.state in {NEW, CHANGED}]
        drafts = [
            draft for draft in keep_drafts(viewer, wanted, Examiner.of_today()) if draft is not None
        ]
        regions = sum(_draft_regions(viewer, plan) for plan in plans)
        audit(
            viewer,
            action="import_items",
            subject_kind="catalogue",
            subject_id=items[0].code if items else "",
            details={"items": len(items), "drafts": len(drafts) + regions},
        )
        return {"drafts": len(drafts), "regions": regions}

    foreseen = planned(items)
    body = {"items": [[item.code, item.digest, digest_of(item.overrides)] for item in items]}
    once(viewer, key=key, command="import_items", body=body, act=act)
    return foreseen


def _draft_regions(viewer: Viewer, plan: Planned) -> int:
    """Drafts the regions whose patches are new or other than here; returns how many."""
    wanted = [division for division, state in plan.regions.items() if state in {NEW, CHANGED}]
    for division in sorted(wanted):
        draft_override(
            viewer=viewer,
            key=uuid4().hex,
            item_code=plan.item.code,
            division=division,
            patch=plan.item.overrides[division],
        )
    return len(wanted)
