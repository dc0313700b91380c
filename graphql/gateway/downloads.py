"""Hands out sealed files to whom they are visible: by a bearer token, or by a ticket of their session."""

from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from ecert.models import Certificate
from ecert.queries import visible_certificates
from files.errors import StorageAway
from files.models import Blob
from files.queries import read
from gateway import door
from gateway.papers import visible_documents
from gateway.tickets import viewer_of_ticket
from gateway.view import bearer, respond
from gateway.words import KINDS, PAPERS, worded
from people.commands import audit
from people.errors import NotFound, Refusal
from people.viewer import Viewer
from workflows.queries import case_file_for, visible_cases

SUBJECTS = {"documents": "document", "files": "case_file", "certificates": "certificate"}


@require_GET
def download_view(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """A file that the viewer may see; 404 for every other, 401 without anybody, 403 for a spent ticket.

    503 while the database or the storage is away.
    """
    request_id = door.new_request_id()
    try:
        blob, name, content = fetched(viewer_for(request, kind, key, request_id), kind, key)
    except Refusal as refusal:
        return respond(door.refused(refusal, request_id), request_id)
    except (OperationalError, InterfaceError):
        return respond(door.refused(Refusal("SERVICE_UNAVAILABLE"), request_id), request_id)
    response = HttpResponse(content, content_type=blob.media_type)
    response["Content-Disposition"] = as_attachment(name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    response["X-Request-ID"] = request_id
    return response


def viewer_for(request: HttpRequest, kind: str, key: UUID, request_id: str) -> Viewer:
    """Who fetches: the ticket's session when there is a ticket, otherwise the caller."""
    ticket = request.GET.get("ticket", "")
    if ticket:
        return viewer_of_ticket(ticket, kind, key, request_id)
    viewer = bearer(request.headers.get("Authorization", ""), request_id)
    if viewer.kind == "anonymous":
        raise Refusal("UNAUTHENTICATED")
    return viewer


def fetched(viewer: Viewer, kind: str, key: UUID) -> tuple[Blob, str, bytes]:
    """The file, what to call it and its bytes; NOT_FOUND, or SERVICE_UNAVAILABLE while the storage is away.

    What an officer, or a clerk who sits for somebody, takes away is audited before it leaves (INV-17).
    """
    blob, name = paper_for(viewer, kind, key)
    try:
        content = read(blob)
    except StorageAway as away:
        raise Refusal("SERVICE_UNAVAILABLE") from away
    if not viewer.is_applicant or viewer.assisted_by is not None:
        audit(viewer, action="download_file", subject_kind=SUBJECTS[kind], subject_id=key)
    return blob, name, content


def paper_for(viewer: Viewer, kind: str, key: UUID) -> tuple[Blob, str]:
    """The file of a certificate or document that the viewer may see and what to call it, or NOT_FOUND."""
    if kind == "documents":
        document = visible_documents(viewer).filter(pk=key).first()
        blob = None
        if document is not None:
            blob = document.void_file if document.state == "void" else document.file
        name = f"{worded(KINDS, document.kind)} {document.number}" if document else ""
        if document is not None and document.state == "void":
            name = f"{worded(PAPERS, 'void')} {name}"
    elif kind == "files":
        file = case_file_for(viewer, key)
        assert file.blob is not None
        return file.blob, file.name
    else:
        certificate = certificate_for(viewer, key)
        blob = certificate.file if certificate else None
        name = f"{certificate.type.name} {certificate.number}" if certificate else ""
    if blob is None:
        raise NotFound()
    return blob, f"{name}.pdf"


def as_attachment(name: str) -> str:
    """The header that saves a file under a name in any script (RFC 6266)."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def certificate_for(viewer: Viewer, key: UUID) -> Certificate | None:
    """An own certificate, or one that a case produced: for an agent, and for the office that leads or hands out."""
    own = visible_certificates(viewer).select_related("file", "type").filter(pk=key).first()
    if own is not None:
        return own
    cases = visible_cases(viewer)
    if viewer.kind == "officer":
        cases = cases.filter(Q(lead=viewer.department_id) | Q(collect_at=viewer.department_id))
    elif viewer.mandate_id is None or viewer.assisted_by is not None:
        return None
    made = Certificate.objects.select_related("file", "type")
    return made.filter(pk=key, source_case__in=cases.values("pk")).first()
