"""What can be said of a condition before everything is answered: it will hold, it will not, or it depends (pure).

Kleene's logic of three values: a comparison with an answer that is not there yet is open (None).
"""

from collections.abc import Iterable, Mapping

from services.answers import value_at
from services.logic import CompareFields, Condition, Every, Expression, Negation, Some

Verdict = bool | None  # None: it depends on what has not been answered yet


def foreseen(condition: Condition | None, answers: Mapping[str, object]) -> Verdict:
    """Whether a condition will hold, however the open questions are answered; no condition always does."""
    return True if condition is None else _foreseen(condition.expression, answers)


def _foreseen(expression: Expression, answers: Mapping[str, object]) -> Verdict:
    match expression:
        case Every():
            return all_of(_foreseen(part, answers) for part in expression.parts)
        case Some():
            return any_of(_foreseen(part, answers) for part in expression.parts)
        case Negation():
            return not_(_foreseen(expression.part, answers))
        case CompareFields():  # stands in checks of a form alone, which are judged when all is answered
            return expression.holds(answers)
        case _:
            if value_at(answers, expression.path) is None:
                return None
            return expression.holds(answers)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """And: false as soon as one is, open while one is."""
    found = list(verdicts)
    return False if False in found else (None if None in found else True)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Or: true as soon as one is, open while one is."""
    found = list(verdicts)
    return True if True in found else (None if None in found else False)


def not_(verdict: Verdict) -> Verdict:
    """Not: what is open stays open."""
    return None if verdict is None else not verdict
