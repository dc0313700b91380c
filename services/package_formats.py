"""Which older formats of packages there were, and how each becomes the next one (pure).

Format 1 was one JSON text: items with their definition, the everyday words beside it, and no regions.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from people.errors import Problem
from services.definition import digest_of
from services.errors import PACKAGE_ALTERED, PACKAGE_NEWER, PACKAGE_UNREADABLE, PackageInvalid

KIND = "tongban-items"
FORMAT = 2
Package = Mapping[str, Any]


def read_older(content: bytes) -> list[dict[str, Any]]:
    """The items of a package of a format before the present one, as the present one has them."""
    try:
        package: object = json.loads(content)
    except (ValueError, RecursionError) as odd:
        raise _refused(PACKAGE_UNREADABLE) from odd
    if not isinstance(package, dict) or package.get("kind") != KIND:
        raise _refused(PACKAGE_UNREADABLE)
    number = package.get("format")
    if isinstance(number, int) and number >= FORMAT:
        raise _refused(PACKAGE_NEWER, found=number, known=FORMAT)
    if number not in STEPS:
        raise _refused(PACKAGE_UNREADABLE)
    while package["format"] in STEPS:
        package = dict(STEPS[package["format"]](package))
    items: list[dict[str, Any]] = package["items"]
    return items


def from_1_to_2(package: Package) -> Package:
    """Words move into the definition, and an item may have the patches of regions."""
    rows = package.get("items")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _refused(PACKAGE_UNREADABLE)
    return {"kind": KIND, "format": 2, "items": [_item(row) for row in rows]}


def _item(row: Package) -> dict[str, Any]:
    definition, words = row.get("definition"), row.get("words", [])
    if not isinstance(definition, dict) or not isinstance(words, list):
        raise _refused(PACKAGE_UNREADABLE, str(row.get("code", ""))[:40])
    try:
        altered = digest_of(definition) != row.get("digest")
    except (ValueError, RecursionError):
        altered = True
    if altered:
        raise _refused(PACKAGE_ALTERED, str(row.get("code", ""))[:40])
    joined = definition | ({"words": words} if words else {})
    return {"code": str(row.get("code", "")), "definition": joined, "overrides": {}}


STEPS: Mapping[int, Callable[[Package], Package]] = {1: from_1_to_2}


def _refused(code: str, place: str = "", **params: object) -> PackageInvalid:
    return PackageInvalid([Problem(code, place, params)])
