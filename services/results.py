"""What a granted result says: which answers become the face of which certificate (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.answers import value_at
from services.fields import Field
from services.form import Form

COLLECTED = "collected"  # the option of a form's field by which an applicant fetches the results


@dataclass(frozen=True)
class Result:
    """A result (办理结果): its certificate type code, how long it is valid and where its face comes from.

    `face` is {face field: answer path}; the issuer adds itself. `valid_months` None = 长期.
    """

    code: str
    name: str
    face: Mapping[str, str]
    valid_months: int | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """The answer paths that the face needs."""
        return tuple(self.face.values())


def face_of(result: Result, form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """The face data of a result, choices in the words people read; what is missing is left out."""
    fields = {name: form.field(path) for name, path in result.face.items()}
    face = {
        name: worded(field, value_at(answers, field.path))
        for name, field in fields.items()
        if field is not None
    }
    return {name: value for name, value in face.items() if value is not None}


def worded(field: Field, value: object) -> object:
    """A stored value in the words people read: choices as labels joined by 、, all else as it is."""
    labels = {option.code: option.label for option in field.options}
    if isinstance(value, list) and field.type == "choices":
        return "、".join(labels.get(str(code), str(code)) for code in value)
    if field.type == "choice":
        return labels.get(str(value), value)
    return value


def wants_to_collect(form: Form, answers: Mapping[str, object]) -> bool:
    """Whether the applicant chose to fetch the results (窗口领取) in the field that offers it."""
    choices = (f for f in form.fields if f.type == "choice" and COLLECTED in f.choices)
    return any(value_at(answers, field.path) == COLLECTED for field in choices)
