"""What can be asked for: the catalogue, one item with all it needs, and the start of a case."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from halls.asking import act, ask
from halls.pages import cursor_of, page
from halls.preparing import at_of, start_with
from halls.seat import HallRequest, SignInNeeded

AUDIENCES = ("person", "enterprise")
FEW = 3  # open cases above the catalogue; the list of cases has all


@require_safe
def home(request: HallRequest) -> HttpResponse:
    """The catalogue, searched by name or everyday words and by who may apply; above it what is open."""
    search = request.GET.get("q", "")[:40]
    audience = request.GET.get("for", "")
    audience = audience if audience in AUDIENCES else ""
    asked = {"search": search, "audience": audience, "after": cursor_of(request)}
    found = ask(request, "catalogue", **asked)["catalogue"]
    is_start = not search and not audience and not asked["after"] and request.seat.is_applicant
    open_now = ask(request, "openCases", first=FEW)["openCases"]["nodes"] if is_start else []
    given = {"items": found, "search": search, "audience": audience, "open": open_now}
    return page(request, "home", given)


@require_safe
def item(request: HallRequest, code: str) -> HttpResponse:
    """One item: what is needed, what the library already holds, how long it takes, who works on it."""
    return _item(request, code)


@require_POST
def start(request: HallRequest, code: str) -> HttpResponse:
    """Opens a draft, with what was answered before if it was; consent comes next."""
    if "prepared" in request.POST:
        return start_with(request, code)
    if not request.seat.is_taken:
        raise SignInNeeded(reverse("halls:item", args=[code]))
    done = act(request, "startCase", itemCode=code, division=at_of(request))
    if done.is_done:
        return redirect("halls:consent", case_id=done.result["case"]["id"])
    return _item(request, code, said=done.said)


def _item(request: HallRequest, code: str, **more: Any) -> HttpResponse:
    shown = ask(request, "serviceItem", code=code, division=at_of(request))["serviceItem"]
    fields = [field for section in shown["form"]["sections"] for field in section["fields"]]
    given = {
        "item": shown,
        "asks_first": any(section["askedFirst"] for section in shown["form"]["sections"]),
        "stages": stages(shown["steps"]),
        "materials": _materials(request, shown["materials"]),
        "has_visit": any(step["kind"] == "inspect" for step in shown["steps"]),
        "field_count": sum(not field["filledBy"] for field in fields),
        "awaited": sum(bool(field["filledBy"]) for field in fields),
        "prefillable": sum(field["prefillable"] for field in fields),
        "fits": not request.seat.is_taken or request.seat.kind in shown["audience"],
    }
    return page(request, "item", given, **more)


def stages(steps: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Steps in columns: those of one column work at the same time, each after those it waits for."""
    waits = {step["id"]: [s["id"] for s in steps if step["id"] in s["before"]] for step in steps}
    depths: dict[str, int] = {}
    while len(depths) < len(steps):  # a published route has no circle (services.soundness)
        for name, before in waits.items():
            if name not in depths and all(one in depths for one in before):
                depths[name] = max((depths[one] + 1 for one in before), default=0)
    columns: list[list[dict[str, Any]]] = [[] for _ in range(max(depths.values(), default=-1) + 1)]
    for step in steps:
        columns[depths[step["id"]]].append(step)
    return columns


def _materials(request: HallRequest, materials: list[dict[str, Any]]) -> list[Mapping[str, object]]:
    """Materials, each with the valid certificate that the library holds for it, if any."""
    held: dict[str, object] = {}
    if request.seat.is_applicant:
        nodes = ask(request, "myCertificates", first=100)["myCertificates"]["nodes"]
        held = {one["typeName"]: one for one in nodes if one["status"] == "valid"}
    return [{**one, "held": held.get(one["certificateName"])} for one in materials]
