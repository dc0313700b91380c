"""Review of drafts (审核): a sound draft is put before a second person, who publishes it or gives it back."""

from uuid import UUID

from django.utils import timezone

from people.commands import once
from people.errors import Refusal
from people.identifiers import clean_text
from people.viewer import Viewer
from services.commands.records import judge, locked_version, note_acts, proof_of
from services.errors import check
from services.models import ItemVersion
from services.proving import Examiner
from services.regional import examine_version

MOST_NOTE = 500


def submit_draft(*, viewer: Viewer, key: str, version_id: UUID) -> ItemVersion:
    """Puts a draft up for review: it must read, be proven sound and have no lint errors.

    Refusals: FORBIDDEN, NOT_FOUND, NOT_A_DRAFT, DefinitionInvalid with every fault; the draft then stays.
    """

    def act() -> dict[str, object]:
        item, draft = locked_version(version_id)
        judge(viewer, item.lead_function)
        if draft.state != "draft":
            raise Refusal("NOT_A_DRAFT", field="version_id")
        found = examine_version(draft, timezone.localdate(), Examiner.of_today())
        check(found.faults)
        draft.state, draft.proof = "review", proof_of(found)
        draft.save(update_fields=["state", "proof"])
        note_acts(viewer, "submitted", [draft], action="submit_draft")
        return {"version": str(draft.pk)}

    body = {"version_id": version_id}
    once(viewer, key=key, command="submit_draft", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=version_id)


def return_draft(*, viewer: Viewer, key: str, version_id: UUID, note: str) -> ItemVersion:
    """Gives a draft in review back to its editors; `note` says what to mend, 1 to 500 characters.

    Refusals: FORBIDDEN, NOT_FOUND, NOT_IN_REVIEW, REASON_REQUIRED.
    """
    told = clean_text(note, most=MOST_NOTE, one_line=False, field="note")

    def act() -> dict[str, object]:
        item, draft = locked_version(version_id)
        judge(viewer, item.lead_function)
        if draft.state != "review":
            raise Refusal("NOT_IN_REVIEW", field="version_id")
        if not told:
            raise Refusal("REASON_REQUIRED", field="note")
        draft.state = "draft"
        draft.save(update_fields=["state"])
        note_acts(viewer, "returned", [draft], note=told, action="return_draft")
        return {"version": str(draft.pk)}

    body = {"version_id": version_id, "note": told}
    once(viewer, key=key, command="return_draft", body=body, act=act)
    return ItemVersion.objects.select_related("item").get(pk=version_id)
