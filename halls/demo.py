"""The demo city's sign-ins, shown where one signs in, in a demo only (settings.DEMO)."""

from functools import cache
from pathlib import Path

import yaml

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@cache
def sign_ins() -> list[dict[str, str]]:
    """Whom one can be: {account, password, capacity, title, does}, in the order of the demo's walk."""
    accounts = yaml.safe_load((FIXTURES / "city" / "accounts.yaml").read_text(encoding="utf-8"))
    people = yaml.safe_load((FIXTURES / "demo" / "people.yaml").read_text(encoding="utf-8"))
    return [
        {
            **one,
            "password": accounts["password"],
            "capacity": "enterprise" if one["acting_for"] else "officer",
        }
        for one in people.values()
    ]
