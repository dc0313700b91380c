"""Into which regions conditions cut a form: one sample of answers for each (pure).

Answers in the same region make every condition come out the same, so walking the regions is walking
every possible answer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from itertools import chain, combinations, product
from math import prod

from people.errors import Refusal
from services.answers import with_value
from services.conditions import Condition
from services.fields import Field, clean_value
from services.form import Form
from services.logic import Atom, Constant, constants_of

MOST = 4096
OTHER = "（其他）"
_PAST_LAST = date.max.toordinal() + 1
Sample = Mapping[str, object]  # {path: value}, None for a field that is not answered


class TooManyRegions(Exception):
    """The conditions cut the form into more regions than can be walked."""


@dataclass(frozen=True)
class Region:
    """One region: its sample by path, and the same as nested answers."""

    sample: Sample
    answers: Mapping[str, object]


def regions(form: Form, conditions: Iterable[Condition], most: int = MOST) -> list[Region]:
    """One region for each way the conditions can come out, those with the fewest answers first.

    A field that is needed is never missing, one that is not called for never there. Raises TooManyRegions.
    """
    asked = _closure(form, conditions)
    fields = sorted({path for condition in asked for path in condition.paths})
    cells = [_cells(form, path, asked) for path in fields]
    if prod(len(cell) for cell in cells) > most:
        raise TooManyRegions
    found = [_region(dict(zip(fields, values, strict=True))) for values in product(*cells)]
    feasible = [region for region in found if _is_feasible(form, region)]
    return sorted(feasible, key=lambda r: sum(v is not None for v in r.sample.values()))


def shortest(all_regions: Sequence[Region], fails: Callable[[Region], bool]) -> Sample:
    """The fewest answers after which every region fails, whatever the other answers are.

    At least one region must fail. Regions are bits of whole numbers, so every choice can be tried.
    """
    failing = 0
    ways: dict[str, dict[str, tuple[object, int]]] = {path: {} for path in all_regions[0].sample}
    for number, region in enumerate(all_regions):
        bit = 1 << number
        failing |= bit * fails(region)
        for path, value in region.sample.items():
            known = ways[path].get(repr(value), (value, 0))
            ways[path][repr(value)] = (value, known[1] | bit)
    choices = [(path, list(values.values())) for path, values in ways.items()]
    everything = (1 << len(all_regions)) - 1
    for size in range(len(choices) + 1):
        found = _chosen(choices, size, everything, failing)
        if found is not None:
            return found
    raise ValueError("no region fails")


def _chosen(
    choices: Sequence[tuple[str, list[tuple[object, int]]]], size: int, left: int, failing: int
) -> dict[str, object] | None:
    """`size` answers after which only failing regions are left; None when there are no such."""
    if not size:
        return {} if not left & ~failing else None
    for at in range(len(choices) - size + 1):
        path, values = choices[at]
        for value, regions_of_value in values:
            kept = left & regions_of_value
            if not kept & failing:
                continue
            found = _chosen(choices[at + 1 :], size - 1, kept, failing)
            if found is not None:
                return {path: value, **found}
    return None


def _closure(form: Form, conditions: Iterable[Condition]) -> list[Condition]:
    """The conditions, and those by which one of their fields is asked or required."""
    asked: dict[str, Condition] = {}
    waiting = list(conditions)
    while waiting:
        condition = waiting.pop()
        if condition.text in asked:
            continue
        asked[condition.text] = condition
        fields = (form.field(path) for path in condition.paths)
        for field in fields:
            if field is not None:
                waiting += [c for c in (field.when, field.required_when) if c is not None]
    return list(asked.values())


def _region(sample: dict[str, object]) -> Region:
    answers: dict[str, object] = {}
    for path, value in sample.items():
        if value is not None:
            answers = with_value(answers, path, value)
    return Region(sample, answers)


def _is_feasible(form: Form, region: Region) -> bool:
    for path, value in region.sample.items():
        field = form.field(path)
        if field is None:
            continue
        if field.needed(region.answers) if value is None else not field.called(region.answers):
            return False
    return True


def _cells(form: Form, path: str, conditions: Sequence[Condition]) -> list[object]:
    """Values of one field, one for each way its comparisons can come out; nothing answered first.

    Of a field that some answers call for, nothing is a way of its own: elsewhere it must or may not be there.
    """
    field = form.field(path)
    assert field is not None, "conditions are checked against the form"
    atoms = [atom for condition in conditions for atom in condition.atoms if atom.path == path]
    cells: dict[tuple[bool, ...], object] = {}
    missing = [] if field.is_always_needed else [None]
    for value in chain(missing, _candidates(field, atoms)):
        answers = {} if value is None else with_value({}, path, value)
        nothing = value is None and bool(field.depends_on)
        cells.setdefault((nothing, *(atom.holds(answers) for atom in atoms)), value)
    return list(cells.values())


def _candidates(field: Field, atoms: Sequence[Atom]) -> Iterable[object]:
    """Values of a field on all sides of the constants; those that its own limits refuse left out."""
    constants = list(dict.fromkeys(c for atom in atoms for c in constants_of(atom)))
    values: Iterable[object]
    match field.type:
        case "boolean":
            return [False, True]
        case "choice":
            return [option.code for option in field.options]
        case "choices":
            return _subsets(field, constants)
        case "integer" | "number":
            values = _numbers(field, constants)
        case "date":
            values = _days(field, constants)
        case "rows":
            return [[{}]]
        case _:
            return [OTHER, *(value for value in constants if _is_allowed(field, value))]
    return [value for value in values if _is_allowed(field, value)]


def _is_allowed(field: Field, value: object) -> bool:
    """Whether the field takes a value, and keeps it as it is."""
    try:
        return bool(clean_value(field, value) == value)
    except Refusal:
        return False


def _subsets(field: Field, constants: Sequence[Constant]) -> Iterable[object]:
    if 2 ** len(constants) > MOST:
        raise TooManyRegions
    others = [option.code for option in field.options if option.code not in constants]
    yield from ([code] for code in others[:1])
    for size in range(1, len(constants) + 1):
        yield from (list(chosen) for chosen in combinations(constants, size))


def _numbers(field: Field, constants: Sequence[Constant]) -> Iterable[object]:
    """The grid points next to each constant, and the field's own limits."""
    step = Decimal(1).scaleb(-(0 if field.type == "integer" else field.decimals))
    limits = [limit for limit in (field.minimum, field.maximum) if limit is not None]
    for constant in [*constants, *limits, *([] if constants or limits else [0])]:
        low = (Decimal(str(constant)) / step).to_integral_value(ROUND_FLOOR) * step
        for away in (0, -1, 1, 2):
            value = low + away * step
            yield int(value) if value == int(value) else float(value)


def _days(field: Field, constants: Sequence[Constant]) -> Iterable[object]:
    limits = [limit for limit in (field.earliest, field.latest) if limit]
    for constant in [*constants, *limits, *([] if constants or limits else ["2026-01-01"])]:
        day = date.fromisoformat(str(constant))
        around = range(max(day.toordinal() - 1, 1), min(day.toordinal() + 2, _PAST_LAST))
        yield from (date.fromordinal(number).isoformat() for number in around)
