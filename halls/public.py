"""The page where a stranger verifies a certificate: by identifier, by what its QR says, or by the file itself."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from gateway.errors import message_of
from gateway.verifying import MOST_BYTES, verify_file
from halls.asking import Refused, Said, ask
from halls.pages import page
from halls.seat import HallRequest
from people.errors import Refusal

NOTHING = Said("REQUIRED", "请填写电子证照标识、粘贴二维码内容，或选择证照文件", "identifier")


@require_http_methods(["GET", "POST"])
def verify(request: HallRequest) -> HttpResponse:
    """The verdict on what was given; the QR of a certificate leads here with its identifier."""
    given = request.POST if request.method == "POST" else request.GET
    typed = {name: given.get(name, "").strip() for name in ("identifier", "statement")}
    upload = request.FILES.get("file")
    if upload is None and not any(typed.values()):
        said = [NOTHING] if request.method == "POST" else []
        return page(request, "verify", {"typed": typed}, said=said)
    try:
        verdict = by_file(request) if upload is not None else by_text(request, typed)
    except Refusal as refusal:
        problem = refusal.problems[0]
        said = [Said(problem.code, message_of(problem), "file")]
        return page(request, "verify", {"typed": typed}, said=said)
    except Refused as refused:
        return page(request, "verify", {"typed": typed}, said=refused.said)
    return page(
        request, "verify", {"typed": typed, "verdict": verdict, "by_file": upload is not None}
    )


def by_file(request: HallRequest) -> dict[str, object]:
    """The verdict on an uploaded PDF. Raises Refusal when it is too large to be one of ours."""
    upload: Any = request.FILES["file"]
    return verify_file(upload.read(MOST_BYTES + 1))


def by_text(request: HallRequest, typed: dict[str, str]) -> Any:
    """The verdict on an identifier, or on the text of a QR code."""
    known = {"identifier": typed["identifier"]} if typed["identifier"] else typed
    return ask(request, "verifyCertificate", **known)["verifyCertificate"]
