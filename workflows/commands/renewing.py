"""Brings a draft to the version of the item that is in force where the case will lie; nothing typed is lost."""

from uuid import UUID

from people.commands import once
from people.errors import Refusal
from people.viewer import Viewer
from services.answers import with_value
from services.definition import Definition
from services.form import clean
from services.queries import definition_of, startable_version
from workflows.commands.filling import settle
from workflows.commands.offering import offer_values
from workflows.commands.records import locked_case, note
from workflows.commands.submitting import place_today
from workflows.errors import illegal, stale
from workflows.models import Case
from workflows.reading import flat


def renew_draft(*, viewer: Viewer, key: str, case_id: UUID, revision: int) -> Case:
    """Puts a draft on the version in force for the division that it names, the standard while it names none.

    What the new form takes stays as it was typed; what it does not ask for goes, and its fields are noted.
    Nothing happens to a draft that is on that version already. Refusals: NOT_FOUND, ILLEGAL_TRANSITION for
    what is no draft, STALE_VERSION, ITEM_NOT_AVAILABLE, APPLICANT_TYPE_MISMATCH.
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        if case.state != "draft" or not viewer.is_applicant:
            raise illegal("renew_draft", case.state)
        if case.revision != revision:
            raise stale("revision")
        old, place = case.item_version, place_today(case, definition_of(case.item_version))
        new = startable_version(case.item_code, place)
        if new.pk == old.pk:
            return {"case": str(case.pk)}
        definition = definition_of(new)
        if viewer.kind not in definition.audience:
            raise Refusal("APPLICANT_TYPE_MISMATCH", field="itemCode")
        case.item_version = new
        dropped = _refit(case, definition)
        offer_values(case, definition, viewer)
        case.revision += 1
        case.save(
            update_fields=["item_version", "answers", "provenance", "certificates", "revision"]
        )
        details = {"from": old.number, "to": new.number, "fields": sorted(dropped)}
        note(case, "renewed", viewer, details=details)
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "revision": revision}
    once(viewer, key=key, command="renew_draft", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _refit(case: Case, definition: Definition) -> set[str]:
    """Keeps the answers that another form takes; returns the paths of those that go."""
    before = flat(case.answers)
    case.answers = {}
    for path, value in before.items():
        kept, problems = clean(definition.form, {path: value})
        if not problems and kept.get(path) is not None:
            case.answers = with_value(case.answers, path, kept[path])
    settle(case, definition)
    after = flat(case.answers)
    case.provenance = {
        path: source
        for path, source in case.provenance.items()
        if after.get(path) == before.get(path)
    }
    return before.keys() - after.keys()
