"""Decides how people write the fields of a face: one mapping a field, with its label and its rules (pure).

    name: {label: 业户名称, required: true, type: string, maxLength: 200}

Fields without a label are kept in the certificate's data and stand on no page.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from ecert.compatibility import LOWER_BOUNDS, UPPER_BOUNDS
from ecert.errors import CERTIFICATE_TYPE_INVALID
from people.errors import Refusal

LARGEST = 30_000  # characters
MOST_FIELDS = 60
RULES = frozenset(
    {"type", "format", "pattern", "enum", "items", "title", "description"}
) | frozenset(LOWER_BOUNDS + UPPER_BOUNDS)


def face_text(schema: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The fields as people write them, labelled ones first in the order of the page."""
    properties, required = schema.get("properties", {}), set(schema.get("required", []))
    names = [*labels, *(name for name in properties if name not in labels)]
    lines = []
    for name in names:
        named = {"label": labels[name]} if name in labels else {}
        rules = {**named, **({"required": True} if name in required else {}), **properties[name]}
        flow = yaml.safe_dump(
            rules, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000
        )
        lines.append(f"{name}: {flow}")
    return "".join(lines)


def read_face_text(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The JSON Schema and the labels that a text states. Refusal CERTIFICATE_TYPE_INVALID with `reason`.

    Reasons: "yaml" with `line`, "too large", "anchors", "fields" with `name` of the odd one.
    """
    rows = _loaded(text)
    properties, labels, required = {}, {}, []
    for name, given in rows.items():
        if not isinstance(name, str) or not name.isidentifier() or not isinstance(given, dict):
            raise _refused("fields", name=str(name)[:60])
        rules = dict(given)
        label = rules.pop("label", "")
        if rules.pop("required", False) is True:
            required.append(name)
        if not isinstance(label, str) or not set(rules) <= RULES:
            raise _refused("fields", name=name)
        if label:
            labels[name] = label
        properties[name] = rules
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }
    return schema, labels


def _loaded(text: str) -> dict[Any, Any]:
    if len(text) > LARGEST:
        raise _refused("too large")
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                raise _refused("anchors")
        rows = yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        raise _refused("yaml", line=mark.line + 1 if mark else 0) from fault
    if not isinstance(rows, dict) or not 0 < len(rows) <= MOST_FIELDS:
        raise _refused("fields")
    return rows


def _refused(reason: str, **facts: Any) -> Refusal:
    return Refusal(CERTIFICATE_TYPE_INVALID, field="face", reason=reason, **facts)
