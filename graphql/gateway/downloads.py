"""Hands out sealed files to whom they are visible: by a bearer token, or by a ticket of their session."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from ecert.models import Certificate
from ecert.queries import visible_certificates
from files.models import Blob
from files.queries import read
from gateway import door
from gateway.papers import visible_documents
from gateway.tickets import viewer_of_ticket
from gateway.view import bearer, respond
from people.errors import NotFound, Refusal
from people.viewer import Viewer
from workflows.queries import visible_cases


@require_GET
def download_view(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """A PDF that the viewer may see; 404 for every other, 401 without anybody, 403 for a spent ticket."""
    request_id = door.new_request_id()
    try:
        blob = blob_for(viewer_for(request, kind, key, request_id), kind, key)
    except Refusal as refusal:
        return respond(door.refused(refusal, request_id), request_id)
    response = HttpResponse(read(blob), content_type=blob.media_type)
    response["Content-Disposition"] = f'attachment; filename="{kind}-{key}.pdf"'
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


def blob_for(viewer: Viewer, kind: str, key: UUID) -> Blob:
    """The file of a certificate or document that the viewer may see, or NOT_FOUND."""
    if kind == "documents":
        document = visible_documents(viewer).filter(pk=key).first()
        blob = document.file if document else None
    else:
        blob = certificate_blob(viewer, key)
    if blob is None:
        raise NotFound()
    return blob


def certificate_blob(viewer: Viewer, key: UUID) -> Blob | None:
    """The file of an own certificate, or of one that a case produced which the viewer's department leads."""
    own = visible_certificates(viewer).select_related("file").filter(pk=key).first()
    if own is not None or viewer.kind != "officer":
        return own.file if own else None
    led = visible_cases(viewer).filter(lead=viewer.department_id).values("pk")
    made = Certificate.objects.select_related("file").filter(pk=key, source_case__in=led).first()
    return made.file if made else None
