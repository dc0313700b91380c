"""What the pages of a version list: sections with fields, materials, steps, results, each in a line of words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.admin.controls import as_list, flat
from services.admin.faults import Told
from services.admin.pickers import Pickers
from services.admin.sheets_form import TYPES
from services.admin.sheets_materials import MODES
from services.admin.sheets_route import KINDS
from services.condition_words import in_words
from services.conditions import parse_condition
from services.editing import entries_at
from services.errors import ConditionInvalid
from services.place_words import title_of


@dataclass(frozen=True)
class Line:
    """One entry: its place, what it is called, what is said of it, how much is wrong with it."""

    place: str
    title: str
    facts: tuple[str, ...]
    faults: int = 0
    inner: tuple["Line", ...] = ()
    adds: str = ""  # where an inner entry is added


@dataclass(frozen=True)
class Block:
    """A list under a heading; `place` is that of the heading when it is an entry itself."""

    title: str
    adds: str  # the place of the list
    button: str
    lines: tuple[Line, ...]
    place: str = ""
    note: str = ""
    faults: int = 0
    facts: tuple[str, ...] = field(default=())


class Lister:
    """Lists the entries of one definition."""

    def __init__(self, pickers: Pickers, faults: Iterable[Told]) -> None:
        self.pickers = pickers
        self.definition = pickers.definition
        self._faults = [one.sheet for one in faults]

    def blocks(self, page: str) -> list[Block]:
        """What stands on a page; empty for a page that lists nothing."""
        match page:
            case "form":
                return [
                    *self._form(),
                    self._block("申请资格", "eligibility", "添加资格条件", self._held),
                    self._block("填报校验（几项之间）", "checks", "添加校验", self._held),
                ]
            case "materials":
                return [
                    self._block("申请材料", "materials", "添加材料", self._material),
                    self._block("材料组（任选其一）", "material_groups", "添加材料组", _group),
                ]
            case "route":
                return [
                    self._block("办理环节", "route", "添加环节", self._step),
                    self._block("环节组", "groups", "添加环节组", _group),
                    self._block("组成事项（一件事）", "parts", "添加组成事项", self._part),
                ]
            case "results":
                return [self._block("办理结果", "results", "添加结果", _result)]
            case "limits":
                return [self._block("特别程序（不计入时限）", "stops", "添加特别程序", _stop)]
        return []

    def _block(self, title: str, place: str, button: str, facts: Any) -> Block:
        lines = tuple(
            self._line(f"{place}.{name}", entry, name, facts(entry))
            for name, entry in entries_at(self.definition, place)
        )
        return Block(title, place, button, lines)

    def _form(self) -> list[Block]:
        found = []
        for name, section in entries_at(self.definition, "form"):
            place = f"form.{name}"
            lines = tuple(
                self._field(f"{place}.fields.{n}", n, entry)
                for n, entry in entries_at(self.definition, f"{place}.fields")
            )
            title = title_of(section, name)
            note = str(section.get("help") or "")
            faults = self._count(place)
            found.append(Block(title, f"{place}.fields", "添加表单项", lines, place, note, faults))
        return found

    def _field(self, place: str, name: str, entry: Mapping[str, Any]) -> Line:
        kind = str(entry.get("type", ""))
        facts = [_word(TYPES, kind)]
        facts += ["必填"] if entry.get("required") else []
        facts += self._condition(entry, "when", "仅当：")
        facts += self._condition(entry, "required_when", "必填，当：")
        facts += ["自动填写"] if entry.get("sources") else []
        columns = f"{place}.columns" if kind == "rows" else ""
        inner = tuple(
            self._line(f"{columns}.{n}", column, n, [_word(TYPES, str(column.get("type", "")))])
            for n, column in (entries_at(self.definition, columns) if columns else [])
        )
        return self._line(place, entry, name, facts, inner, columns)

    def _material(self, entry: Mapping[str, Any]) -> list[str]:
        facts = [_word(MODES, str(entry.get("mode", "")))]
        facts += ["核心材料"] if entry.get("core") else []
        named = dict(self.pickers.named("material_groups"))
        facts += (
            [f"属于：{named.get(str(entry['group']), entry['group'])}"]
            if entry.get("group")
            else []
        )
        when = self._condition(entry, "required_when", "仅当：")
        return facts + (when or ([] if entry.get("required", True) else ["可以不交"]))

    def _step(self, entry: Mapping[str, Any]) -> list[str]:
        names, steps = dict(self.pickers.departments), dict(self.pickers.named("route"))
        functions = as_list(entry.get("department"))
        facts = [_word(KINDS, str(entry.get("kind", "")))]
        facts += ["、".join(names.get(function, function) for function in functions)]
        facts += [_days(entry.get("within"))]
        facts += self._condition(entry, "when", "仅当：")
        after = [n for n, e in entries_at(self.definition, "route") if _is_before(e, entry)]
        facts += [f"在“{'”“'.join(steps[n] for n in after)}”之后"] if after else []
        return [fact for fact in facts if fact]

    def _held(self, entry: Mapping[str, Any]) -> list[str]:
        held = self._condition(entry, "holds", "须：") or self._condition(entry, "when", "须：")
        return [*held, str(entry.get("reason") or entry.get("message") or "")]

    def _part(self, entry: Mapping[str, Any]) -> list[str]:
        steps = dict(self.pickers.named("route"))
        return ["、".join(steps.get(step, step) for step in as_list(entry.get("steps")))]

    def _condition(self, entry: Mapping[str, Any], key: str, head: str) -> list[str]:
        text = entry.get(key)
        if not isinstance(text, str) or not text:
            return []
        try:
            condition = parse_condition(text, self.pickers.form, pairs=key == "holds")
        except ConditionInvalid:
            return [head + text]
        return [head + in_words(condition.expression, self.pickers.form)]

    def _line(
        self,
        place: str,
        entry: Mapping[str, Any],
        name: str,
        facts: Iterable[str],
        inner: tuple[Line, ...] = (),
        adds: str = "",
    ) -> Line:
        return Line(place, title_of(entry, name), tuple(facts), self._count(place), inner, adds)

    def _count(self, place: str) -> int:
        return self._faults.count(place)


def _is_before(other: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    return entry.get("id") in as_list(other.get("before"))


def _word(choices: Iterable[Any], code: str) -> str:
    return dict(choices).get(code, code) if code in set(flat(choices)) else code


def _days(limit: object) -> str:
    if not isinstance(limit, Mapping) or "days" not in limit:
        return ""
    kind = "工作日" if limit.get("kind") == "working" else "自然日"
    return f"{limit['days']} 个{kind}"


def _group(entry: Mapping[str, Any]) -> list[str]:
    if "join" in entry:
        return ["任一符合即可" if entry["join"] == "any" else "全部都要"]
    most = f"，至多 {entry['most']} 样" if entry.get("most") else ""
    return [f"至少 {entry.get('least', 1)} 样{most}"]


def _result(entry: Mapping[str, Any]) -> list[str]:
    months = entry.get("valid_months")
    return [f"有效期 {months} 个月" if months else "长期有效"]


def _stop(entry: Mapping[str, Any]) -> list[str]:
    return [_days(entry), str(entry.get("basis", ""))]
