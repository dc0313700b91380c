"""What may be picked while an item is edited: departments, certificates, registers, fields, steps."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ecert.models import CertificateType
from ecert.rules import RULES
from people.errors import Problem
from people.models import Department
from registers.models import Register
from services.condition_words import in_words
from services.conditions import parse_condition
from services.editing import Data, entries_at, texts_at
from services.errors import ConditionInvalid
from services.faces import OF_AN_ISSUED
from services.form import Form
from services.form_definition import read_form
from services.node import Node
from services.origins import ANSWERS, CASE, ENTERPRISE, PERSON, RECORDS, VERIFY
from services.place_words import title_of

Choices = list[tuple[str, Any]]
CONDITIONS = frozenset({"when", "required_when", "holds"})
RULE_WORDS = {
    "number": "取其中的数字",
    "iso_date": "换成日期",
    "gender_code": "换成性别代码",
}
RECORD_WORDS = {
    "name": "姓名或名称",
    "id_number": "公民身份号码",
    "birth_date": "出生日期",
    "gender": "性别",
    "phone": "电话",
    "credit_code": "统一社会信用代码",
    "legal_representative": "法定代表人",
    "address": "住所",
}
ISSUED_WORDS = {"number": "证照编号", "issued_on": "签发日期"}


@dataclass(frozen=True)
class Pickers:
    """The choices of one definition; each is gathered when a page first asks for it."""

    definition: Data

    @cached_property
    def form(self) -> Form:
        """The form as far as it can be read; what is wrong with it is told elsewhere."""
        problems: list[Problem] = []
        return read_form(Node(self.definition, "", problems))

    @property
    def conditions(self) -> dict[str, str]:
        """{condition of the definition: the same in words}, of those that can be read."""
        found: dict[str, str] = {}
        for text in texts_at(self.definition, CONDITIONS):
            with suppress(ConditionInvalid):
                condition = parse_condition(text, self.form, pairs=True)
                found[text] = in_words(condition.expression, self.form)
        return found

    @cached_property
    def departments(self) -> Choices:
        """(function, what the department is called without its city)."""
        rows = Department.objects.select_related("division").order_by("division_id", "function")
        words: dict[str, str] = {}
        for row in rows:
            words.setdefault(row.function, row.name.removeprefix(row.division.name))
        return sorted(words.items(), key=lambda one: one[1])

    @cached_property
    def _types(self) -> list[CertificateType]:
        return list(CertificateType.objects.order_by("name"))

    @property
    def certificates(self) -> Choices:
        """(type code, name)."""
        return [(kind.code, kind.name) for kind in self._types]

    def face(self, code: str) -> Choices:
        """(face field, label) of a certificate type."""
        kind = next((kind for kind in self._types if kind.code == code), None)
        return _face(kind) if kind else []

    @property
    def rules(self) -> Choices:
        """(rule, words) of the ways a value may be rewritten."""
        return [("", "照原样"), *((name, RULE_WORDS.get(name, name)) for name in sorted(RULES))]

    @cached_property
    def registers(self) -> Choices:
        """(register code, name)."""
        return list(Register.objects.order_by("name").values_list("code", "name"))

    @cached_property
    def paths(self) -> Choices:
        """(section, [(path, label)]): the fields of the form in their sections."""
        return self._sections(lambda path, _kind: path)

    @property
    def single_paths(self) -> Choices:
        """The same for a list of which one is shown when it is closed: each names its section."""
        return [
            (title, [(path, f"{label}（{title}）") for path, label in inner])
            for title, inner in self.paths
        ]

    def paths_of(self, *kinds: str) -> Choices:
        """The fields of some types."""
        return self._sections(lambda path, kind: path if kind in kinds else "")

    @property
    def scopes(self) -> Choices:
        """What a department may see: whole sections, their fields, the materials."""
        found: Choices = []
        for name, section in entries_at(self.definition, "form"):
            inner = [(f"{name}.{n}", title_of(f, n)) for n, f in self._fields(name)]
            found.append((title_of(section, name), [(name, "【整节】"), *inner]))
        materials = [
            (f"materials.{n}", title_of(m, n)) for n, m in entries_at(self.definition, "materials")
        ]
        return [*found, ("申请材料", materials)]

    def named(self, place: str, without: str = "") -> Choices:
        """(name, words) of the entries of a list such as `route`, one left out."""
        return [(n, title_of(e, n)) for n, e in entries_at(self.definition, place) if n != without]

    @cached_property
    def sources(self) -> Choices:
        """Where a field may fill itself from: `type.field` by certificate type, `=result.field` of this item,
        and every other kind as its text (origins.py).
        """
        found: Choices = [
            (
                kind.name,
                [(f"{kind.code}.{name}", f"{kind.name}：{label}") for name, label in _face(kind)],
            )
            for kind in self._types
        ]
        for code, result in entries_at(self.definition, "results"):
            words = {**ISSUED_WORDS, **dict(self.face(code))}
            names = {*OF_AN_ISSUED, *dict(self.face(code))}
            title = f"前面环节签发的{title_of(result, code)}"
            inner = [(f"={code}.{n}", f"{title}：{words.get(n, n)}") for n in sorted(names)]
            found.append((title, inner))
        return [*found, *self._origins()]

    def _origins(self) -> Choices:
        """Records of who asks, registers, the applicant's earlier application, other fields of the form."""
        found: Choices = [
            (
                title,
                [(f"{kind}.{name}", f"{title}：{RECORD_WORDS[name]}") for name in RECORDS[kind]],
            )
            for kind, title in ((PERSON, "个人档案"), (ENTERPRISE, "企业档案"))
        ]
        registers = [(f"{VERIFY}:{code}", f"向{name}核验") for code, name in self.registers]
        found.append(("数据核验", registers))
        code = self.definition.get("code")
        for head, title in ((f"{CASE}:{code}.", "上次申请填的"), (f"{ANSWERS}.", "本表其他项")):
            inner = [
                (f"{head}{path}", f"{title}：{label}")
                for _, members in self.single_paths
                for path, label in members
            ]
            found.append((title, inner))
        return found

    def _fields(self, section: str) -> list[tuple[str, dict[str, Any]]]:
        return entries_at(self.definition, f"form.{section}.fields")

    def _sections(self, choose: Any) -> Choices:
        found: Choices = []
        for name, section in entries_at(self.definition, "form"):
            inner = [
                (path, title_of(field, n))
                for n, field in self._fields(name)
                if (path := choose(f"{name}.{n}", field.get("type")))
            ]
            if inner:
                found.append((title_of(section, name), inner))
        return found


def _face(kind: CertificateType) -> Choices:
    """The fields of a face with their labels; the issuer adds itself."""
    properties: Mapping[str, Any] = kind.face_schema.get("properties", {})
    labels: Mapping[str, str] = dict(kind.face_labels or ())
    return [(name, labels.get(name, name)) for name in properties if name != "issuing_body"]
