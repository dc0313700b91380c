"""Whether an item asks people for what government already has, or for what nobody can know (pure)."""

import re
from collections.abc import Iterator, Mapping

from services.codes import Channel, SourceChannel
from services.definition import Definition
from services.lint_facts import Facts, Found
from services.lint_quality import EMPTY_WORDS
from services.materials import Material

CATCH_ALL = re.compile("^其他|其他(相关|有关)?(材料|资料|文件)|(相关|有关)(材料|资料|文件)$")
OFFICIAL = re.compile("(证|执照|户口簿|权证书|批复|批文)(原件|复印件|（.*）)?$")
# Words by which a help text says whether a certificate or shared data replaces a document, or why not yet.
REPLACEMENT = re.compile("电子证照|数据共享|数据核验|核验一致|免提交|归集|调取")
IN_BRACKETS = re.compile("（[^（）]*）|\\([^()]*\\)")
# How the name of one document ends; two such names in one title are two documents.
DOCUMENT = re.compile(
    "(证|证书|证明|执照|书|表|单|报告|合同|协议|图|照片|材料|文件|方案|簿|函|批复)(原件|复印件)?等?$"
)
ISSUED = frozenset({SourceChannel.GOVERNMENT, SourceChannel.INTERMEDIARY})
PLATFORM_HAS = frozenset({"cert_linked", "data_verified"})


def upload_of_certificate(definition: Definition, facts: Facts) -> Iterator[Found]:
    """What a certificate of the library proves is never asked for as a file."""
    yield from _replaceable(definition, facts.certificates)


def upload_of_checked(definition: Definition, facts: Facts) -> Iterator[Found]:
    """What a register answers is never asked for as a file."""
    yield from _replaceable(definition, facts.registers)


def _replaceable(definition: Definition, names: Mapping[str, str]) -> Iterator[Found]:
    for material in definition.materials:
        is_ours = material.is_filed and not material.role  # of somebody else nothing may be read
        found = [name for name in names if is_ours and _names(material.name, name)]
        name = max(found, key=len, default="")
        if name and not _has_other_way(definition, material):
            yield f"materials.{material.id}", {"name": material.name, "by": name}


def _names(title: str, name: str) -> bool:
    """Whether a material's title means a document: 营业执照复印件 does, 居住证明 is no 居住证."""
    return re.search(f"{re.escape(name)}(?![明号照片])", title) is not None


def _has_other_way(definition: Definition, material: Material) -> bool:
    """Whether it only stands in, in its group (任选其一), where the library or a register has nothing."""
    return bool(material.group) and any(
        other.mode in PLATFORM_HAS and other.group == material.group
        for other in definition.materials
    )


def official_without_note(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """What government issues and people must still send says why nothing replaces it (rule 8)."""
    for material in definition.materials:
        is_issued = material.source_channel == SourceChannel.GOVERNMENT
        is_asked = material.is_filed and (is_issued or OFFICIAL.search(material.name))
        said = f"{material.help} {material.standard}"
        is_explained = REPLACEMENT.search(said) or _has_other_way(definition, material)
        if is_asked and not is_explained:
            yield f"materials.{material.id}", {"name": material.name}


def catch_all(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """No material is called 其他材料: nobody could know what to bring."""
    for material in definition.materials:
        if CATCH_ALL.search(IN_BRACKETS.sub("", material.name)):
            yield f"materials.{material.id}.name", {"name": material.name}


def several_in_one(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Each document is a material of its own, so that it can be needed, replaced and refused alone."""
    for material in definition.materials:
        title = IN_BRACKETS.sub("", material.name)
        documents = [part for part in re.split("[、，；;]", title) if DOCUMENT.search(part.strip())]
        if material.is_filed and len(documents) > 1:
            yield f"materials.{material.id}.name", {"name": material.name}


def basis_of_material(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Whatever people must send has a basis that says something."""
    for material in definition.materials:
        if material.is_filed and (not material.basis or EMPTY_WORDS.fullmatch(material.basis)):
            params = {"name": material.name, "value": material.basis}
            yield f"materials.{material.id}.basis", params


def source_of_material(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Whatever people must send tells where it comes from, and of what others issue, who does."""
    for material in definition.materials:
        if material.is_filed and not material.source_channel:
            yield f"materials.{material.id}.source_channel", {"name": material.name}
        elif material.source_channel in ISSUED and not material.issuer:
            yield f"materials.{material.id}.issuer", {"name": material.name}


def count_of_material(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Who may come to a counter reads how many originals and copies to bring."""
    if Channel.COUNTER not in definition.guide.channels:
        return
    for material in definition.materials:
        if material.is_filed and not material.originals + material.copies:
            yield f"materials.{material.id}.originals", {"name": material.name}


def missing_papers(definition: Definition, facts: Facts) -> Iterator[Found]:
    """A blank form or sample that is named, not linked to, lies in the folder of papers."""
    if facts.papers is None:
        return
    for material in definition.materials:
        for key in ("blank_form", "sample"):
            name = getattr(material, key)
            if name and not name.startswith("https://") and name not in facts.papers:
                params = {"name": material.name, "file": name}
                yield f"materials.{material.id}.{key}", params
