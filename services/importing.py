"""Which YAML texts are definitions: plain data only, each key once, no anchors, a size we can bear (pure)."""

import re
from collections.abc import Mapping
from typing import cast

import yaml

from services.errors import DefinitionInvalid, broken

LARGEST = 512_000  # bytes
DEEPEST = 20  # nested lists and mappings


class _PlainLoader(yaml.CSafeLoader):
    """Texts, whole numbers, decimals, true and false: `on`, `2026-01-01` and `0123` stay texts."""


_PlainLoader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(0|[1-9][0-9]*)", [*"-0123456789"]),
    ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", [*"-0123456789"]),
    ("null", r"null|~|", ["n", "~", ""]),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), _first
    )


def load_definition(text: str, place: str = "") -> dict[str, object]:
    """The mapping that a YAML text states; `place` names the file in what is told.

    Raises DefinitionInvalid: YAML_TOO_LARGE, YAML_TOO_DEEP, YAML_ANCHOR, YAML_SYNTAX (with the line),
    YAML_TWICE (a key that stands twice), NOT_A_MAPPING.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise _refused(place, "YAML_TOO_LARGE", limit=LARGEST)
    try:
        _check_events(text, place)
        root = yaml.compose(text, Loader=_PlainLoader)
    except yaml.MarkedYAMLError as error:
        raise _refused(place, "YAML_SYNTAX", line=_line(error.problem_mark)) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:  # libyaml takes no half characters
        raise _refused(place, "YAML_SYNTAX") from error
    if not isinstance(root, yaml.MappingNode):
        raise _refused(place, "NOT_A_MAPPING")
    _check_keys(root, place)
    loaded = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a SafeLoader with fewer types
    return cast(dict[str, object], dict(cast(Mapping[str, object], loaded)))


def _check_events(text: str, place: str) -> None:
    """Refuses anchors, aliases, tags of its own and deep nesting before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        if getattr(event, "anchor", None) is not None:
            raise _refused(place, "YAML_ANCHOR", line=_line(event.start_mark))
        if getattr(event, "tag", None) is not None:
            raise _refused(place, "YAML_SYNTAX", line=_line(event.start_mark))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _refused(place, "YAML_TOO_DEEP", limit=DEEPEST)


def _check_keys(node: yaml.Node, place: str) -> None:
    if isinstance(node, yaml.SequenceNode):
        for member in node.value:
            _check_keys(member, place)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
            raise _refused(place, "YAML_SYNTAX", line=_line(key.start_mark))
        if key.value in seen:
            raise _refused(place, "YAML_TWICE", line=_line(key.start_mark), key=key.value)
        seen.add(key.value)
        _check_keys(value, place)


def _line(mark: object) -> int:
    return int(getattr(mark, "line", -1)) + 1


def _refused(place: str, rule: str, **params: object) -> DefinitionInvalid:
    return DefinitionInvalid([broken(place, rule, **params)])
