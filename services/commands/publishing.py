"""Publishing a version of an item by a second person, and withdrawing an item."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from people.commands import audit, once
from people.errors import Refusal
from people.identifiers import clean_text
from people.viewer import Viewer
from services.commands.opening import open_override, open_standard
from services.commands.records import (
    end_versions,
    has_touched,
    judge,
    judge_days,
    listed_values,
    locked_item,
    locked_version,
    next_number,
    proof_of,
)
from services.commands.reviewing import MOST_NOTE
from services.definition import digest_of, read_definition
from services.errors import FORBIDDEN, check, item_not_available
from services.models import ItemVersion, ServiceItem
from services.proving import Examiner
from services.regional import examine_standard, examine_version, published_of, standards_from
from services.versions import governing


def publish_item(
    *, viewer: Viewer, key: str, definition: Mapping[str, object], since: date | None = None
) -> ItemVersion:
    """Publishes a definition from a file of ours at once, when it is proven sound (BAD-66, BAD-67).

    The version before is retired; cases keep the one they started with. The same definition again is
    the version that stands. `since` is for an item's first version: the day from which the item was
    offered before it was entered here. Refusals: FORBIDDEN unless a process of ours or a supervisor of the lead
    department asks; DefinitionInvalid with every fault, its place and the shortest counter-example.
    """
    read = read_definition(definition)

    def act() -> dict[str, object]:
        judge(viewer, read.lead)
        item = locked_item(read.code, listed_values(read))
        digest = digest_of(definition)
        standing = item.versions.filter(state="published", division=None)
        today = timezone.localdate()
        current = governing(standing, today)
        if current is not None and current.digest == digest:
            return {"version": str(current.pk)}
        opens = min(since, today) if since is not None and current is None else today
        examiner = Examiner.of_today()
        found = examine_standard(definition, published_of(read.code), opens, examiner)
        check(found.problems)
        version = ItemVersion(
            item=item,
            number=next_number(item),
            definition=dict(definition),
            digest=digest,
            proof=proof_of(found),
        )
        open_standard(viewer, version, opens, None, examiner)
        return {"version": str(version.pk)}

    body = {"definition": definition}
    outcome = once(viewer, key=key, command="publish_item", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=str(outcome["version"]))


def publish_draft(
    *,
    viewer: Viewer,
    key: str,
    version_id: UUID,
    note: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> ItemVersion:
    """Publishes a draft in review, proven sound once more, by somebody who had no hand in it (四眼).

    `note` says why, 1 to 500 characters. It is in force from `valid_from` (today when none is named) until
    the end of `valid_until`; the version before stays in force until then. Refusals: FORBIDDEN, NOT_FOUND,
    NOT_IN_REVIEW, REASON_REQUIRED, VALIDITY_INVALID, FOUR_EYES, DRAFT_OUTDATED when a later version was
    published meanwhile, DefinitionInvalid, REGION_CONFLICT for each region whose own version would break.
    """
    told = clean_text(note, most=MOST_NOTE, field="note")

    def act() -> dict[str, object]:
        item, draft = locked_version(version_id)
        _judge_second(viewer, item, draft, told)
        opens = judge_days(valid_from, valid_until, timezone.localdate())
        _judge_base(draft, opens)
        examiner = Examiner.of_today()
        found = examine_version(draft, opens, examiner)
        check(found.faults)
        draft.note, draft.proof = told, proof_of(found)
        publish = open_standard if draft.division_id is None else open_override
        publish(viewer, draft, opens, valid_until, examiner)
        return {"version": str(draft.pk)}

    body = {
        "version_id": version_id,
        "note": told,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    once(viewer, key=key, command="publish_draft", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=version_id)


def _judge_second(viewer: Viewer, item: ServiceItem, draft: ItemVersion, note: str) -> None:
    """Who publishes is somebody, not a process, and not one of those who made the draft."""
    judge(viewer, item.lead_function)
    if viewer.account_id is None:
        raise Refusal(FORBIDDEN, audited=True)
    if draft.state != "review":
        raise Refusal("NOT_IN_REVIEW", field="version_id")
    if not note:
        raise Refusal("REASON_REQUIRED", field="note")
    if has_touched(viewer, draft):
        raise Refusal("FOUR_EYES", field="version_id", audited=True)
    later = item.versions.filter(number__gt=draft.number, published_at__isnull=False)
    if later.filter(division=draft.division_id).exists():
        raise Refusal("DRAFT_OUTDATED", field="version_id")


def _judge_base(draft: ItemVersion, opens: date) -> None:
    """A region's draft is on the standard that will be in force; otherwise it is drafted anew on that."""
    if draft.division_id is None:
        return
    standards = standards_from(published_of(draft.item.code), opens)
    if not standards or standards[0].pk != draft.base_id:
        raise Refusal("DRAFT_OUTDATED", field="version_id", reason="standard")


def retire_item(*, viewer: Viewer, key: str, item_code: str) -> ServiceItem:
    """Withdraws an item: nobody starts it any more, running cases go on (BAD-52).

    Refusals: ITEM_NOT_AVAILABLE when nothing is published; FORBIDDEN as for publishing.
    """

    def act() -> dict[str, object]:
        item = ServiceItem.objects.select_for_update().filter(code=item_code).first()
        if item is None:
            raise item_not_available(item_code)
        judge(viewer, item.lead_function)
        standing = list(item.versions.select_related("item").filter(state="published"))
        if not standing:
            raise item_not_available(item_code)
        end_versions(viewer, standing, "withdrawn")
        audit(viewer, action="retire_item", subject_kind="item", subject_id=item_code)
        return {"item": str(item.pk)}

    body = {"item_code": item_code}
    outcome = once(viewer, key=key, command="retire_item", body=body, act=act)
    return ServiceItem.objects.get(pk=str(outcome["item"]))
