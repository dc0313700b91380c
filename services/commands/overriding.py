"""Regional overrides (地区差异): drafted as a patch on the standard, carried over when the standard changes."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from people.commands import once
from people.division_rules import BELOW_AUTHORITY
from people.divisions import lineage
from people.errors import NotFound, Refusal
from people.identifiers import clean_text
from people.models import Division
from people.queries import on_day
from people.viewer import Viewer
from services.commands.records import (
    end_versions,
    judge,
    locked_version,
    next_number,
    note_acts,
    proof_of,
)
from services.commands.reviewing import MOST_NOTE
from services.definition import digest_of
from services.drafts import value_fault
from services.errors import broken, check, item_not_available
from services.models import ItemVersion, ServiceItem
from services.patch import apply_patch
from services.patch_rules import regional_problems
from services.proving import Examiner
from services.regional import examine_region, examine_standard, published_of, standards_from

Patch = Mapping[str, object]


def draft_override(
    *, viewer: Viewer, key: str, item_code: str, division: str, patch: Patch
) -> ItemVersion:
    """Drafts what a region changes of the standard in force (or of the next one): {reason, basis, ops}.

    The draft holds the region's whole definition; what is unsound about it is kept with it. Refusals:
    FORBIDDEN, ITEM_NOT_AVAILABLE, INVALID_DIVISION, DefinitionInvalid for a patch that is none, does not
    fit the standard, or changes what a region may not.
    """
    _check_kept(patch)

    def act() -> dict[str, object]:
        item = ServiceItem.objects.select_for_update().filter(code=item_code).first()
        if item is None:
            raise item_not_available(item_code)
        judge(viewer, item.lead_function)
        base = next(iter(standards_from(published_of(item_code), timezone.localdate())), None)
        if base is None:
            raise item_not_available(item_code)
        draft = ItemVersion(
            item=item,
            number=next_number(item),
            division_id=_region(division),
            drafted_by_id=viewer.account_id,
        )
        _write(draft, base, patch)
        draft.save(force_insert=True)
        note_acts(viewer, "drafted", [draft], action="draft_override")
        return {"version": str(draft.pk)}

    body = {"item_code": item_code, "division": division, "patch": patch}
    outcome = once(viewer, key=key, command="draft_override", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=str(outcome["version"]))


def change_override(
    *, viewer: Viewer, key: str, version_id: UUID, patch: Patch, digest: str
) -> ItemVersion:
    """Puts another patch in a draft's place, on the standard of today; `digest` is of what the viewer saw.

    Refusals: those of `draft_override`, NOT_FOUND, NOT_A_DRAFT, STALE_VERSION.
    """
    _check_kept(patch)

    def act() -> dict[str, object]:
        item, draft = locked_version(version_id)
        judge(viewer, item.lead_function)
        if draft.state != "draft" or draft.division_id is None:
            raise Refusal("NOT_A_DRAFT", field="version_id")
        if draft.digest != digest:
            raise Refusal("STALE_VERSION", field="digest")
        base = next(iter(standards_from(published_of(item.code), timezone.localdate())), None)
        if base is None:
            raise item_not_available(item.code)
        _write(draft, base, patch)
        draft.save(update_fields=["base", "patch", "definition", "digest", "proof"])
        note_acts(viewer, "changed", [draft], action="change_draft")
        return {"version": str(draft.pk)}

    body = {"version_id": version_id, "patch": patch, "digest": digest}
    once(viewer, key=key, command="change_override", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=version_id)


def drop_override(
    *, viewer: Viewer, key: str, item_code: str, division: str, note: str
) -> ServiceItem:
    """Takes a region's own version away: from now on it has the standard, which must hold there.

    Running cases go on. Refusals: FORBIDDEN, NOT_FOUND when the region has none, REASON_REQUIRED,
    DefinitionInvalid when the standard is not sound in the region.
    """
    told = clean_text(note, most=MOST_NOTE, field="note")

    def act() -> dict[str, object]:
        item = ServiceItem.objects.select_for_update().filter(code=item_code).first()
        if item is None:
            raise NotFound("item_code")
        judge(viewer, item.lead_function)
        if not told:
            raise Refusal("REASON_REQUIRED", field="note")
        rows = list(published_of(item_code))
        own = [row for row in rows if row.division_id == division]
        if not own:
            raise NotFound("division")
        rest, today = [row for row in rows if row.division_id != division], timezone.localdate()
        examiner = Examiner.of_today()
        for standard in standards_from(rows, today):
            check(examine_standard(standard.definition, rest, today, examiner).problems)
        end_versions(viewer, own, "withdrawn", note=told, action="drop_override")
        return {"item": str(item.pk)}

    body = {"item_code": item_code, "division": division, "note": told}
    outcome = once(viewer, key=key, command="drop_override", body=body, act=act)
    return ServiceItem.objects.get(pk=str(outcome["item"]))


def _check_kept(patch: Patch) -> None:
    """A patch is kept like a draft: plain JSON of a bearable size."""
    rule = value_fault(patch)
    check([broken("patch", rule)] if rule else [])


def _region(code: str) -> str:
    """A division of today that is no town: a region decides. Refusal: INVALID_DIVISION."""
    known = Division.objects.filter(on_day(timezone.localdate()), pk__in=lineage(code)[:1])
    if not known.exclude(kind__in=BELOW_AUTHORITY).exists():
        raise Refusal("INVALID_DIVISION", field="division")
    return code


def _write(draft: ItemVersion, base: ItemVersion, patch: Patch) -> None:
    """What a patch makes of a standard, and what is still unsound about it."""
    regional = apply_patch(base.definition, patch)
    check(regional_problems(base.definition, regional))
    found = examine_region(base.definition, regional, str(draft.division_id), Examiner.of_today())
    draft.base, draft.patch = base, dict(patch)
    draft.definition, draft.digest = regional, digest_of(regional)
    draft.proof = proof_of(found)
