"""What the demo suggests to look at: five sign-ins, each with pages and a reason to open them."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings

from config.env import ROOT
from config.seeding import told_cases


def tour() -> str:
    """Who to sign in as, and below each the pages to open; one whose story was not told is left out."""
    cases = told_cases()
    return "\n".join(line for stop in stops() for line in _lines(stop, cases))


def stops() -> list[dict[str, Any]]:
    """The sign-ins of fixtures/demo/tour.yaml, in their order."""
    text = (ROOT / "fixtures" / "demo" / "tour.yaml").read_text("utf-8")
    return list(yaml.safe_load(text))


def pages(stop: Mapping[str, Any], cases: Mapping[str, UUID]) -> list[tuple[str, str]]:
    """(path, what to look at) of each page of a stop."""
    return [
        (one["page"].format(case=cases.get(one.get("story", ""))), one["look"])
        for one in stop["pages"]
        if "story" not in one or one["story"] in cases
    ]


def _lines(stop: Mapping[str, Any], cases: Mapping[str, UUID]) -> Iterator[str]:
    yield f"{stop['who']}  {stop['account']}  （{stop['title']}）"
    for path, look in pages(stop, cases):
        yield f"    {look}"
        yield f"    {settings.PUBLIC_URL}{path}"
