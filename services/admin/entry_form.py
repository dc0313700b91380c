"""How one entry of a definition is a form: its keys are fields, keys that no form knows stay as they are."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from typing_extensions import override

from services.admin.conditions import ConditionField
from services.admin.controls import REFRESH, PickedSeveral, YesNoField, as_list
from services.admin.pickers import Pickers
from services.admin.rows import RowsField

Groups = tuple[tuple[str, str, tuple[str, ...]], ...]
NAME = r"[a-z][a-z0-9_]{0,39}"
NAMED = "代码由小写字母、数字和下划线组成，用于条件和数据交换；不填自动编排。改代码时，引用它的地方一并修改。"


class EntryForm(forms.Form):
    """A form over a mapping. `groups` are its headings: (title, help, names of fields)."""

    groups: ClassVar[Groups] = ()
    meant: ClassVar[Mapping[str, object]] = {}  # what a key means when it is absent, if not "no"
    elsewhere: ClassVar[frozenset[str]] = frozenset()  # keys that other sheets edit
    is_named = False  # whether a new entry gets an id of its own

    def __init__(
        self, pickers: Pickers, entry: Mapping[str, Any], data: Any = None, *, locked: bool = False
    ) -> None:
        self.pickers, self.entry = pickers, dict(entry)
        initial = {**self.meant, **entry}
        super().__init__(data, initial=initial, label_suffix="")
        self.prepare()
        for name, field in self.fields.items():
            field.disabled = locked or field.disabled
            _keep(field, initial.get(name))

    def prepare(self) -> None:
        """Gives the fields their choices."""

    def chosen(self, name: str) -> str:
        """What a choice is now: as posted, else as it stands."""
        return str(self.data.get(name) or self.entry.get(name) or "")

    def only_for(self, rules: Mapping[str, tuple[str, ...]], chosen: str) -> None:
        """Leaves out the fields that the choice does not use, unless the entry has a value there."""
        for name, users in rules.items():
            if chosen and chosen not in users and name not in self.entry:
                self.fields.pop(name, None)

    def refresh_on(self, name: str) -> None:
        """Shows the sheet again when this choice changes: other fields belong to it."""
        self.fields[name].widget.attrs.update(REFRESH)

    def offer(self, name: str, choices: Any) -> None:
        """Gives one field its choices."""
        field: Any = self.fields[name]
        field.choices = choices

    def condition(self, name: str, label: str, help_text: str = "") -> None:
        """Adds a condition table."""
        self.fields[name] = ConditionField(
            self.pickers.form, self.pickers.single_paths, label=label, help_text=help_text
        )

    def unjudged(self) -> None:
        """Shows what was posted without judging it: other choices were asked for, nothing is kept."""
        self._errors: Any = ErrorDict()
        self.cleaned_data = {}

    def written(self) -> dict[str, Any]:
        """The entry with what was filled in. An empty value takes its key away; equal ones stay as written."""
        found = dict(self.entry)
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if isinstance(self.fields[name], PickedSeveral):
                value = _in_order(as_list(found.get(name)), value or [])
            if name in found and _same(found[name], value):
                continue
            if value in (None, "", [], {}) or self._goes_without_saying(name, value):
                found.pop(name, None)
            else:
                found[name] = value
        return found

    def _goes_without_saying(self, name: str, value: object) -> bool:
        """Whether a key that is absent means the same."""
        if isinstance(self.fields[name], YesNoField):
            return False
        meant = self.meant.get(name, False)
        return type(value) is type(meant) and value == meant

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The headings with their bound fields, those that no heading names at the end."""
        named = {name for _, _, names in self.groups for name in names}
        rest = tuple(name for name in self.fields if name not in named)
        return [
            {
                "title": title,
                "help": help_text,
                "fields": [self[name] for name in names if name in self.fields],
            }
            for title, help_text, names in (*self.groups, ("其他", "", rest))
            if any(name in self.fields for name in names)
        ]

    @property
    def unseen(self) -> dict[str, Any]:
        """What the entry has that no form shows."""
        shown = {*self.fields, *self.elsewhere}
        return {name: value for name, value in self.entry.items() if name not in shown}

    @override
    def add_error(self, field: Any, error: Any) -> None:
        """A problem at a place that is no field of this form is told above it."""
        super().add_error(field if field in self.fields else None, error)


class NamedForm(EntryForm):
    """An entry with an id."""

    is_named = True
    id = forms.RegexField(
        NAME,
        label="代码",
        required=False,
        help_text=NAMED,
        error_messages={"invalid": "以小写字母开头，只用小写字母、数字和下划线，最多 40 个字符。"},
    )


def _keep(field: forms.Field, value: Any) -> None:
    """Lets pickers keep what is there now, even if nobody offers it any more."""
    if isinstance(field, RowsField) and not isinstance(field, ConditionField):
        rows = field.prepare_value(value)
        for key, column in field.columns.items():
            _keep(column, [row.get(key) for row in rows])
    elif hasattr(field, "keep"):
        field.keep(as_list(value))


def _in_order(before: list[Any], picked: list[Any]) -> list[Any]:
    """What was picked: what stood there keeps its order, what is new comes after it."""
    return [v for v in before if v in picked] + [v for v in picked if v not in before]


def _same(before: object, after: object) -> bool:
    """Whether a value says what stands there already; one text stands for a list of one."""
    if isinstance(after, list) and isinstance(before, str):
        return [before] == after
    return type(before) is type(after) and before == after
