"""The reading (阅卷范围) of an approval: exactly what a department may see of a case, and its digest (pure).

One digest serves visibility, staleness, re-consultation and the facts read again at decision time.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows.sources import certificates_in


@dataclass(frozen=True)
class Reading:
    """`data` = {values: {path: value}, materials: [...], certificates: [...]}; `digest` is its SHA-256 in hex."""

    data: Mapping[str, object]
    digest: str


def flat(answers: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Nested answers as {dotted path: value}; lists stay whole."""
    found: dict[str, object] = {}
    for name, value in answers.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            found.update(flat(value, f"{path}."))
        else:
            found[path] = value
    return found


def covers(reads: Iterable[str], path: str) -> bool:
    """Whether a declared scope (a field or a whole section) names the path."""
    return any(path == scope or path.startswith(f"{scope}.") for scope in reads)


def canonical(data: object) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: equal data has equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(
    reads: Sequence[str],
    answers: Mapping[str, object],
    materials: Sequence[Mapping[str, object]],
    certificates: Sequence[Mapping[str, object]],
    provenance: Mapping[str, Mapping[str, Any]],
) -> Reading:
    """What a step that declares `reads` sees.

    `materials` are {id, name, mode, certificate}; `certificates` are facts {id, identifier, type, version,
    status, valid_until}. A certificate is seen when a value it filled is seen, or when its material is.
    """
    values = {path: value for path, value in flat(answers).items() if covers(reads, path)}
    seen = [m for m in materials if covers(reads, f"materials.{m['id']}")]
    types = {m["certificate"] for m in seen if m.get("certificate")}
    sources = {found for path, found in certificates_in(provenance).items() if path in values}
    facts = [c for c in certificates if c["type"] in types or str(c["id"]) in sources]
    data: dict[str, object] = {
        "values": values,
        "materials": [dict(m) for m in seen],
        "certificates": sorted((dict(c) for c in facts), key=lambda c: str(c["identifier"])),
    }
    return Reading(data, hashlib.sha256(canonical(data)).hexdigest())
