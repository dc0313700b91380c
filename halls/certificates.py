"""The holder's certificates: the list, and one with its face, its file, how to verify it and who has used it."""

from io import BytesIO
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from halls.asking import ask
from halls.pages import cursor_of, page
from halls.seat import HallRequest


@require_safe
def mine(request: HallRequest) -> HttpResponse:
    """My certificates and, acting for an enterprise, its own."""
    found = ask(request, "myCertificates", after=cursor_of(request))["myCertificates"]
    return page(request, "certificates", {"certificates": found})


@require_safe
def one(request: HallRequest, certificate_id: UUID) -> HttpResponse:
    """One certificate and the log of its uses (用证记录)."""
    data = ask(request, "certificate", id=str(certificate_id), after=cursor_of(request))
    certificate = data["certificate"]
    address = f"{reverse('halls:verify')}?{urlencode({'identifier': certificate['identifier']})}"
    labels = {value["name"]: value["label"] for value in certificate["face"]}
    for use in data["certificateUses"]["nodes"]:
        use["labels"] = [labels.get(name, name) for name in use["fieldNames"]]
    given = {
        "certificate": certificate,
        "uses": data["certificateUses"],
        "address": address,
        "qr": drawn(f"{settings.PUBLIC_URL}{address}"),
    }
    return page(request, "certificate", given)


def drawn(text: str) -> SafeString:
    """A QR code of a text as SVG without any style of its own."""
    made = BytesIO()
    segno.make(text, error="m").save(made, kind="svg", xmldecl=False, svgns=True, omitsize=True)
    return mark_safe(made.getvalue().decode())  # noqa: S308 - drawn by segno, holds no text of ours
