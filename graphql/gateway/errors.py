"""Turns refusals into what callers get: code, field, a sentence in their language, the request id."""

from collections.abc import Mapping, Sequence

from gateway.wording import WORDING
from gateway.words import ACTS, ANY_ACT, STATES, STATUSES, worded
from people.errors import Problem


class _Given(dict[str, object]):
    """Parameters of a sentence; one that was not given reads as an ellipsis, never as a fault."""

    def __missing__(self, name: str) -> str:
        return "…"


def message_of(problem: Problem) -> str:
    """The sentence for a problem, in the language of the current thread; unknown codes read as INTERNAL."""
    params = {name: _listed(value) for name, value in problem.params.items()}
    template = WORDING.get(f"{problem.code}.{params.get('reason')}") or WORDING.get(problem.code)
    if template is None:
        template = WORDING["INTERNAL"]
    given = _Given(params, field=params.get("label") or problem.field)
    given.setdefault("most", params.get("limit", "…"))
    given.setdefault("detail", "")
    state = params.get("state") or params.get("status", "…")
    given["state"] = STATES.get(str(state)) or worded(STATUSES, state)
    given["act"] = worded(ACTS, params["act"]) if "act" in params else ANY_ACT
    return str(template).format_map(given)


def _listed(value: object) -> object:
    return " / ".join(map(str, value)) if isinstance(value, tuple | list) else value


def error_of(
    problem: Problem, request_id: str, path: Sequence[str | int] | None = None
) -> dict[str, object]:
    """An entry of the top-level `errors` of an answer."""
    entry: dict[str, object] = {"message": message_of(problem)}
    if path is not None:
        entry["path"] = list(path)
    entry["extensions"] = {"code": problem.code, "field": problem.field, "requestId": request_id}
    return entry


def told(problems: Sequence[Problem], request_id: str) -> list[Mapping[str, object]]:
    """The `errors` of a mutation's payload: all the problems at once."""
    return [
        {
            "code": problem.code,
            "field": problem.field,
            "message": message_of(problem),
            "request_id": request_id,
        }
        for problem in problems
    ]
