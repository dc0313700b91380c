"""What the blank form (空白表) of an item says: every question that may come, whoever asks (pure)."""

from files.sheets import BlankLine, BlankPart, BlankSheet
from services.definition import Definition
from services.fields import Field
from services.form import Section
from services.materials import Material

LEAST_ROWS, MOST_ROWS = 3, 6  # empty ones of a repeating group
HOW = {
    "form_generated": "填表后自动生成",
    "cert_linked": "关联电子证照，不用提交",
    "data_verified": "由数据核验，不用提交",
    "promise": "勾选承诺",
    "upload": "上传",
    "later": "上传，可以先承诺后补",
}
INTRO = (
    "本表供您在办理前阅读和准备，列出可能要填写的全部内容。标“*”的必须填写，标“视情形”的只在有关情形下填写。",
    "网上办理时，标有“可自动填写”的内容由电子证照和登记信息填写，不用再填，也不用提交本表。",
)
BLANKS = {"date": "　　　　年　　　月　　　日"}


def blank_sheet(definition: Definition) -> BlankSheet:
    """The blank form of a definition, its sections and materials in their order."""
    name = definition.name
    return BlankSheet(
        title=name if name.endswith("表") else f"{name}申请表",
        code=definition.code,
        intro=INTRO,
        parts=tuple(_part(section) for section in definition.form.sections),
        materials=tuple((_named(one), HOW[one.mode]) for one in definition.materials),
    )


def _part(section: Section) -> BlankPart:
    return BlankPart(section.label, section.help, tuple(_line(field) for field in section.fields))


def _line(field: Field) -> BlankLine:
    rows = min(max(field.least_rows, LEAST_ROWS), MOST_ROWS, field.most_rows)
    is_rows = field.type == "rows"
    return BlankLine(
        label=field.label + _mark(field),
        note="；".join(_notes(field)),
        unit=field.unit or BLANKS.get(field.type, ""),
        options=_options(field),
        columns=tuple(_head(column) for column in field.columns),
        empty_rows=rows if is_rows else 0,
        is_high=field.type == "long_text",
    )


def _mark(field: Field) -> str:
    """An asterisk for what nobody may leave empty."""
    return " *" if field.is_always_needed else ""


def _notes(field: Field) -> list[str]:
    """When it is asked, who fills it, what it should look like."""
    found = []
    if field.when is not None or field.required_when is not None:
        found.append("视情形填写")
    if field.awaited:
        found.append("由前一环节签发的证照自动填写")
    elif field.sources or field.origins:
        found.append("可自动填写")
    return [*found, *(text for text in (field.help, field.pattern_help) if text)]


def _options(field: Field) -> tuple[str, ...]:
    return ("是", "否") if field.type == "boolean" else tuple(o.label for o in field.options)


def _head(column: Field) -> str:
    """A column's name, with its unit and its choices, which have no other place in a table."""
    told = [column.unit] if column.unit else list(_options(column))
    return f"{column.label}（{'／'.join(told)}）" if told else column.label


def _named(material: Material) -> str:
    is_sure = material.required and material.when is None and not material.group
    return material.title + ("" if is_sure else "（视情形）")
