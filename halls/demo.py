"""The demo city's sign-ins, shown where one signs in, in a demo only (settings.DEMO)."""

from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "city"


@cache
def sign_ins() -> list[dict[str, str]]:
    """Whom one can be: {name, capacity, who, password}, in the order in which the story needs them."""
    password = yaml.safe_load((FOLDER / "accounts.yaml").read_text(encoding="utf-8"))["password"]
    people = yaml.safe_load((FOLDER / "sign_ins.yaml").read_text(encoding="utf-8"))
    return [{**one, "password": password} for one in people]
