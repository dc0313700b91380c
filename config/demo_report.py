"""What the demo prints: the case's timeline as a table, its certificates as files, the sign-ins."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from config.env import ROOT
from ecert.models import Certificate
from ecert.verification import verify_identifier, verify_pdf
from files.queries import read


def timeline(case: dict[str, Any]) -> str:
    """The case's events as a table: when, who, what."""
    rows = [
        (
            datetime.fromisoformat(event["at"]).astimezone().strftime("%H:%M:%S"),
            event["who"],
            event["sentence"],
        )
        for event in case["timeline"]
    ]
    return table(("时间", "谁", "经过"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose columns stand straight, a Chinese character counting as two cells."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(cells(line[i]) for line in lines) for i in range(len(head))]
    drawn = [
        "  ".join(
            text + " " * (width - cells(text)) for text, width in zip(line, widths, strict=True)
        )
        for line in lines
    ]
    return "\n".join(
        [
            drawn[0].rstrip(),
            "  ".join("─" * width for width in widths),
            *(line.rstrip() for line in drawn[1:]),
        ]
    )


def cells(text: str) -> int:
    """Cells of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def certificates(case: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """The case's certificates: each file written out, and verified from that file and by its identifier."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for one in case["certificates"]:
        row = Certificate.objects.select_related("file").get(identifier=one["identifier"])
        place = folder / f"{one['number'].replace('/', '-')}.pdf"
        verified = False
        if row.file is not None:
            place.write_bytes(read(row.file))
            verified = (
                verify_pdf(place.read_bytes()).status == "valid"
                and verify_identifier(one["identifier"]).status == "valid"
            )
        shown = place.relative_to(ROOT) if place.is_relative_to(ROOT) else place
        found.append({"identifier": one["identifier"], "pdf": str(shown), "verified": verified})
    return found


def result(case: dict[str, Any], papers: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """The last line of `script/demo --once`."""
    return {
        "case": case["number"],
        "item": case["itemCode"],
        "state": case["state"],
        "departments": len({a["department"]["name"] for a in case["approvals"]}),
        "prefilled": case["prefilledCount"],
        "fields": case["fieldCount"],
        "certificates": papers,
        "seconds": round(seconds, 1),
    }


def is_good(outcome: dict[str, Any]) -> bool:
    """Whether the path came to its end: concluded, filled from the library, every certificate verified."""
    papers = outcome["certificates"]
    return (
        outcome["state"] == "concluded"
        and outcome["departments"] >= 4
        and 0 < outcome["prefilled"] <= outcome["fields"]
        and len(papers) == 3
        and all(paper["verified"] for paper in papers)
    )


def sign_in_table() -> str:
    """The sign-ins of those who took part in the walk."""
    people = yaml.safe_load((ROOT / "fixtures" / "demo" / "people.yaml").read_text("utf-8"))
    rows = [(one["account"], one["title"], one["does"]) for one in people.values()]
    return table(("登录名", "身份", "可以做"), rows)


def password() -> str:
    """The one password of every demo account."""
    accounts = yaml.safe_load((ROOT / "fixtures" / "city" / "accounts.yaml").read_text("utf-8"))
    return str(accounts["password"])


def as_line(outcome: dict[str, Any]) -> str:
    """One line of JSON."""
    return json.dumps(outcome, ensure_ascii=False)
