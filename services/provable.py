"""Which files nobody has to send, because a certificate or a register proves the same (免提交) (pure).

Such a material may still be one of several of which some are enough, beside the certificate or the check itself:
then it is for those whose certificate is not found or whose check has failed.
"""

import re
from collections.abc import Iterable

from people.errors import Problem
from services.definition import Definition
from services.errors import broken
from services.faces import CertificateTypes
from services.materials import Material

PROVING = frozenset({"cert_linked", "data_verified"})
# What guides write around the name of a document without making it another one.
_AROUND = re.compile(
    r"[（(].*?[）)]|及复印件|复印件|扫描件|原件|电子版|正本|副本|^(申请人|本人|单位)的?|\s"
)


def provable_problems(definition: Definition, types: CertificateTypes) -> list[Problem]:
    """MATERIAL_PROVABLE at each material that is asked for as a file although it can be proven otherwise."""
    failures = []
    for material in definition.materials:
        proof = _proof(material, types) if material.is_filed else ""
        if proof and not _is_alternative(material, proof, definition.materials, types):
            failures.append(broken(f"materials.{material.id}", "MATERIAL_PROVABLE", by=proof))
    return failures


def _proof(material: Material, types: CertificateTypes) -> str:
    """The certificate type or register that proves a material, or empty.

    Of somebody who does not apply (a role) the library may tell nothing, unless the definition says so.
    """
    if material.certificate or material.register:
        return material.certificate or material.register
    if material.role:
        return ""
    wanted = _plain(material.name)
    return next((code for code, facts in types.items() if wanted in _names(facts.name)), "")


def _is_alternative(
    material: Material, proof: str, materials: Iterable[Material], types: CertificateTypes
) -> bool:
    """Whether it stands in a group beside the certificate or the check that proves it."""
    name = types[proof].name if proof in types else ""
    return bool(material.group) and any(
        other.group == material.group
        and other.mode in PROVING
        and (proof in {other.certificate, other.register} or _plain(other.name) == _plain(name))
        for other in materials
    )


def _names(name: str) -> set[str]:
    return {name, _plain(name)} - {""}


def _plain(name: str) -> str:
    """A document's name without copies, originals, brackets and whose it is."""
    return _AROUND.sub("", name)
