"""How the form of a definition is read: sections, fields, options, certificate sources (pure)."""

from collections.abc import Mapping
from dataclasses import replace

from ecert.prefill import Source
from services.conditions import Condition, parse_condition
from services.errors import ConditionInvalid
from services.fields import FIELD_TYPES, Field, Option
from services.form import Form, Section
from services.node import Node

NAME = r"[a-z][a-z0-9_]{0,39}"
# Words that CEL keeps for itself: a field of that name could not stand in a condition.
RESERVED = frozenset(
    {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function"}
    | {"if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}
)
SITUATION = "situation"  # the section that is asked first, and no other
QUESTIONS = frozenset({"boolean", "choice", "choices", "integer", "number", "date"})
HOLDERS = ("applicant", "representative", "agent")
_LONGEST = {"long_text": 2000}
_Pending = list[tuple[Node, str]]


def read_form(root: Node) -> Form:
    """The form under `form`, with its conditions checked against it."""
    pending: _Pending = []
    sections = tuple(_section(node, pending) for node in root.nodes("form"))
    form = Form(sections)
    if not form.fields:
        root.fault("FORM_EMPTY", "form")
    conditions = {path: read_condition(node, "required_when", form) for node, path in pending}
    return Form(tuple(_with_conditions(section, conditions) for section in sections))


def read_condition(node: Node, key: str, form: Form) -> Condition | None:
    """The condition at a key, or None; what is wrong with it is noted."""
    text = node.text(key, None, most=4000)
    if not text:
        return None
    try:
        return parse_condition(text, form)
    except ConditionInvalid as error:
        node.fault(error.rule, key, detail=error.detail)
        return None


def _with_conditions(section: Section, conditions: Mapping[str, Condition | None]) -> Section:
    fields = (replace(f, required_when=conditions.get(f.path)) for f in section.fields)
    return replace(section, fields=tuple(fields))


def _section(node: Node, pending: _Pending) -> Section:
    name = _identifier(node)
    section = Section(
        id=name,
        label=node.text("label"),
        fields=tuple(_field(child, f"{name}.", pending) for child in node.nodes("fields")),
        help=node.text("help", None, most=1000),
        asked_first=node.flag("asked_first"),
    )
    node.done()
    _check_situation(node, section)
    return section


def _check_situation(node: Node, section: Section) -> None:
    """What is asked first (情形引导) is one section of questions that anybody can answer at once."""
    if section.asked_first != (section.id == SITUATION):
        node.fault("ASKED_FIRST_IS_SITUATION", "asked_first")
    for field in section.fields if section.asked_first else ():
        if field.type not in QUESTIONS or field.awaited:
            node.fault("NOT_A_QUESTION", f"fields.{field.path.rpartition('.')[2]}")


def _identifier(node: Node) -> str:
    name = node.text("id", form=NAME)
    if name in RESERVED:
        node.fault("BAD_NAME", "id", value=name)
    return name


def _field(node: Node, prefix: str, pending: _Pending) -> Field:
    path = prefix + _identifier(node)
    kind = node.one_of("type", FIELD_TYPES)
    field = Field(
        path=path,
        label=node.text("label"),
        type=kind,
        required=node.flag("required"),
        options=_options(node, kind),
        max_length=node.integer("max_length", _LONGEST.get(kind, 200), least=1, most=10_000),
        minimum=node.number("minimum"),
        maximum=node.number("maximum"),
        decimals=node.integer("decimals", 0 if kind == "integer" else 2, most=6),
        earliest=node.day("earliest"),
        latest=node.day("latest"),
        unit=node.text("unit", None, most=20),
        help=node.text("help", None, most=1000),
        sources=tuple(_source(child) for child in node.nodes("sources", None)),
        columns=tuple(_column(child) for child in node.nodes("columns", None)),
        least_rows=node.integer("least_rows", 0, most=200),
        most_rows=node.integer("most_rows", 50, least=1, most=200),
    )
    node.text("required_when", None, most=4000)
    pending.append((node, path))
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        node.fault("EMPTY_RANGE", "minimum")
    if field.latest and field.earliest > field.latest:
        node.fault("EMPTY_RANGE", "earliest")
    if (kind == "rows") != bool(field.columns):
        node.fault("COLUMNS_OF_ROWS_ONLY", "columns")
    node.done()
    return field


def _column(node: Node) -> Field:
    """A column of rows is a plain field without conditions, sources or rows of its own."""
    pending: _Pending = []
    column = _field(node, "", pending)
    if column.type == "rows" or column.sources or "required_when" in node.data:
        node.fault("COLUMN_TOO_RICH")
    return column


def _options(node: Node, kind: str) -> tuple[Option, ...]:
    labels = node.pairs("options", None)
    if bool(labels) != (kind in {"choice", "choices"}):
        node.fault("OPTIONS_OF_CHOICES_ONLY", "options")
    return tuple(Option(code, label) for code, label in labels.items())


def _holder(node: Node, *, is_result: bool) -> str:
    """Whose certificate it is; what a case issues is the applicant's."""
    return "applicant" if is_result else node.one_of("holder", HOLDERS)


def _source(node: Node) -> Source:
    is_result = "result" in node.data
    source = Source(
        type=node.text("result" if is_result else "type", most=60),
        field=node.text("field", most=60),
        holder=_holder(node, is_result=is_result),
        authoritative=node.flag("authoritative", True),
        rule=node.text("rule", None, most=40),
        is_result=is_result,
    )
    node.done()
    return source
