"""What is wrong with a version, told with the place where it is mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from people.errors import Problem, Refusal
from services import lint_words
from services.editing import Data
from services.fault_words import WORDS, rule_words
from services.findings import Finding
from services.history_words import history_in_words
from services.lint_words import ELEMENTS
from services.place_words import example_words, path_words, place_words, sheet_of
from services.proving import Examination

# Parameters that hold a path of the form.
_PATHS = frozenset({"path"})


@dataclass(frozen=True)
class Told:
    """One fault in words: what, where, on which sheet it is mended, and how it comes about.

    `events` are the shortest history that shows it, `example` the answers where there is no history; one
    that `blocks` keeps the draft from being submitted, the others are advice.
    """

    words: str
    where: str
    sheet: str
    example: str = ""
    events: tuple[str, ...] = ()
    blocks: bool = True


def told_all(definition: Data, found: Examination) -> list[Told]:
    """What an examination found: what is unsound, then what is below the catalogue's quality."""
    findings = [_told_finding(definition, finding) for finding in found.findings]
    ordered = sorted(findings, key=lambda one: not one.blocks)
    return [*told(definition, found.problems), *dict.fromkeys(ordered)]


def told(definition: Data, problems: Iterable[Problem]) -> list[Told]:
    """Every problem, each once."""
    return list(dict.fromkeys(_told(definition, problem) for problem in problems))


def _told(definition: Data, problem: Problem) -> Told:
    params = dict(problem.params)
    rule = str(params.pop("rule", problem.code))
    if rule in lint_words.WORDS and rule not in WORDS:
        return _told_finding(definition, Finding(rule, problem.field, params))
    example = params.pop("example", None)
    params.pop("events", None)
    for name in _PATHS & params.keys():
        params[name] = path_words(definition, str(params[name]))
    events = tuple(history_in_words(problem))
    answers = example if isinstance(example, Mapping) and not events else {}
    return Told(
        words=rule_words(rule, params),
        where=place_words(definition, problem.field),
        sheet=sheet_of(definition, problem.field) if problem.field else "",
        example=example_words(definition, answers) if answers else "",
        events=events,
    )


def _told_finding(definition: Data, finding: Finding) -> Told:
    said = lint_words.told(finding)
    place = finding.place
    return Told(
        words=f"{said.message}。{said.suggestion}。",
        where=ELEMENTS.get(place) or place_words(definition, place),
        sheet=sheet_of(definition, place) if place else "",
        blocks=finding.is_error,
    )


def refusal_lines(definition: Data, refusal: Refusal) -> list[str]:
    """What a refused act says, one line a problem with its place."""
    lines = []
    for one in told(definition, refusal.problems):
        lines.append(f"{one.where}：{one.words}" if one.where else one.words)
    return lines
