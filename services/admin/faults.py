"""What is wrong with a version, told with the place where it is mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from people.errors import Problem, Refusal
from services.editing import Data
from services.fault_words import rule_words
from services.place_words import example_words, path_words, place_words, sheet_of

# Parameters that hold a path of the form.
_PATHS = frozenset({"path"})


@dataclass(frozen=True)
class Told:
    """One fault in words: what, where, on which sheet it is mended, and the answers that show it."""

    words: str
    where: str
    sheet: str
    example: str = ""
    events: tuple[str, ...] = ()


def told(definition: Data, problems: Iterable[Problem]) -> list[Told]:
    """Every problem, each once."""
    return list(dict.fromkeys(_told(definition, problem) for problem in problems))


def _told(definition: Data, problem: Problem) -> Told:
    params = dict(problem.params)
    rule = str(params.pop("rule", problem.code))
    example, events = params.pop("example", None), params.pop("events", None)
    for name in _PATHS & params.keys():
        params[name] = path_words(definition, str(params[name]))
    return Told(
        words=rule_words(rule, params),
        where=place_words(definition, problem.field),
        sheet=sheet_of(definition, problem.field) if problem.field else "",
        example=example_words(definition, example) if isinstance(example, Mapping) else "",
        events=tuple(map(str, events)) if isinstance(events, list | tuple) else (),
    )


def refusal_lines(definition: Data, refusal: Refusal) -> list[str]:
    """What a refused act says, one line a problem with its place."""
    lines = []
    for one in told(definition, refusal.problems):
        lines.append(f"{one.where}：{one.words}" if one.where else one.words)
    return lines
