"""Papers that anybody may read before asking for anything: blank forms and samples (空白表、样表)."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from files.errors import StorageAway
from files.leaflets import leaflet
from gateway.downloads import as_attachment
from gateway.errors import message_of
from halls.asking import Refused, Said
from halls.preparing import at_of
from halls.seat import HallRequest
from people.errors import NotFound, Problem, Refusal
from services.blank_forms import blank_form
from services.queries import current_version

AWAY = Problem("SERVICE_UNAVAILABLE")


@require_safe
def paper(_request: HallRequest, name: str) -> HttpResponse:
    """A blank form or sample that an item names; 404 for every other name."""
    found = leaflet(name)
    if found is None:
        raise Http404
    return _handed(found.name, found.media_type, found.content)


@require_safe
def blank(request: HallRequest, code: str) -> HttpResponse:
    """The whole form of an item without answers, as it is in force where the case will lie; 503 without storage."""
    try:
        version = current_version(code, at_of(request))
        content = blank_form(version)
    except (NotFound, Refusal):
        raise Http404 from None
    except StorageAway as away:
        raise Refused([Said(AWAY.code, message_of(AWAY))]) from away
    return _handed(f"{version.item.name}（空白表）.pdf", "application/pdf", content)


def _handed(name: str, media_type: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = as_attachment(name)
    response["Cache-Control"] = "public, max-age=300"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response
