"""Made-up answers for a form, each of which its field takes (pure)."""

from collections.abc import Mapping
from datetime import date

from services.answers import with_value
from services.fields import Field
from services.form import Form

# The examples of GB 11643, GB 32100 and a number that fits Luhn's rule; nobody's.
_SAMPLES: Mapping[str, str] = {
    "phone": "13800000000",
    "id_number": "11010519491231002X",
    "credit_code": "91350100M000100Y43",
    "bank_account": "6222020000000000009",
}


def sample_answers(form: Form, today: date, division: str) -> dict[str, object]:
    """Nested answers for every field of a form; choices take their first option, yes-or-no the yes."""
    answers: dict[str, object] = {}
    for field in form.fields:
        if not field.awaited:
            answers = with_value(answers, field.path, sample_value(field, today, division))
    return answers


def sample_value(field: Field, today: date, division: str) -> object:
    """One value that a field takes."""
    match field.type:
        case "boolean":
            return True
        case "integer" | "number":
            return _number(field)
        case "date":
            return min(max(today.isoformat(), field.earliest), field.latest or "9999-12-31")
        case "choice":
            return field.options[0].code if field.options else None
        case "choices":
            return [option.code for option in field.options[:1]]
        case "division":
            return division or None
        case "rows":
            row = {c.path: sample_value(c, today, division) for c in field.columns}
            return [row] * max(1, field.least_rows)
    return _SAMPLES.get(field.type, f"示例{field.label}"[: field.max_length])


def _number(field: Field) -> float | int:
    """The least that is allowed, or 1."""
    least, most = field.minimum, field.maximum
    value = 1 if least is None else least
    value = value if most is None else min(value, most)
    return int(value) if value == int(value) else value
