"""A condition in the words of the form that it asks: 经营面积大于300平方米，且设置户外招牌为“是” (pure)."""

from services.fields import Field
from services.form import Form
from services.logic import (
    Among,
    Atom,
    Compare,
    CompareFields,
    Constant,
    Every,
    Expression,
    Includes,
    Negation,
    Present,
    Some,
)

_SIGNS = {"<": "小于", "<=": "不超过", ">": "大于", ">=": "不小于", "==": "为", "!=": "不为"}


def in_words(expression: Expression, form: Form) -> str:
    """What must be so for it to hold, in Chinese; parts of parts stand in brackets."""
    match expression:
        case Every():
            return "，且".join(_part(part, form) for part in expression.parts)
        case Some():
            return "，或".join(_part(part, form) for part in expression.parts)
        case Negation():
            return _negated(expression.part, form)
        case CompareFields():
            left, right = _label(form, expression.left), _label(form, expression.right)
            return f"{left}{_SIGNS[expression.operator]}{right}"
        case _:
            return _atom(expression, form)


def _part(expression: Expression, form: Form) -> str:
    told = in_words(expression, form)
    return f"（{told}）" if isinstance(expression, Every | Some) else told


def _negated(part: Expression, form: Form) -> str:
    if isinstance(part, Present):
        return f"未填写{_label(form, part.path)}"
    if isinstance(part, Negation):
        return in_words(part.part, form)
    return f"不满足“{in_words(part, form)}”"


def _atom(atom: Atom | CompareFields, form: Form) -> str:
    if isinstance(atom, CompareFields):
        return f"{_label(form, atom.left)}{_SIGNS[atom.operator]}{_label(form, atom.right)}"
    label, field = _label(form, atom.path), form.field(atom.path)
    match atom:
        case Present():
            return f"填写了{label}"
        case Among():
            return f"{label}为" + "或".join(_value(field, value) for value in atom.constants)
        case Includes():
            return f"{label}包含{_value(field, atom.constant)}"
        case Compare():
            return f"{label}{_SIGNS[atom.operator]}{_value(field, atom.constant)}"


def _label(form: Form, path: str) -> str:
    field = form.field(path)
    return field.label if field is not None and field.label else path


def _value(field: Field | None, value: Constant) -> str:
    if isinstance(value, bool):
        return "“是”" if value else "“否”"
    if isinstance(value, str):
        labels = {option.code: option.label for option in field.options} if field else {}
        return f"“{labels.get(value, value)}”"
    unit = field.unit if field is not None else ""
    return f"{value:g}{unit}" if isinstance(value, float) else f"{value}{unit}"
