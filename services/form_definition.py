"""How the form of a definition is read: sections, fields, options, certificate sources (pure)."""

from dataclasses import dataclass, replace

from services.conditions import OWN_ROW, Condition, FormTypes, parse_condition
from services.errors import ConditionInvalid
from services.fields import FIELD_TYPES, Field, Option
from services.form import Form, Section, in_dependence
from services.form_checks import FormCheck
from services.node import Node
from services.origins import ANSWERS, CASE
from services.patterns import LONGEST, BadPattern, check_pattern
from services.source_definition import check_copies, read_sources

NAME = r"[a-z][a-z0-9_]{0,39}"
# Words that CEL keeps for itself: a field of that name could not stand in a condition.
RESERVED = frozenset(
    {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function"}
    | {"if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}
)
SITUATION = "situation"  # the section that is asked first, and no other
QUESTIONS = frozenset({"boolean", "choice", "choices", "integer", "number", "date"})
_LONGEST = {"long_text": 2000}
_TEXTS = frozenset({"text", "long_text"})
_Pending = dict[str, Node]  # by path of the field, or id of the section


@dataclass(frozen=True)
class _Row:
    """The columns of rows as the conditions of a column ask them: `row.kind`."""

    columns: tuple[Field, ...]

    def field(self, path: str) -> Field | None:
        """The column that a path into the own row names."""
        name = path.removeprefix(OWN_ROW)
        return next((c for c in self.columns if c.path == name != path), None)


def read_form(root: Node) -> Form:
    """The form under `form` and its checks under `checks`, with their conditions checked against it."""
    pending: _Pending = {}
    sections = tuple(_section(node, pending) for node in root.nodes("form"))
    form = Form(sections)
    if not form.fields:
        root.fault("FORM_EMPTY", "form")
    form = Form(tuple(_with_conditions(section, pending, form) for section in sections))
    _check_circles(root, form.fields, "form")
    check_copies(root, form)
    return replace(form, checks=read_checks(root, form))


def read_condition(
    node: Node, key: str, form: FormTypes, *, pairs: bool = False
) -> Condition | None:
    """The condition at a key, or None; what is wrong with it is noted."""
    text = node.text(key, None, most=4000)
    if not text:
        return None
    try:
        return parse_condition(text, form, pairs=pairs)
    except ConditionInvalid as error:
        node.fault(error.rule, key, detail=error.detail)
        return None


def read_checks(root: Node, form: Form) -> tuple[FormCheck, ...]:
    """The checks over several fields under `checks`; the first of `fields` bears what is told."""
    return tuple(
        check
        for node in root.nodes("checks", None)
        for check in [_form_check(node, form)]
        if check is not None
    )


def _form_check(node: Node, form: Form) -> FormCheck | None:
    name = node.text("id", form=NAME)
    when = read_condition(node, "when", form)
    node.text("holds")
    holds = read_condition(node, "holds", form, pairs=True)
    message = node.text("message", most=200)
    fields = node.texts("fields", None)
    for path in fields:
        if form.field(path) is None:
            node.fault("UNKNOWN_PATH", "fields", path=path)
    node.done()
    if holds is None:
        return None
    return FormCheck(name, holds, message, fields or tuple(sorted(holds.paths)), when)


def _with_conditions(section: Section, pending: _Pending, form: Form) -> Section:
    """The section with its own condition inside that of each of its fields."""
    node = pending.get(section.id)
    own = None if node is None else read_condition(node, "when", form)
    fields = (_conditioned(field, pending[field.path], form, own) for field in section.fields)
    return replace(section, when=own, fields=tuple(fields))


def _conditioned(field: Field, node: Node, form: FormTypes, own: Condition | None = None) -> Field:
    when = read_condition(node, "when", form)
    return replace(
        field,
        required_when=read_condition(node, "required_when", form),
        when=when.also(own) if when is not None else own,
    )


def _check_circles(node: Node, fields: tuple[Field, ...], key: str) -> None:
    try:
        in_dependence(fields)
    except ValueError as error:
        path = min(error.args)
        place = (
            next(f.place for f in fields if f.path == path) if key == "form" else f"{key}.{path}"
        )
        node.fault("WHEN_CIRCLE", f"{place}.when", paths=sorted(set(error.args)))


def _section(node: Node, pending: _Pending) -> Section:
    name = _identifier(node)
    pending[name] = node
    section = Section(
        id=name,
        label=node.text("label"),
        fields=tuple(_field(child, f"{name}.", pending) for child in node.nodes("fields")),
        help=node.text("help", None, most=1000),
        asked_first=node.flag("asked_first"),
    )
    node.text("when", None, most=4000)
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
    sources, origins = read_sources(node)
    field = Field(
        path=path,
        label=node.text("label"),
        type=kind,
        required=node.flag("required"),
        options=_options(node, kind),
        max_length=node.integer("max_length", _LONGEST.get(kind, 200), least=1, most=10_000),
        pattern=node.text("pattern", None, most=LONGEST),
        pattern_help=node.text("pattern_help", None, most=200),
        minimum=node.number("minimum"),
        maximum=node.number("maximum"),
        decimals=node.integer("decimals", 0 if kind == "integer" else 2, most=6),
        earliest=node.day("earliest"),
        latest=node.day("latest"),
        unit=node.text("unit", None, most=20),
        help=node.text("help", None, most=1000),
        sources=sources,
        origins=origins,
        columns=_columns(node),
        least_rows=node.integer("least_rows", 0, most=200),
        most_rows=node.integer("most_rows", 50, least=1, most=200),
    )
    for key in ("when", "required_when"):
        node.text(key, None, most=4000)
    pending[path] = node
    _check_field(node, field)
    node.done()
    return field


def _check_field(node: Node, field: Field) -> None:
    """Bounds leave something, and what is said is of the type it is said of."""
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        node.fault("EMPTY_RANGE", "minimum")
    if field.latest and field.earliest > field.latest:
        node.fault("EMPTY_RANGE", "earliest")
    if field.least_rows > field.most_rows:
        node.fault("EMPTY_RANGE", "least_rows")
    if field.type == "rows" and any(one.kind not in {CASE, ANSWERS} for one in field.origins):
        node.fault("SOURCE_TYPE", "sources")
    if (field.type == "rows") != bool(field.columns):
        node.fault("COLUMNS_OF_ROWS_ONLY", "columns")
    if field.pattern:
        _check_pattern(node, field)


def _check_pattern(node: Node, field: Field) -> None:
    """Of texts only, safe, and said in words: nobody guesses an expression."""
    if field.type not in _TEXTS:
        node.fault("PATTERN_OF_TEXTS_ONLY", "pattern")
    if not field.pattern_help:
        node.fault("MISSING", "pattern_help")
    try:
        check_pattern(field.pattern)
    except BadPattern:
        node.fault("BAD_PATTERN", "pattern", limit=LONGEST)


def _columns(node: Node) -> tuple[Field, ...]:
    """Columns of rows are plain fields; their conditions are over the row they stand in."""
    pending: _Pending = {}
    plain = tuple(_field(child, "", pending) for child in node.nodes("columns", None))
    for column in plain:
        if column.type == "rows" or "sources" in pending[column.path].data:
            pending[column.path].fault("COLUMN_TOO_RICH")
    row = _Row(plain)
    columns = tuple(_conditioned(column, pending[column.path], row) for column in plain)
    _check_circles(node, columns, "columns")
    return columns


def _options(node: Node, kind: str) -> tuple[Option, ...]:
    labels = node.pairs("options", None)
    if bool(labels) != (kind in {"choice", "choices"}):
        node.fault("OPTIONS_OF_CHOICES_ONLY", "options")
    return tuple(Option(code, label) for code, label in labels.items())
