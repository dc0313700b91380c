"""Drafts of the catalogue (草稿): one person drafts a version, another publishes it (四眼)."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from people.commands import audit, once
from people.errors import NotFound, Refusal
from people.identifiers import clean_text
from people.models import Account
from people.viewer import Viewer
from registers.queries import known_registers
from services.commands.publishing import bring_up_to_date, locked_item
from services.definition import digest_of, read_definition
from services.errors import FORBIDDEN, check
from services.models import ItemVersion, ServiceItem
from services.queries import certificate_facts, served_divisions
from services.soundness import prove

MOST_NOTE = 500


def draft_item(*, viewer: Viewer, key: str, definition: Mapping[str, object]) -> ItemVersion:
    """Keeps a definition as the next version of its item, unpublished; only a sound one is kept.

    The administration lets catalogue editors in. Refusals: FORBIDDEN, DefinitionInvalid with every fault.
    """
    read = read_definition(definition)

    def act() -> dict[str, object]:
        _judge(viewer)
        item = locked_item(read)
        proof = prove(read, served_divisions(), certificate_facts(), known_registers())
        check(proof.failures)
        last = item.versions.order_by("-number").values_list("number", flat=True).first()
        draft = ItemVersion.objects.create(
            item=item,
            number=(last or 0) + 1,
            definition=dict(definition),
            digest=digest_of(definition),
            proof=dict(proof.figures),
            drafted_by_id=viewer.account_id,
        )
        _note(viewer, "draft_item", draft)
        return {"version": str(draft.pk)}

    body = {"definition": definition}
    outcome = once(viewer, key=key, command="draft_item", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=str(outcome["version"]))


def publish_draft(*, viewer: Viewer, key: str, version_id: UUID, note: str) -> ItemVersion:
    """Publishes another's draft, proven sound once more; the version before is retired.

    `note` says why, 1 to 500 characters. Refusals: FORBIDDEN, NOT_FOUND for what is no draft, FOUR_EYES for
    one's own, REASON_REQUIRED, DRAFT_OUTDATED when a later version was published meanwhile, DefinitionInvalid.
    """
    told = clean_text(note, most=MOST_NOTE, field="note")

    def act() -> dict[str, object]:
        _judge(viewer)
        drafts = ItemVersion.objects.filter(pk=version_id, state="draft")
        item = ServiceItem.objects.select_for_update().filter(versions__in=drafts).first()
        draft = drafts.select_for_update().first()
        if item is None or draft is None:
            raise NotFound("version_id")
        if not told:
            raise Refusal("REASON_REQUIRED", field="note")
        if _is_own(viewer, draft):
            raise Refusal("FOUR_EYES", field="version_id", audited=True)
        if item.versions.filter(number__gt=draft.number, published_at__isnull=False).exists():
            raise Refusal("DRAFT_OUTDATED", field="version_id")
        read = read_definition(draft.definition)
        check(prove(read, served_divisions(), certificate_facts(), known_registers()).failures)
        item.versions.filter(state="published").update(state="retired")
        bring_up_to_date(item, read)
        draft.state, draft.note, draft.published_at = "published", told, timezone.now()
        draft.save(update_fields=["state", "note", "published_at"])
        _note(viewer, "publish_item", draft)
        return {"version": str(draft.pk)}

    body = {"version_id": version_id, "note": told}
    once(viewer, key=key, command="publish_draft", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=version_id)


def _judge(viewer: Viewer) -> None:
    if viewer.kind != "system" or viewer.account_id is None:
        raise Refusal(FORBIDDEN, audited=True)


def _is_own(viewer: Viewer, draft: ItemVersion) -> bool:
    """The same account, or another account of the same person."""
    if draft.drafted_by_id == viewer.account_id:
        return True
    people = Account.objects.filter(
        pk__in=[viewer.account_id, draft.drafted_by_id], person__isnull=False
    )
    owners = list(people.values_list("person", flat=True))
    return len(owners) != len(set(owners))


def _note(viewer: Viewer, action: str, version: ItemVersion) -> None:
    audit(
        viewer,
        action=action,
        subject_kind="item",
        subject_id=version.item.code,
        details={"version": version.number, "digest": version.digest},
    )
