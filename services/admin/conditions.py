"""How a condition is filled in: a table of fields, operators in words and values, never an expression."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from typing_extensions import override

from people.errors import Refusal
from services.admin.controls import REFRESH, Choices, Picked
from services.admin.rows import Posted, RowsField, RowsWidget
from services.condition_table import (
    JOINS,
    OPERATORS,
    SEVERAL,
    UNARY,
    ConditionTable,
    Row,
    operators_for,
    read_value,
    table_of,
    text_of,
    worded_value,
)
from services.conditions import parse_condition
from services.errors import ConditionInvalid
from services.fault_words import rule_words
from services.fields import Field
from services.form import Form

GROUPS = (("0", "—"), ("1", "甲"), ("2", "乙"), ("3", "丙"), ("4", "丁"))
SEPARATOR = "、"


class ConditionWidget(RowsWidget):
    """The table, how its rows are joined, and what no table can show as text to read."""

    template_name = "admin/services/condition.html"

    def __init__(self, form: Form) -> None:
        super().__init__(extra=1)
        self.form = form

    @override
    def attrs_of(self, name: str, key: str) -> Mapping[str, str]:
        """Another field or operator asks for the controls that fit it."""
        box = f"#box-{name}"
        return (
            {**REFRESH, "hx-select": box, "hx-target": box} if key in {"path", "operator"} else {}
        )

    @override
    def columns_of(self, row: Mapping[str, Any]) -> Mapping[str, forms.Field]:
        """Operators and values that fit the field of the row."""
        field = self.form.field(str(row.get("path", "")))
        operator = str(row.get("operator", ""))
        if field is None:
            return self.columns
        names = operators_for(field.type)
        choices = [(name, OPERATORS[name]) for name in names]
        return {
            **self.columns,
            "operator": forms.ChoiceField(label="比较", choices=choices),
            "value": _value_control(field, operator if operator in names else names[0]),
        }

    @override
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Rows with the join; a condition that no table shows is kept unless it is given up."""
        return {
            "join": data.get(f"{name}-join", "all"),
            "kept": data.get(f"{name}-kept", "") if not data.get(f"{name}-replace") else "",
            "rows": super().value_from_datadict(data, files, name),
        }

    @override
    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the join and the text that is only read."""
        value = value or {"join": "all", "kept": "", "rows": []}
        context = super().get_context(name, value["rows"], attrs)
        context |= {"join": value["join"], "joins": JOINS.items(), "kept": value["kept"]}
        context["locked"] = bool(context["widget"]["attrs"].get("disabled"))
        context["name"] = name
        return context


class ConditionField(RowsField):
    """A condition of the definition: its text inside, a table outside."""

    def __init__(self, form: Form, paths: Choices, **options: Any) -> None:
        self.form = form
        columns = {
            "path": Picked(label="表单项", choices=[("", "（选择表单项）"), *paths]),
            "operator": forms.ChoiceField(label="比较", choices=OPERATORS.items(), initial=""),
            "value": forms.CharField(label="值", required=False, max_length=500),
            "group": forms.ChoiceField(label="组", choices=GROUPS, initial="0", required=False),
        }
        super().__init__(columns, widget=ConditionWidget(form), required=False, **options)

    @override
    def prepare_value(self, value: Any) -> Any:
        """The table of a text, or the text to read."""
        if isinstance(value, Mapping):
            return value
        text = value if isinstance(value, str) else ""
        try:
            table = (
                table_of(parse_condition(text, self.form)) if text else ConditionTable("all", ())
            )
        except ConditionInvalid:
            table = None
        if table is None or any(row.group >= len(GROUPS) for row in table.rows):
            return {"join": "all", "kept": text, "rows": []}
        rows = [self._posted(row) for row in table.rows]
        return {"join": table.join, "kept": "", "rows": rows}

    @override
    def telling(self, posted: Mapping[str, Any]) -> Mapping[str, Any]:
        """A row counts when it names a field or a value."""
        return {key: posted.get(key) for key in ("path", "value")}

    @override
    def clean(self, value: Any) -> Any:
        """The text that the rows state. What is wrong is told with its row."""
        if value["kept"]:
            return value["kept"]
        rows: Posted = super().clean(value["rows"])
        join = value["join"] if value["join"] in JOINS else "all"
        text = text_of(ConditionTable(join, tuple(row["row"] for row in rows)))
        try:
            return parse_condition(text, self.form).text if text else ""
        except ConditionInvalid as odd:
            raise ValidationError(rule_words(odd.rule, {"detail": odd.detail})) from odd

    @override
    def _cleaned(self, posted: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """One row of the table."""
        field = self.form.field(str(posted.get("path", "")))
        if field is None:
            return {}, ["请选择表单项。"]
        operator = str(posted.get("operator", ""))
        if operator not in operators_for(field.type):
            return {}, [f"“{field.label}”不能这样比较，请重新选择。"]
        group = str(posted.get("group") or "0")
        try:
            values = _values(field, operator, posted.get("value") or "")
        except Refusal as refusal:
            return {}, [rule_words(refusal.code, refusal.problems[0].params)]
        number = int(group) if group in dict(GROUPS) else 0
        return {"row": Row(field.path, operator, values, number)}, []

    def _posted(self, row: Row) -> dict[str, Any]:
        """A row as the browser would send it."""
        field = self.form.field(row.path)
        single = field is not None and bool(field.options) and row.operator not in SEVERAL
        words = [str(v) if single else worded_value(field, v) for v in row.values]
        return {
            "path": row.path,
            "operator": row.operator,
            "value": SEPARATOR.join(words),
            "group": str(row.group),
        }


def _values(field: Field, operator: str, typed: str) -> tuple[Any, ...]:
    """The constants of a row. Refusals of the field's own check; REQUIRED when there is none."""
    if operator in UNARY:
        return ()
    parts = typed.replace(",", SEPARATOR).replace("，", SEPARATOR).split(SEPARATOR)
    texts = [part for part in parts if part.strip()] if operator in SEVERAL else [typed.strip()]
    if not texts or not texts[0]:
        raise Refusal("REQUIRED")
    return tuple(read_value(field, text) for text in texts)


def _value_control(field: Field, operator: str) -> forms.Field:
    """The control of a value: a choice, a day, a number or a text; none where none is taken."""
    if operator in UNARY:
        return forms.CharField(label="值", widget=forms.HiddenInput, required=False)
    if field.options and operator not in SEVERAL:
        choices = [("", "（选择）"), *((o.code, o.label) for o in field.options)]
        return Picked(label="值", choices=choices)
    attrs: dict[str, str] = {"placeholder": field.unit}
    if operator in SEVERAL:
        attrs = {"placeholder": SEPARATOR.join(o.label for o in field.options) or "用、分开"}
    elif field.type == "date":
        attrs = {"type": "date"}
    elif field.type in {"integer", "number"}:
        attrs["inputmode"] = "decimal"
    return forms.CharField(label="值", widget=forms.TextInput(attrs=attrs), required=False)
