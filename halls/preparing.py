"""What to know before starting (办理前看一看): questions first, then what is needed, how long, whether at all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from halls.asking import Refused, Said, act, ask
from halls.pages import page
from halls.posted import Answer, Posted, answers_of
from halls.seat import HallRequest, SignInNeeded
from halls.sheet import Place

# Ways in which a material comes of itself; every other one is something to see to.
BY_ITSELF = {"form", "promise", "check", "there", "library"}
Answers = dict[str, Answer]


@require_safe
def prepare(request: HallRequest, code: str) -> HttpResponse:
    """The questions of an item, and what the answers given so far come to; nothing is kept."""
    return _shown(request, code, request.GET)


def start_with(request: HallRequest, code: str) -> HttpResponse:
    """Opens a draft with the answers, which are not asked again; consent comes next."""
    at = at_of(request)
    found = ask(request, "preparation", itemCode=code, division=at)["preparation"]
    answers = _given(_fields(found), request.POST)
    if not request.seat.is_taken:
        asked = urlencode([*_flat(answers), *([("at", at)] if at else [])])
        raise SignInNeeded(f"{reverse('halls:prepare', args=[code])}?{asked}")
    done = act(request, "startCase", itemCode=code, answers=answers, division=at)
    if done.is_done:
        return redirect("halls:consent", case_id=done.result["case"]["id"])
    return _shown(request, code, request.POST, done.said)


def _shown(
    request: HallRequest, code: str, given: Posted, said: Sequence[Said] = ()
) -> HttpResponse:
    item = ask(request, "serviceItem", code=code, division=at_of(request))["serviceItem"]
    first = ask(request, "preparation", itemCode=code, division=at_of(request))["preparation"]
    answers = _given(_fields(first), given)
    found, wrong = _prepared(request, code, answers, first)
    wrong = [*wrong, *said]
    places = [_place(one, answers, wrong) for one in found["questions"]]
    is_first = {one["field"]["path"]: one["isFirst"] for one in found["questions"]}
    asked = bool(answers) or not any(is_first.values())
    open_ = [p for p in places if p.needed and not p.is_filled]
    shown = {
        "item": item,
        "at": at_of(request),
        "found": found,
        "help": next((s["help"] for s in item["form"]["sections"] if s["askedFirst"]), ""),
        "first": [place for place in places if is_first[place.path]],
        "others": [place for place in places if not is_first[place.path]],
        "turning": [place for place in places if place.spec["dependsOn"]],
        "is_asked": asked,
        "open": open_ if asked else [],
        "parts": [one for one in found["parts"] if one["isChosen"] is not False or one["onDemand"]],
        "needs": _needs(found["materials"]),
        "comes": [one for one in found["materials"] if one["had"] in BY_ITSELF],
        "answers": _flat(answers),
        "counts": _counts(found["sections"]),
        "fits": not request.seat.is_taken or request.seat.kind in item["audience"],
    }
    return page(request, "prepare", shown, said=wrong)


def _needs(materials: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What is to be seen to; of a group of which some are enough, one entry with all their names."""
    needs: dict[str, dict[str, Any]] = {}
    for one in materials:
        if one["had"] not in BY_ITSELF:
            kept = needs.setdefault(one["groupName"] or one["id"], {**one, "names": []})
            kept["names"].append(one["name"])
    return list(needs.values())


def _prepared(
    request: HallRequest, code: str, answers: Answers, first: Any
) -> tuple[Any, list[Said]]:
    """The preparation of the answers that can be read, and what is wrong with the others."""
    if not answers:
        return first, []
    try:
        return _asked(request, code, answers), []
    except Refused as refused:
        wrong = {one.field for one in refused.said}
        good = {path: value for path, value in answers.items() if path not in wrong}
        if len(good) == len(answers):
            raise
        return _asked(request, code, good), refused.said


def _asked(request: HallRequest, code: str, answers: Answers) -> Any:
    asked = {"itemCode": code, "answers": answers, "division": at_of(request)}
    return ask(request, "preparation", **asked)["preparation"]


def at_of(request: HallRequest) -> str:
    """The division whose own rules were chosen (办理地); empty for those without any."""
    return (request.POST.get("at") or request.GET.get("at") or "")[:12]


def _place(question: Mapping[str, Any], answers: Answers, said: Sequence[Said]) -> Place:
    """A question as a field of a form; one that waits for another answer is hidden until then."""
    spec = {**question["field"], "conditional": False}
    path = spec["path"]
    faults = [one.message for one in said if one.field == path]
    return Place(
        spec,
        answers.get(path),
        None,
        needed=question["isNeeded"],
        steers=False,
        is_called=question["isRelevant"],
        faults=faults,
    )


def _fields(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one["field"] for one in found["questions"]]


def _given(fields: list[dict[str, Any]], posted: Posted) -> Answers:
    """What was answered; what was left open is no answer."""
    return {path: value for path, value in answers_of(fields, posted).items() if value is not None}


def _flat(answers: Answers) -> list[tuple[str, str]]:
    """Answers as a browser sends them, several choices one by one."""
    return [
        (path, str(one).lower() if isinstance(one, bool) else str(one))
        for path, value in answers.items()
        for one in (value if isinstance(value, list) else [value])
    ]


def _counts(sections: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many fields all sections have together."""
    return {name: sum(one[name] for one in sections) for name in ("asked", "maybe", "filled")}
