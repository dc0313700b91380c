"""Which YAML texts are definitions: plain data only, each key once, no anchors, a size we can bear (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

import yaml

from people.errors import Problem
from services.encodings import check_characters, decoded, is_plain, position
from services.errors import DefinitionInvalid, broken
from services.node import name_of

LARGEST = 512_000  # bytes
DEEPEST = 20  # nested lists and mappings
_TEXT = "tag:yaml.org,2002:str"


class _PlainLoader(yaml.CSafeLoader):
    """Texts, whole numbers, decimals, true and false: `on`, `no`, `2026-01-01` and `0123` stay texts.

    So do numbers of more than 18 digits: they are codes, or more than JSON keeps.
    """


_PlainLoader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(0|[1-9][0-9]{0,17})", [*"-0123456789"]),
    ("float", r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}", [*"-0123456789"]),
    ("null", r"null|~|", ["n", "~", ""]),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), _first
    )


def load_definition(source: str | bytes, place: str = "") -> dict[str, object]:
    """The mapping that a YAML text states; `place` names the file in what is told.

    Raises DefinitionInvalid with `line` and `column`, both from 1: YAML_ENCODING (bytes that are no UTF-8, a
    byte-order mark), YAML_CHARACTER (a character that nobody sees), YAML_TAB (in an indent), YAML_SYNTAX,
    YAML_DOCUMENTS (more than one), YAML_TAG, YAML_ANCHOR, YAML_TWICE (a key that stands twice), YAML_KEY (one
    that is no text), YAML_TOO_LARGE, YAML_TOO_DEEP, NOT_A_MAPPING.
    """
    root, loader = _compose(source, place)
    try:
        loaded = loader.construct_document(root)
    finally:
        loader.dispose()
    return cast(dict[str, object], dict(cast(Mapping[str, object], loaded)))


def located(invalid: DefinitionInvalid, source: str | bytes) -> DefinitionInvalid:
    """The same faults of a definition, each with the line and column of the YAML text where it is mended.

    A fault of what is missing is told at the nearest place above that is there.
    """
    root, loader = _compose(source, "")
    loader.dispose()
    marks = dict(_places(root, ""))
    return DefinitionInvalid([_located(problem, marks) for problem in invalid.problems])


def _located(problem: Problem, marks: Mapping[str, yaml.Mark]) -> Problem:
    place = problem.field
    while place not in marks and place:
        place = place.rpartition(".")[0]
    if "line" in problem.params or place not in marks:
        return problem
    line, column = _at(marks[place])
    return replace(problem, params={**problem.params, "line": line, "column": column})


def _places(node: yaml.Node, place: str) -> Iterator[tuple[str, yaml.Mark]]:
    """Each place of a definition, as Node tells it, with where it begins."""
    yield place, node.start_mark
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = f"{place}.{key.value}".strip(".")
            yield below, key.start_mark
            yield from ((p, m) for p, m in _places(value, below) if p != below)
    elif isinstance(node, yaml.SequenceNode):
        for number, member in enumerate(node.value):
            yield from _places(member, f"{place}.{name_of(_shallow(member), number)}")


def _shallow(node: yaml.Node) -> object:
    """The texts of a mapping, without what is below them."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return {k.value: v.value for k, v in node.value if isinstance(v, yaml.ScalarNode)}


def _compose(source: str | bytes, place: str) -> tuple[yaml.Node, _PlainLoader]:
    """The tree of a text that has passed every check, and the loader that may build it."""
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST:
        within = data[:LARGEST].decode(errors="ignore")
        raise _refused(place, "YAML_TOO_LARGE", *position(within, len(within)), limit=LARGEST)
    if isinstance(source, bytes):
        source = decoded(source, place)
    check_characters(source, place)
    loader = _PlainLoader(source)
    try:
        _check_events(source, place)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise _refused(place, "NOT_A_MAPPING", *_at(root and root.start_mark))
        _check_nodes(root, place)
    except yaml.MarkedYAMLError as error:
        loader.dispose()
        raise _syntax(place, source, error) from error
    except DefinitionInvalid:
        loader.dispose()
        raise
    return root, loader


def _syntax(place: str, source: str, error: yaml.MarkedYAMLError) -> DefinitionInvalid:
    """What libyaml found; a tab in the indent of the line is named, since nobody sees it."""
    line, column = _at(error.problem_mark or error.context_mark)
    lines = source.splitlines()
    indent = re.match(r"[ \t]*", lines[line - 1] if line <= len(lines) else "")
    tab = indent.group().find("\t") if indent else -1
    if tab >= 0:
        return _refused(place, "YAML_TAB", line, tab + 1)
    return _refused(place, "YAML_SYNTAX", line, column)


def _check_events(text: str, place: str) -> None:
    """Refuses anchors, aliases, tags, more documents and deep nesting before anything is built."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        at = _at(event.start_mark)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise _refused(place, "YAML_DOCUMENTS", *at)
        if getattr(event, "anchor", None) is not None:
            raise _refused(place, "YAML_ANCHOR", *at)
        if getattr(event, "tag", None) is not None:
            raise _refused(place, "YAML_TAG", *at)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _refused(place, "YAML_TOO_DEEP", *at, limit=DEEPEST)


def _check_nodes(node: yaml.Node, place: str) -> None:
    """Each key is a text and stands once; no text holds, by an escape, what a file may not hold."""
    if isinstance(node, yaml.ScalarNode) and not is_plain(node.value):
        raise _refused(place, "YAML_CHARACTER", *_at(node.start_mark))
    if isinstance(node, yaml.SequenceNode):
        for member in node.value:
            _check_nodes(member, place)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        line, column = _at(key.start_mark)
        if not isinstance(key, yaml.ScalarNode) or key.tag != _TEXT:
            raise _refused(place, "YAML_KEY", line, column)
        if key.value in seen:
            first = seen[key.value]
            raise _refused(place, "YAML_TWICE", line, column, key=key.value, first=first)
        seen[key.value] = line
        _check_nodes(key, place)
        _check_nodes(value, place)


def _at(mark: object) -> tuple[int, int]:
    """Line and column of a mark, both from 1."""
    return int(getattr(mark, "line", 0)) + 1, int(getattr(mark, "column", 0)) + 1


def _refused(place: str, rule: str, line: int, column: int, **params: object) -> DefinitionInvalid:
    return DefinitionInvalid([broken(place, rule, line=line, column=column, **params)])
