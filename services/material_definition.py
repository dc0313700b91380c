"""How the materials of a definition are read, and the groups of which some are enough (pure)."""

from typing import Any

from services.codes import SourceChannel
from services.form import Form
from services.form_definition import NAME, read_condition
from services.materials import (
    MEDIA_TYPES,
    MODES,
    MOST_FILES,
    Material,
    MaterialGroup,
)
from services.node import Node
from services.route_definition import TYPE_CODE, read_limit
from services.source_definition import HOLDERS


def read_materials(
    root: Node, form: Form
) -> tuple[tuple[Material, ...], tuple[MaterialGroup, ...]]:
    """The materials under `materials` and the groups under `material_groups`, which may be absent."""
    groups = tuple(_group(node) for node in root.nodes("material_groups", None))
    known = {group.id for group in groups}
    materials = tuple(_material(node, form, known) for node in root.nodes("materials"))
    for name in known & {material.id for material in materials}:
        root.fault("TWICE", f"materials.{name}")
    return materials, groups


def _group(node: Node) -> MaterialGroup:
    group = MaterialGroup(
        id=node.text("id", form=NAME),
        name=node.text("name", most=200),
        least=node.integer("least", 1, least=1, most=50),
        most=node.integer("most", 0, most=50),
    )
    if group.most and group.most < group.least:
        node.fault("EMPTY_RANGE", "most")
    node.done()
    return group


def _material(node: Node, form: Form, groups: set[str]) -> Material:
    material = Material(
        id=node.text("id", form=NAME),
        name=node.text("name", most=200),
        mode=node.one_of("mode", MODES),
        certificate=node.text("certificate", None, form=TYPE_CODE),
        holder=node.one_of("holder", HOLDERS, "applicant"),
        required=node.flag("required", True),
        required_when=read_condition(node, "required_when", form),
        when=read_condition(node, "when", form),
        paths=node.texts("paths", None),
        basis=node.text("basis", None),
        help=node.text("help", None, most=1000),
        group=node.text("group", None, form=NAME),
        core=node.flag("core"),
        accept=node.texts("accept", None) or MEDIA_TYPES,
        most_files=node.integer("most_files", MOST_FILES, least=1, most=50),
        later=read_limit(node, "later"),
        **_told(node),
    )
    node.done()
    _check(node, material, form)
    _check_filed(node, material, groups)
    return material


def _told(node: Node) -> dict[str, Any]:
    """What a guide tells of a material beside how it is had."""
    found: dict[str, Any] = {
        "role": node.text("role", None, most=20),
        "register": node.text("register", None, form=TYPE_CODE),
        "originals": node.integer("originals", 0, most=99),
        "copies": node.integer("copies", 0, most=99),
        "paper": node.text("paper", None, most=40),
        "source_channel": node.one_of("source_channel", list(SourceChannel), ""),
        "issuer": node.text("issuer", None, most=200),
        "standard": node.text("standard", None, most=2000),
    }
    for key in ("blank_form", "sample"):
        found[key] = node.text(key, None, most=300)
        if ":" in found[key] and not found[key].startswith("https://"):
            node.fault("BAD_LINK", key)
    return found


def _check(node: Node, material: Material, form: Form) -> None:
    """Whatever replaces paper is named."""
    for path in material.paths:
        if form.field(path) is None:
            node.fault("UNKNOWN_PATH", "paths", path=path)
    if (material.mode == "cert_linked") > bool(material.certificate):
        node.fault("MISSING", "certificate")
    if not material.certificate and not material.paths and not material.is_filed:
        node.fault("MISSING", "paths")


def _check_filed(node: Node, material: Material, groups: set[str]) -> None:
    """Files are of kinds that we can check; only what is not core is supplied later, by a named day."""
    if not set(material.accept) <= set(MEDIA_TYPES):
        node.fault("NOT_ALLOWED", "accept", allowed=list(MEDIA_TYPES))
    if not material.is_filed and {"accept", "most_files"} & node.data.keys():
        node.fault("FILES_OF_UPLOADS_ONLY", "accept")
    if material.group and material.group not in groups:
        node.fault("UNKNOWN_GROUP", "group", value=material.group)
    if (material.mode == "later") != (material.later is not None):
        node.fault("LATER_OF_MODE_LATER", "later")
    if material.mode == "later" and material.core:
        node.fault("CORE_NEVER_LATER", "core")
