"""Drafts of the catalogue (草稿): anything shaped as a definition is kept, with what is still wrong with it."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from people.commands import once
from people.errors import Refusal
from people.viewer import Viewer
from services.commands.records import (
    judge,
    listed_values,
    locked_item,
    locked_version,
    next_number,
    note_acts,
    proof_of,
)
from services.definition import digest_of
from services.drafts import draft_problems
from services.errors import check
from services.models import ItemVersion
from services.proving import Examination, Examiner


def draft_item(*, viewer: Viewer, key: str, definition: Mapping[str, object]) -> ItemVersion:
    """Keeps a definition as the next version of its item, complete or not, and what is wrong with it.

    `proof["problems"]` of the draft tells every fault. Refusals: FORBIDDEN, DefinitionInvalid for what is
    no mapping of a definition (services.drafts).
    """
    check(draft_problems(definition))

    def act() -> dict[str, object]:
        found = Examiner.of_today().examine(definition)
        draft = keep_draft(viewer, definition, found)
        return {"version": str(draft.pk)}

    body = {"definition": definition}
    outcome = once(viewer, key=key, command="draft_item", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=str(outcome["version"]))


def keep_draft(viewer: Viewer, definition: Mapping[str, object], found: Examination) -> ItemVersion:
    """Writes a draft that was examined, in the caller's transaction."""
    values = first_values(definition, found)
    judge(viewer, str(values["lead_function"]))
    item = locked_item(str(definition["code"]), values)
    judge(viewer, item.lead_function)
    draft = ItemVersion.objects.create(
        item=item,
        number=next_number(item),
        definition=dict(definition),
        digest=digest_of(definition),
        proof=proof_of(found),
        drafted_by_id=viewer.account_id,
    )
    note_acts(viewer, "drafted", [draft], action="draft_item")
    return draft


def first_values(definition: Mapping[str, object], found: Examination) -> dict[str, object]:
    """What the item of a draft is called until something of it is published."""
    if found.definition is not None:
        return listed_values(found.definition)
    return {
        name: _text(definition, key, most)
        for name, key, most in (
            ("name", "name", 200),
            ("item_type", "type", 2),
            ("lead_function", "lead", 40),
        )
    } | {"is_bundle": definition.get("bundle") is True}


def _text(definition: Mapping[str, object], key: str, most: int) -> str:
    value = definition.get(key)
    return value[:most] if isinstance(value, str) else ""


def change_draft(
    *,
    viewer: Viewer,
    key: str,
    version_id: UUID,
    definition: Mapping[str, object],
    digest: str,
) -> ItemVersion:
    """Puts another definition in a draft's place; `digest` is of the one that the viewer saw.

    Refusals: FORBIDDEN, NOT_FOUND, NOT_A_DRAFT for what is in review or was published, STALE_VERSION when
    somebody else changed it meanwhile, DefinitionInvalid as for `draft_item` and for another item's code.
    """
    check(draft_problems(definition))

    def act() -> dict[str, object]:
        draft = _locked_draft(viewer, version_id)
        if draft.division_id is not None:
            raise Refusal("NOT_A_DRAFT", field="version_id", reason="override")
        if draft.digest != digest:
            raise Refusal("STALE_VERSION", field="digest")
        if definition["code"] != draft.item.code:
            raise Refusal("CODE_DIFFERS", field="code", item=draft.item.code)
        found = Examiner.of_today().examine(definition)
        draft.definition, draft.digest = dict(definition), digest_of(definition)
        draft.proof = proof_of(found)
        draft.save(update_fields=["definition", "digest", "proof"])
        note_acts(viewer, "changed", [draft], action="change_draft")
        return {"version": str(draft.pk)}

    body = {"version_id": version_id, "definition": definition, "digest": digest}
    once(viewer, key=key, command="change_draft", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=version_id)


def discard_draft(*, viewer: Viewer, key: str, version_id: UUID) -> ItemVersion:
    """Ends a draft, also one in review, that is not wanted any more; its number is not used again.

    Refusals: FORBIDDEN, NOT_FOUND, NOT_A_DRAFT.
    """

    def act() -> dict[str, object]:
        item, draft = locked_version(version_id)
        judge(viewer, item.lead_function)
        if draft.state not in {"draft", "review"}:
            raise Refusal("NOT_A_DRAFT", field="version_id")
        draft.state, draft.ended_as, draft.ended_at = "retired", "discarded", timezone.now()
        draft.save(update_fields=["state", "ended_as", "ended_at"])
        note_acts(viewer, "discarded", [draft], action="discard_draft")
        return {"version": str(draft.pk)}

    body = {"version_id": version_id}
    once(viewer, key=key, command="discard_draft", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=version_id)


def _locked_draft(viewer: Viewer, version_id: UUID) -> ItemVersion:
    item, draft = locked_version(version_id)
    judge(viewer, item.lead_function)
    if draft.state != "draft":
        raise Refusal("NOT_A_DRAFT", field="version_id")
    return draft
