"""How several values of one kind are filled in: rows of small controls, the empty ones left out."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from typing_extensions import override

Posted = list[dict[str, Any]]
MOST_ROWS = 200


class RowsWidget(forms.Widget):
    """Rows of controls, named `<field>-<row>-<column>`; `extra` empty ones stand below."""

    template_name = "admin/services/rows.html"
    columns: Mapping[str, forms.Field]

    def __init__(self, *, extra: int = 2, single: bool = False) -> None:
        super().__init__()
        self.extra, self.single = extra, single
        self.columns = {}

    def attrs_of(self, name: str, key: str) -> Mapping[str, str]:
        """What the controls of a column have beside their names."""
        return {}

    def columns_of(self, row: Mapping[str, Any]) -> Mapping[str, forms.Field]:
        """The controls of one row; those of a condition depend on its field."""
        return self.columns

    @override
    def use_required_attribute(self, initial: Any) -> bool:
        """A browser cannot know which rows count."""
        return False

    @override
    def id_for_label(self, id_: str) -> str:
        """The first control."""
        return f"{id_}-0-{next(iter(self.columns), '')}"

    @override
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The rows as they were posted, by their numbers."""
        pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,3}})-[a-z_]+")
        numbers = {int(found[1]) for key in data if (found := pattern.fullmatch(key))}
        return [
            {
                key: column.widget.value_from_datadict(data, files, f"{name}-{number}-{key}")
                for key, column in self.columns.items()
            }
            for number in sorted(numbers)[:MOST_ROWS]
        ]

    @override
    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Heads and rows of rendered controls."""
        context = super().get_context(name, value, attrs)
        rows: Posted = [row for row in value or [] if not self.single or row]
        wanted = 1 if self.single else len(rows) + self.extra
        rows = (rows + [{} for _ in range(wanted)])[: max(wanted, len(rows))]
        locked = bool(context["widget"]["attrs"].get("disabled"))
        context["heads"] = [column.label for column in self.columns.values()]
        context["single"] = self.single
        context["rows"] = [
            self._rendered(name, number, row, locked)
            for number, row in enumerate(rows if not locked else [r for r in rows if r])
        ]
        return context

    def _rendered(
        self, name: str, number: int, row: Mapping[str, Any], locked: bool
    ) -> list[dict[str, Any]]:
        cells = []
        for key, column in self.columns_of(row).items():
            at = f"{name}-{number}-{key}"
            attrs = {"id": f"id_{at}", "aria-label": f"{column.label}，第 {number + 1} 行"}
            attrs |= {**column.widget_attrs(column.widget), **self.attrs_of(name, key)}
            html = column.widget.render(
                at,
                column.prepare_value(row.get(key)),
                attrs | ({"disabled": True} if locked else {}),
            )
            cells.append({"html": html, "label": column.label, "key": key})
        return cells


class RowsField(forms.Field):
    """A list of mappings, or one mapping when `single`; each column is a field of its own."""

    widget: Any = RowsWidget

    def __init__(
        self,
        columns: Mapping[str, forms.Field],
        *,
        extra: int = 2,
        single: bool = False,
        widget: RowsWidget | None = None,
        **options: Any,
    ) -> None:
        self.columns = dict(columns)
        super().__init__(widget=widget or RowsWidget(extra=extra, single=single), **options)
        self.single = single
        self.widget.columns = self.columns

    @override
    def __deepcopy__(self, memo: Any) -> "RowsField":
        """Each form has columns of its own, as it has fields of its own."""
        found: RowsField = super().__deepcopy__(memo)
        found.columns = found.widget.columns = deepcopy(self.columns, memo)
        return found

    @override
    def prepare_value(self, value: Any) -> Any:
        """Rows for the widget."""
        if isinstance(value, Mapping):
            return [value]
        return [one for one in value or [] if isinstance(one, Mapping)]

    @override
    def clean(self, value: Any) -> Any:
        """The rows that were filled in; what is wrong is told with its row."""
        rows, faults = [], []
        for number, posted in enumerate(value or []):
            if not any(
                given not in (None, "", False, []) for given in self.telling(posted).values()
            ):
                continue
            row, wrong = self._cleaned(posted)
            rows.append(row)
            faults += [text if self.single else f"第 {number + 1} 行：{text}" for text in wrong]
        if faults:
            raise ValidationError(faults)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return (rows[0] if rows else {}) if self.single else self.gathered(rows)

    def telling(self, posted: Mapping[str, Any]) -> Mapping[str, Any]:
        """The controls by which a row counts as filled in; those with a choice always made do not tell."""
        chosen = (forms.ChoiceField, forms.BooleanField)
        quiet = {
            key
            for key, column in self.columns.items()
            if isinstance(column, chosen) and column.initial is not None
        }
        return {key: given for key, given in posted.items() if key not in quiet}

    def gathered(self, rows: Posted) -> Any:
        """What the rows mean."""
        return rows

    def _cleaned(self, posted: Mapping[str, Any]) -> tuple[dict[str, Any], Sequence[str]]:
        row, wrong = {}, []
        for key, column in self.columns.items():
            try:
                value = column.clean(posted.get(key))
            except ValidationError as error:
                wrong += [f"{column.label}：{text}" for text in error.messages]
            else:
                if value not in (None, "", []):
                    row[key] = value
        return row, wrong


class PairsField(RowsField):
    """{name: value} of a definition, one pair a row."""

    @override
    def prepare_value(self, value: Any) -> Any:
        """Pairs as rows."""
        if isinstance(value, Mapping):
            return [{"key": key, "value": one} for key, one in value.items()]
        return super().prepare_value(value)

    @override
    def gathered(self, rows: Posted) -> Any:
        """Rows as pairs; a name that stands twice is refused."""
        names = [row.get("key") for row in rows]
        twice = {str(name) for name in names if names.count(name) > 1}
        if twice:
            raise ValidationError(f"“{'、'.join(sorted(twice))}”重复了。")
        return {str(row.get("key", "")): str(row.get("value", "")) for row in rows}
