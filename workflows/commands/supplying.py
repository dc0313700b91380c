"""Files for a case (申请材料附件): asking to send one, attaching it, taking it away, promising it for later."""

import logging
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from bus import chores
from files.commands import open_ticket, receive
from files.errors import FileRefused, StorageAway, UploadBroken, UploadGone
from files.models import UploadTicket
from keys.vault import keyed_digest
from people.commands import once
from people.errors import NotFound, Problem, Refusal, Refusals
from people.models import Account
from people.viewer import Viewer
from services.definition import Definition
from services.materials import Material
from services.queries import definition_of
from workflows.commands.owing import note_supplied
from workflows.commands.records import locked_case, note, now
from workflows.errors import illegal
from workflows.filed import UNDER_WAY, files_of, is_checked
from workflows.models import Case, CaseFile, MaterialPromise

log = logging.getLogger(__name__)
PURPOSES = ("material",)
ABOUT = {"INVALID_FILENAME": "name", "FILE_TYPE_NOT_ALLOWED": "media_type"}
MOST_FILES = 60  # of one case
KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}  # as people say them
MOST_BYTES = 200_000_000  # of one case


def request_upload(
    *, viewer: Viewer, key: str, purpose: str, name: str, size: int, media_type: str
) -> UploadTicket:
    """A ticket to send one file within minutes; the same key gives the same ticket.

    Refusals: FORBIDDEN, INVALID_CHOICE (purpose), INVALID_FILENAME, EMPTY_FILE, FILE_TOO_LARGE,
    FILE_TYPE_NOT_ALLOWED, QUOTA_EXCEEDED.
    """

    def act() -> dict[str, object]:
        if not viewer.is_applicant or viewer.account_id is None:
            raise Refusal("FORBIDDEN")
        if purpose not in PURPOSES:
            raise Refusal("INVALID_CHOICE", field="purpose", allowed="、".join(PURPOSES))
        Account.objects.select_for_update().get(pk=viewer.account_id)
        try:
            ticket = open_ticket(
                owner=_owner(viewer),
                purpose=purpose,
                name=name,
                size=size,
                media_type=media_type,
            )
        except FileRefused as refused:
            raise _as_refusal(refused, ABOUT.get(refused.code, "size")) from refused
        return {"ticket": str(ticket.pk)}

    body = {"purpose": purpose, "name": name, "size": size, "media_type": media_type}
    outcome = once(viewer, key=key, command="request_upload", body=body, act=act)
    ticket = UploadTicket.objects.filter(pk=str(outcome["ticket"])).first()
    if ticket is None:  # asked again after it was swept
        raise NotFound("ticketId")
    return ticket


def receive_upload(token: str, chunks: Iterable[bytes], announced: int) -> UploadTicket:
    """Takes the bytes of a ticket (files.commands.receive); one in quarantine is scanned by a chore.

    Refusals: UPLOAD_LINK_INVALID for a token that is wrong, expired or used; UPLOAD_INCOMPLETE, after which the
    ticket still stands, as it does after SERVICE_UNAVAILABLE; and what is wrong with the file, which spends it.
    """
    try:
        ticket = receive(token, chunks, announced)
    except UploadGone as gone:
        raise Refusal("UPLOAD_LINK_INVALID") from gone
    except UploadBroken as broken:
        raise Refusal("UPLOAD_INCOMPLETE") from broken
    except FileRefused as refused:
        raise _as_refusal(refused) from refused
    except StorageAway as away:
        log.exception("upload.not_kept")
        raise Refusal("SERVICE_UNAVAILABLE") from away
    if ticket.state == "received":
        with transaction.atomic():
            chores.ask("check_upload", str(ticket.pk))
    return ticket


def _as_refusal(refused: FileRefused, field: str = "") -> Refusal:
    return Refusals([Problem(refused.code, field, refused.params)])


def attach_file(*, viewer: Viewer, key: str, case_id: UUID, material: str, ticket_id: UUID) -> Case:
    """Adds a file that came in to a material of a draft, of a correction notice, or that is owed.

    The same content for the same material is accepted once (BAD-77). Refusals: NOT_FOUND for a ticket that is
    not the viewer's (ATK-42), FILE_NOT_RECEIVED, the ticket's own fault, FILE_TYPE_NOT_ALLOWED, TOO_MANY_FILES,
    QUOTA_EXCEEDED, ILLEGAL_TRANSITION, UNKNOWN_FIELD.
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        definition = definition_of(case.item_version)
        wanted = _wanted(viewer, case, definition, material, "attach_file")
        ticket = _own_ticket(viewer, ticket_id)
        files = files_of(case)
        if not _has(files, wanted, ticket):
            _check_fit(wanted, ticket, files)
            file = _add(viewer, case, wanted, ticket)
            if is_checked(file) and case.accepted_at is not None:
                note_supplied(case, definition, material, viewer)
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "material": material, "ticket_id": ticket_id}
    once(viewer, key=key, command="attach_file", body=body, act=act)
    return Case.objects.get(pk=case_id)


def detach_file(*, viewer: Viewer, key: str, case_id: UUID, file_id: UUID) -> Case:
    """Takes a file out of a draft, or out of a material that the correction notice names."""

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        file = CaseFile.objects.filter(pk=file_id, case=case).first()
        if file is None:
            raise NotFound("fileId", audited=True)
        if case.state not in {"draft", "correcting"}:
            raise illegal("detach_file", case.state)
        _wanted(viewer, case, definition_of(case.item_version), file.material, "detach_file")
        file.delete()
        UploadTicket.objects.filter(pk=file.ticket_id).update(used_at=None)
        _changed(viewer, case, "file_detached", file.material)
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "file_id": file_id}
    once(viewer, key=key, command="detach_file", body=body, act=act)
    return Case.objects.get(pk=case_id)


def promise_material(*, viewer: Viewer, key: str, case_id: UUID, material: str) -> Case:
    """容缺承诺: commits to supply a material after acceptance, by the day that the notice then names.

    Refusals: NOT_PROMISABLE for a material that the item wants at once; ILLEGAL_TRANSITION after submission.
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        if case.state != "draft" or not viewer.is_applicant:
            raise illegal("promise_material", case.state)
        wanted = definition_of(case.item_version).material(material)
        if wanted is None or wanted.mode != "later":
            raise Refusal("NOT_PROMISABLE", field=f"materials.{material}")
        _, made = MaterialPromise.objects.get_or_create(
            case=case, material=material, defaults={"promised_at": now()}
        )
        if made:
            _changed(viewer, case, "material_promised", material)
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "material": material}
    once(viewer, key=key, command="promise_material", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _wanted(
    viewer: Viewer, case: Case, definition: Definition, material: str, act: str
) -> Material:
    """The material, when the applicant may change its files now."""
    wanted = definition.material(material)
    if wanted is None or not wanted.is_filed:
        raise Refusal("UNKNOWN_FIELD", field=f"materials.{material}")
    asked = {item["field"] for item in case.corrections} if case.state == "correcting" else set()
    is_open = case.state == "draft" or f"materials.{material}" in asked
    if not viewer.is_applicant or not (is_open or _is_owed(case, material)):
        raise illegal(act, case.state)
    return wanted


def _is_owed(case: Case, material: str) -> bool:
    """Whether an accepted case, still under way, may be supplied with this material today."""
    if case.accepted_at is None or case.state not in UNDER_WAY:
        return False
    rows = MaterialPromise.objects.filter(case=case, material=material, supplied_at=None)
    return rows.filter(due_on__gte=now().date()).exists()


def _owner(viewer: Viewer) -> UUID:
    """Whose a file is: the account's, but at a counter the sitting's, so that it never gets into another's case."""
    owner = viewer.sitting_id or viewer.account_id
    assert owner is not None
    return owner


def _own_ticket(viewer: Viewer, ticket_id: UUID) -> UploadTicket:
    """The viewer's ticket with a file, locked so that it is not swept at the same instant."""
    rows = UploadTicket.objects.select_for_update().filter(pk=ticket_id, owner=_owner(viewer))
    ticket = rows.filter(purpose="material").first()
    if ticket is None:
        raise NotFound("ticketId", audited=True)
    if ticket.state == "refused":
        raise Refusal(ticket.fault, field="ticketId")
    if ticket.state == "open":
        raise Refusal("FILE_NOT_RECEIVED", field="ticketId")
    return ticket


def _has(files: Sequence[CaseFile], material: Material, ticket: UploadTicket) -> bool:
    """Whether the material has this file already; a file of another material is not to be had twice."""
    assert ticket.blob is not None
    mine = [file for file in files if file.material == material.id]
    if any(file.blob is not None and file.blob.digest == ticket.blob.digest for file in mine):
        return True
    if ticket.used_at is not None:
        raise NotFound("ticketId")
    return False


def _check_fit(material: Material, ticket: UploadTicket, files: Sequence[CaseFile]) -> None:
    """The kind that the material accepts, and not more than it, or a case, may have."""
    assert ticket.blob is not None
    place = f"materials.{material.id}"
    if ticket.blob.media_type not in material.accept:
        kinds = "、".join(KINDS[one] for one in material.accept)
        facts = {"label": material.name, "reason": "material", "kinds": kinds}
        raise Refusals([Problem("FILE_TYPE_NOT_ALLOWED", place, facts)])
    if sum(file.material == material.id for file in files) >= material.most_files:
        raise Refusal("TOO_MANY_FILES", field=place, most=material.most_files, label=material.name)
    size = sum(file.blob.size for file in files if file.blob is not None) + ticket.blob.size
    if len(files) >= MOST_FILES or size > MOST_BYTES:
        raise Refusal("QUOTA_EXCEEDED", field=place, most=MOST_BYTES // 1_000_000)


def _add(viewer: Viewer, case: Case, material: Material, ticket: UploadTicket) -> CaseFile:
    assert ticket.blob is not None
    assert viewer.account_id is not None
    ticket.used_at = now()
    ticket.save(update_fields=["used_at"])
    file = CaseFile.objects.create(
        case=case,
        material=material.id,
        ticket=ticket,
        blob=ticket.blob,
        name=ticket.name,
        added_at=now(),
        added_by_id=viewer.account_id,
    )
    _changed(viewer, case, "file_attached", material.id, ticket.blob.digest)
    return file


def _changed(viewer: Viewer, case: Case, kind: str, material: str, digest: str = "") -> None:
    case.revision += 1
    case.save(update_fields=["revision"])
    details: dict[str, object] = {"fields": [f"materials.{material}"]}
    if digest:
        details["digest"] = keyed_digest(digest)
    note(case, kind, viewer, details=details)
