"""How the sources of a field are read: certificates as mappings, and every kind as one text (pure)."""

from graphlib import CycleError, TopologicalSorter
from typing import cast

from ecert.prefill import Source
from services.form import Form
from services.node import Node
from services.origins import ANSWERS, RECORDS, BadSource, Origin, read_source

HOLDERS = ("applicant", "representative", "agent")


def read_sources(node: Node) -> tuple[tuple[Source, ...], tuple[Origin, ...]]:
    """The certificates and the other sources under `sources`, each in its order."""
    named = node.members("sources")
    found: list[Source | Origin] = []
    for number, one in enumerate(named):
        if isinstance(one, str):
            found += _read(node, one)
        else:
            place = f"{node.place}.sources.{number}"
            found.append(_certificate(Node(one, place, node.problems)))
    if any(named.count(one) > 1 for one in named if isinstance(one, str)):
        node.fault("TWICE", "sources")
    certificates = tuple(one for one in found if isinstance(one, Source))
    return certificates, tuple(one for one in found if isinstance(one, Origin))


def _read(node: Node, text: str) -> list[Source | Origin]:
    try:
        found = read_source(text)
    except BadSource:
        node.fault("BAD_SOURCE", "sources", source=text)
        return []
    if isinstance(found, Origin) and found.path not in RECORDS.get(found.kind, {found.path}):
        node.fault("UNKNOWN_RECORD_FIELD", "sources", source=text)
        return []
    return [found]


def _certificate(node: Node) -> Source:
    is_result = "result" in node.data
    source = Source(
        type=node.text("result" if is_result else "type", most=60),
        field=node.text("field", most=60),
        holder="applicant" if is_result else node.one_of("holder", HOLDERS),
        authoritative=node.flag("authoritative", True),
        rule=node.text("rule", None, most=40),
        is_result=is_result,
    )
    node.done()
    return source


def check_copies(root: Node, form: Form) -> None:
    """Fields that are copied from each other in a circle, or asked only when their own copy is, fill nothing."""
    asked: dict[str, set[str]] = {}
    for field in form.fields:
        copied = {origin.path for origin in field.origins if origin.kind == ANSWERS}
        asked[field.path] = copied | (set(field.when.paths) if field.when and copied else set())
    try:
        TopologicalSorter(asked).prepare()
    except CycleError as error:
        paths = cast(list[str], error.args[1])
        fields = sorted(f.place for f in form.fields if f.path in paths)
        root.fault("COPY_CIRCLE", f"{fields[0]}.sources", paths=sorted(set(paths)))
