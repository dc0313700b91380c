"""Which materials an application needs, and how each is had without asking for paper (pure)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from people.errors import Problem
from services.answers import value_at
from services.conditions import Condition
from services.errors import MATERIAL_MISSING, TOO_MANY_MATERIALS
from services.limits import Limit

# 免提交: made from the form, linked certificate, checked data, promise (告知承诺); later = 容缺后补
MODES = ("form_generated", "cert_linked", "data_verified", "promise", "upload", "later")
FILED = frozenset({"upload", "later"})  # had as files that the applicant sends
MEDIA_TYPES = ("application/pdf", "image/jpeg", "image/png")
MOST_FILES = 5


@dataclass(frozen=True)
class Material:
    """A material (申请材料).

    `paths` are the fields it is made from, checked by or promised with; `certificate` the type that
    replaces it and `holder` whose. One that is had as files says which media types it accepts and how
    many files at the most; one that may be supplied later (容缺后补) by when, counted from acceptance.
    `core` marks a core material (核心要件), which is never supplied later. `role` says of whom it is where
    the same document is asked of two people (逝者, 继承人). `register` is the one that can prove it. What a
    guide tells beside: how many originals and copies, paper, where it comes from (codes.SourceChannel), who
    issues it, what is accepted (受理标准), the blank form and a filled sample (a file's name or an address).
    """

    id: str
    name: str
    mode: str
    certificate: str = ""
    holder: str = "applicant"
    required: bool = True
    required_when: Condition | None = None
    when: Condition | None = None
    paths: tuple[str, ...] = ()
    basis: str = ""
    help: str = ""
    group: str = ""
    core: bool = False
    accept: tuple[str, ...] = MEDIA_TYPES
    most_files: int = MOST_FILES
    later: Limit | None = None
    role: str = ""
    register: str = ""
    originals: int = 0
    copies: int = 0
    paper: str = ""
    source_channel: str = ""
    issuer: str = ""
    standard: str = ""
    blank_form: str = ""
    sample: str = ""

    @property
    def title(self) -> str:
        """Its name, and of whom it is where that is said."""
        return f"{self.name}（{self.role}）" if self.role else self.name

    @property
    def is_filed(self) -> bool:
        """Whether the applicant sends files for it."""
        return self.mode in FILED

    @property
    def condition(self) -> Condition | None:
        """When it is needed, if that depends on answers."""
        return self.required_when.also(self.when) if self.required_when else self.when

    def called(self, answers: Mapping[str, object]) -> bool:
        """Whether it is asked for at all, given the answers."""
        return self.when is None or self.when.holds(answers)

    def needed(self, answers: Mapping[str, object]) -> bool:
        """Whether the answers call for it as necessary."""
        if not self.called(answers):
            return False
        return self.required if self.required_when is None else self.required_when.holds(answers)


@dataclass(frozen=True)
class MaterialGroup:
    """Materials of which at least `least` and, unless it is 0, at the most `most` are had (任选其一)."""

    id: str
    name: str
    least: int = 1
    most: int = 0


def material_problems(
    materials: Sequence[Material],
    answers: Mapping[str, object],
    linked: set[str],
    files: Collection[str] = (),
    promised: Collection[str] = (),
    groups: Sequence[MaterialGroup] = (),
) -> list[Problem]:
    """MATERIAL_MISSING at `materials.<id>` for each needed material or group that is not there (BAD-54).

    `linked` holds the type codes of the certificates that the case may use, `files` the materials that
    have a checked file, `promised` those that will be supplied later. A group with too many of its
    members is TOO_MANY_MATERIALS.
    """
    there = {m.id for m in materials if _is_there(m, answers, linked, files, promised)}
    problems = [
        Problem(MATERIAL_MISSING, f"materials.{material.id}", {"name": material.title})
        for material in materials
        if not material.group and material.needed(answers) and material.id not in there
    ]
    for group in groups:
        problems += _group_problems(group, members_of(group, materials), answers, there)
    return problems


def members_of(group: MaterialGroup, materials: Iterable[Material]) -> list[Material]:
    """The materials of a group, in their order."""
    return [material for material in materials if material.group == group.id]


def _group_problems(
    group: MaterialGroup,
    members: Sequence[Material],
    answers: Mapping[str, object],
    there: Collection[str],
) -> list[Problem]:
    """A group asks as long as the answers call for one of its members."""
    called = [member for member in members if member.needed(answers)]
    had = sum(member.id in there for member in called)
    place = f"materials.{group.id}"
    if had < min(group.least, len(called)):
        return [Problem(MATERIAL_MISSING, place, {"name": group.name})]
    if group.most and had > group.most:
        return [Problem(TOO_MANY_MATERIALS, place, {"name": group.name, "most": group.most})]
    return []


def _is_there(
    material: Material,
    answers: Mapping[str, object],
    linked: set[str],
    files: Collection[str],
    promised: Collection[str],
) -> bool:
    match material.mode:
        case "form_generated":
            return all(value_at(answers, path) is not None for path in material.paths)
        case "promise":
            return all(value_at(answers, path) is True for path in material.paths)
        case "cert_linked":
            return material.certificate in linked
        case "data_verified" if material.certificate:
            return material.certificate in linked
        case "data_verified":
            return all(value_at(answers, path) is not None for path in material.paths)
        case "later":
            return material.id in files or material.id in promised
        case _:
            return material.id in files
