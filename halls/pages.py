"""What every page is given: its seat, its name, the key of its forms."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from halls.appearance import is_large
from halls.asking import Said, ask, new_key
from halls.seat import HallRequest


def page(
    request: HallRequest,
    name: str,
    given: Mapping[str, object],
    *,
    said: Sequence[Said] = (),
    status: int = 0,
) -> HttpResponse:
    """The page `halls/<name>.html`; with refusals to show it answers 422 unless told otherwise."""
    known = {"key": new_key(), "said": said, "unread": _unread(request, name)}
    status = status or (422 if said else 200)
    return render(request, f"halls/{name}.html", {**known, **given}, status=status)


def around(request: HttpRequest) -> dict[str, object]:
    """What stands around every page of the halls, one that says "not found" too; the admin has its own."""
    if not hasattr(request, "seat"):
        return {}
    return {
        "site": settings.SITE_NAME,
        "is_demo": settings.DEMO,
        "seat": request.seat,
        "is_large": is_large(request),
    }


def _unread(request: HallRequest, name: str) -> int:
    """How many messages wait for an applicant; a part of a page has no frame to show it in."""
    if not request.seat.is_applicant or name.startswith("_"):
        return 0
    return int(ask(request, "unreadMessages")["unreadMessages"])


def cursor_of(request: HallRequest, name: str = "after") -> str | None:
    """Where the asked page of a list begins."""
    return request.GET.get(name) or None
