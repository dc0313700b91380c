"""The page where anybody follows a case by its two codes (办件进度), without signing in."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from halls.asking import Refused, Said, ask
from halls.pages import page
from halls.seat import HallRequest

TOO_MANY = 429
WAIT_SECONDS = "600"  # the longest that a count lasts (workflows.commands.following)
EMPTY = Said("REQUIRED", "请填写收件凭证上的查询码和校验码", "queryCode")
UNKNOWN = Said("NOT_FOUND", "没有查到。请对照收件凭证核对查询码和校验码", "queryCode")


@require_http_methods(["GET", "POST"])
def progress(request: HallRequest) -> HttpResponse:
    """How far a case has come; nothing of who asked and what was answered."""
    if request.method == "GET":
        return page(request, "progress", {"typed": {"query": request.GET.get("code", "")[:20]}})
    typed = {name: request.POST.get(name, "").strip()[:20] for name in ("query", "check")}
    if not all(typed.values()):
        return page(request, "progress", {"typed": typed}, said=[EMPTY])
    return _found(request, typed)


def _found(request: HallRequest, typed: dict[str, str]) -> HttpResponse:
    try:
        asked = {"queryCode": typed["query"], "checkCode": typed["check"]}
        found = ask(request, "progress", **asked)["progress"]
    except Http404:
        return page(request, "progress", {"typed": typed}, said=[UNKNOWN])
    except Refused as refused:
        answer = page(
            request, "progress", {"typed": typed}, said=refused.said, status=refused.status
        )
        if refused.status == TOO_MANY:
            answer["Retry-After"] = WAIT_SECONDS
        return answer
    return page(request, "progress", {"typed": typed, "found": found})
