"""The demo city's sign-ins, shown where one signs in, in a demo only (settings.DEMO)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@cache
def sign_ins() -> list[dict[str, str]]:
    """Whom one can be: {account, password, capacity, title, does}: those of the walk, then of the tour."""
    password = _read("city/accounts")["password"]
    found = [
        {**one, "capacity": "enterprise" if one["acting_for"] else "officer"}
        for one in _read("demo/people").values()
    ]
    known = {one["account"] for one in found}
    for stop in _read("demo/tour"):
        if stop["capacity"] and stop["account"] not in known:
            found.append({**stop, "does": stop["pages"][0]["look"]})
    return [{**one, "password": password} for one in found]


def _read(name: str) -> Any:
    return yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
