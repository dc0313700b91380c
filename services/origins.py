"""Where a field may take its value from beside certificates, in the order in which its sources are named (pure).

`verify:REGISTER` a register that confirms what was answered (it never hands a value out); `person.x` and
`enterprise.x` the record of who asks; `case:ITEM.section.field` an earlier application of the same applicant;
`answers.section.field` another field of the form. `ecert:TYPE.field` is a certificate of the applicant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ecert.prefill import Source

VERIFY, PERSON, ENTERPRISE, CASE, ANSWERS = "verify", "person", "enterprise", "case", "answers"
CONFIRMED, IDENTITY, DECLARED = "B", "B", "D"  # grades: 核验, 自行填报 (prefill.py)
# Record fields: the type of a form's field that takes them, and how long a text may be.
RECORDS: Mapping[str, Mapping[str, tuple[str, int]]] = {
    PERSON: {
        "name": ("text", 100),
        "id_number": ("id_number", 0),
        "birth_date": ("date", 0),
        "gender": ("choice", 0),  # "1" 男, "2" 女 (GB/T 2261.1)
        "phone": ("phone", 0),
    },
    ENTERPRISE: {
        "name": ("text", 200),
        "credit_code": ("credit_code", 0),
        "legal_representative": ("text", 100),
        "address": ("text", 300),
    },
}
GENDERS = frozenset({"1", "2"})
# Record fields that say who somebody is: the applicant's own are not to be changed in a form.
IDENTITIES = {
    PERSON: frozenset({"name", "id_number", "birth_date", "gender"}),
    ENTERPRISE: frozenset({"name", "credit_code", "legal_representative"}),
}
_TYPE = r"[A-Z][A-Z0-9_]{2,59}"
_FIELD = r"[a-z][a-z0-9_]{0,59}"
_SHAPES = {
    "ecert": re.compile(rf"ecert:({_TYPE})\.({_FIELD})"),
    VERIFY: re.compile(rf"verify:({_TYPE})(?:\.({_FIELD}))?"),
    PERSON: re.compile(rf"person()\.({_FIELD})"),
    ENTERPRISE: re.compile(rf"enterprise()\.({_FIELD})"),
    CASE: re.compile(rf"case:([0-9A-Z]{{9,14}})\.({_FIELD}\.{_FIELD})"),
    ANSWERS: re.compile(rf"answers()\.({_FIELD}\.{_FIELD})"),
}


class BadSource(ValueError):
    """A text that names no source."""


@dataclass(frozen=True)
class Origin:
    """One source that is no certificate.

    `name` is a register's code or an item's; `path` a field of the record, of the earlier application, of the
    form, or the fact that a register compares (empty: the name of the field itself).
    """

    kind: str
    name: str
    path: str

    @property
    def grade(self) -> str:
        """How far its value is to be trusted, by the scale of certificates."""
        if self.kind == VERIFY:
            return CONFIRMED
        return IDENTITY if self.is_identity else DECLARED

    @property
    def is_identity(self) -> bool:
        """Whether it says who the applicant is."""
        return self.path in IDENTITIES.get(self.kind, ())

    @property
    def holder(self) -> str:
        """Whose it is: nobody's but the applicant's."""
        return "applicant"

    @property
    def text(self) -> str:
        """The source as a definition names it."""
        head = f"{self.kind}:{self.name}" if self.name else self.kind
        return f"{head}.{self.path}" if self.path else head


def read_source(text: str) -> Source | Origin:
    """The source that a text names. Raises BadSource."""
    for kind, shape in _SHAPES.items():
        found = shape.fullmatch(text)
        if found is not None:
            name, path = found[1] or "", found[2] or ""
            return Source(name, path) if kind == "ecert" else Origin(kind, name, path)
    raise BadSource(text)
