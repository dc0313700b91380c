"""Hands out sealed files to whoever sits before the page, however long it has been open."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from files.queries import read
from gateway.downloads import as_attachment, paper_for
from halls.seat import HallRequest, SignInNeeded
from people.errors import NotFound

KINDS = ("certificates", "documents", "files")


@require_safe
def file(request: HallRequest, kind: str, key: UUID) -> HttpResponse:
    """The PDF of a certificate or document that the viewer may see; 404 for every other."""
    viewer = request.seat.viewer(request.request_id)
    if viewer.kind == "anonymous":
        raise SignInNeeded
    if kind not in KINDS:
        raise Http404
    try:
        blob, name = paper_for(viewer, kind, key)
    except NotFound:
        raise Http404 from None
    response = HttpResponse(read(blob), content_type=blob.media_type)
    response["Content-Disposition"] = as_attachment(name)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox"
    return response
