"""Hands out sealed files to whoever sits before the page, however long it has been open."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from gateway.downloads import as_attachment, fetched
from gateway.errors import message_of
from halls.asking import Refused, Said
from halls.seat import HallRequest, SignInNeeded
from people.errors import NotFound, Refusal

KINDS = ("certificates", "documents", "files")


@require_safe
def file(request: HallRequest, kind: str, key: UUID) -> HttpResponse:
    """A certificate, document or case file that the viewer may see; 404 for every other, 503 without storage."""
    viewer = request.seat.viewer(request.request_id)
    if viewer.kind == "anonymous":
        raise SignInNeeded
    if kind not in KINDS:
        raise Http404
    try:
        blob, name, content = fetched(viewer, kind, key)
    except NotFound:
        raise Http404 from None
    except Refusal as refusal:
        said = [Said(problem.code, message_of(problem)) for problem in refusal.problems]
        raise Refused(said) from refusal
    response = HttpResponse(content, content_type=blob.media_type)
    response["Content-Disposition"] = as_attachment(name)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox"
    return response
