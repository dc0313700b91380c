"""Which materials an application needs, and how each is had without asking for paper (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from people.errors import Problem
from services.answers import value_at
from services.conditions import Condition
from services.errors import MATERIAL_MISSING

# 免提交: made from the form, linked certificate, checked data, promise (告知承诺); later = 容缺后补
MODES = ("form_generated", "cert_linked", "data_verified", "promise", "upload", "later")
COLLECTABLE = frozenset({"form_generated", "cert_linked", "data_verified", "promise"})


@dataclass(frozen=True)
class Material:
    """A material (申请材料).

    `paths` are the fields it is made from, checked by or promised with; `certificate` the type that
    replaces it and `holder` whose.
    """

    id: str
    name: str
    mode: str
    certificate: str = ""
    holder: str = "applicant"
    required: bool = True
    required_when: Condition | None = None
    paths: tuple[str, ...] = ()
    basis: str = ""
    help: str = ""

    def needed(self, answers: Mapping[str, object]) -> bool:
        """Whether the answers call for it."""
        if self.required_when is not None:
            return self.required_when.holds(answers)
        return self.required


def material_problems(
    materials: Sequence[Material], answers: Mapping[str, object], linked: set[str]
) -> list[Problem]:
    """MATERIAL_MISSING at `materials.<id>` for each required material that is not there (BAD-54).

    `linked` holds the type codes of the certificates that the case may use.
    """
    return [
        Problem(MATERIAL_MISSING, f"materials.{material.id}", {"name": material.name})
        for material in materials
        if material.needed(answers) and not _is_there(material, answers, linked)
    ]


def _is_there(material: Material, answers: Mapping[str, object], linked: set[str]) -> bool:
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
        case _:
            return False
