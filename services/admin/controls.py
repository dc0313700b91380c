"""How one value of a definition is typed and shown: lines, options, numbers as JSON has them, picked paths."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from typing_extensions import override

from services.admin.rows import RowsField

Choices = Sequence[tuple[str, Any]]
KINDS = (("working", "个工作日"), ("calendar", "个自然日"))


# Another choice asks for the sheet again with what is filled in so far; without scripts a button does. The form
# takes no click until the answer is there, or the answer would undo what was chosen meanwhile.
REFRESH = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"_refresh": "1"}',
    "hx-include": "closest form",
    "hx-select": "#sheet",
    "hx-target": "#sheet",
    "hx-swap": "outerHTML",
    "hx-indicator": "closest form",
}


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, **options: Any) -> None:
        rows = options.pop("rows", 3)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    @override
    def prepare_value(self, value: Any) -> Any:
        """Lines to edit."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    @override
    def to_python(self, value: Any) -> Any:
        """The lines that are not empty, each once."""
        lines = [line.strip() for line in str(value or "").splitlines()]
        found = [line for line in lines if line]
        twice = sorted({line for line in found if found.count(line) > 1})
        if twice:
            raise ValidationError(f"“{twice[0]}”重复了。")
        return found


class OptionsField(forms.CharField):
    """{code: words} of a choice, one a line: `owned=自有`; a line without a code gets the next free one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), **options)

    @override
    def prepare_value(self, value: Any) -> Any:
        """Lines to edit."""
        if isinstance(value, Mapping):
            return "\n".join(f"{code}={words}" for code, words in value.items())
        return value

    @override
    def to_python(self, value: Any) -> Any:
        """The options in their order."""
        found: dict[str, str] = {}
        for line in filter(None, map(str.strip, str(value or "").splitlines())):
            code, sign, words = line.partition("=")
            code, words = (code.strip(), words.strip()) if sign else ("", line)
            if not words or (sign and not code):
                raise ValidationError(f"“{line}”写得不完整，应为“代码=名称”或者只写名称。")
            code = code or next(f"o{n}" for n in range(1, 1000) if f"o{n}" not in found)
            if code in found or words in found.values():
                raise ValidationError(f"“{line}”与前面的选项重复。")
            found[code] = words
        return found


class NumberField(forms.FloatField):
    """A number as JSON keeps it: 300 stays a whole number."""

    @override
    def to_python(self, value: Any) -> Any:
        """Whole where it is whole."""
        number = super().to_python(value)
        return int(number) if number is not None and number == int(number) else number


class DayField(forms.DateField):
    """A day as the text 2026-01-31."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}), **options)

    @override
    def to_python(self, value: Any) -> Any:
        """As text."""
        day = super().to_python(value)
        return day.isoformat() if day else ""


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=(("", "（未填）"), ("true", "是"), ("false", "否")),
            required=False,
            coerce=lambda text: text == "true",
            empty_value=None,
            **options,
        )

    @override
    def prepare_value(self, value: Any) -> Any:
        """As the choice that says it."""
        return str(value).lower() if isinstance(value, bool) else value


class Picked(forms.ChoiceField):
    """One of what there is; a value that is gone stays visible as such, until another one is picked."""

    def keep(self, values: Iterable[object]) -> None:
        """Adds choices for values that no choice has any more."""
        keep_gone(self, values)


class PickedSeveral(forms.MultipleChoiceField):
    """Several of what there is, ticked in groups; one text of a definition stands for a list of one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)

    @override
    def prepare_value(self, value: Any) -> Any:
        """A list."""
        return as_list(value)

    def keep(self, values: Iterable[object]) -> None:
        """Adds choices for values that no choice has any more."""
        keep_gone(self, values)


class LimitField(RowsField):
    """A limit: days, their kind and the basis."""

    def __init__(self, **options: Any) -> None:
        columns = {
            "days": forms.IntegerField(label="天数", min_value=0, max_value=3650),
            "kind": forms.ChoiceField(label="种类", choices=KINDS, initial="working"),
            "basis": forms.CharField(label="依据", required=False, max_length=500),
        }
        columns["days"].widget.attrs["class"] = "short"
        super().__init__(columns, single=True, required=False, **options)

    @override
    def clean(self, value: Any) -> Any:
        """Zero days are a limit too: at once."""
        found = super().clean(value)
        if found and "days" not in found:
            found["days"] = 0
        return found


def keep_gone(field: forms.ChoiceField, values: Iterable[object]) -> None:
    """Adds to a field's choices, and says so, what it has now and nobody offers any more."""
    choices: list[Any] = list(cast(Iterable[Any], field.choices))
    known = set(flat(choices))
    words = getattr(field, "gone", "（已不存在）{}")
    gone = [(str(v), words.format(v)) for v in values if v and str(v) not in known]
    if gone:
        field.choices = [*choices, *gone]


def as_list(value: object) -> list[Any]:
    """A list of a definition; one text stands for a list of one."""
    if isinstance(value, str):
        return [value] if value else []
    return list(value) if isinstance(value, list | tuple) else []


def flat(choices: Iterable[Any]) -> Iterable[str]:
    """The values of choices, those in groups too."""
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from flat(words)
        else:
            yield str(value)
