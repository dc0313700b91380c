"""One certificate from its row to its sealed file, beside bare WeasyPrint and pyHanko of the same page."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count

from django.conf import settings
from django.utils import timezone

from bench.timing import Figure, Line, Meter, alternating, tell
from ecert.layout import claims_of, data_of, sheet_of
from ecert.models import Certificate
from files import fonts, rendering
from files.paper import certificate_html
from keys.jose import sign_statement
from keys.seal import seal_pdf

PAGES = 4  # a turn
TYPE = "BUSINESS_LICENCE"


class Ours:
    """The chore's way without its rows: statement, page, file by the press, seal."""

    def __init__(self, certificate: Certificate) -> None:
        self.certificate = certificate
        self.owner = certificate.issuer.code
        rendering.warm_up()
        assert rendering._control.press is not None
        self.press = rendering._control.press.pid
        self.numbers = count(1)
        self.turns: list[dict[str, float]] = []

    def page(self) -> str:
        """The page of another holder's certificate each time."""
        self.certificate.number = f"{next(self.numbers):018}"
        statement = sign_statement(self.owner, claims_of(self.certificate))
        return certificate_html(sheet_of(self.certificate, statement))

    def sealed(self) -> dict[str, float]:
        """What each part of one certificate takes, in milliseconds; the size in bytes."""
        meter, began = Meter([self.press]), time.perf_counter()
        with meter.running():
            page = self.page()
            made = time.perf_counter()
            data = rendering.Attachment("c.json", "application/json", data_of(self.certificate))
            moment = timezone.now()
            pdf = rendering.render_pdf(page, title="照", attachments=[data], created=moment)
            rendered = time.perf_counter()
            sealed = seal_pdf(pdf, owner=self.owner, reason="颁发", at=moment)
        ended = time.perf_counter()
        return {
            "page": (made - began) * 1000,
            "render": (rendered - made) * 1000,
            "seal": (ended - rendered) * 1000,
            "whole": (ended - began) * 1000,
            "cpu": (meter.own_cpu + meter.others_cpu) * 1000,
            "bytes": len(sealed),
        }

    def turn(self) -> None:
        """Some certificates."""
        self.turns.append(mean(self.sealed for _ in range(PAGES)))


class Bare:
    """A process of bench/bare.py; `faces` is a fontconfig file, or empty for the system's fonts."""

    def __init__(self, ours: Ours, faces: str) -> None:
        self.ours, self.faces = ours, faces
        seal = os.path.join(settings.KEY_DIR, ours.owner, "seal.pem")
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH"}}
        self.child = subprocess.Popen(
            [sys.executable, "-m", "bench.bare", seal],
            env=kept | {"LANG": "C.UTF-8"} | ({"FONTCONFIG_FILE": faces} if faces else {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.turns: list[dict[str, float]] = []

    def sealed(self, page: str) -> dict[str, float]:
        """The child's own times for one page."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        if not self.faces:
            page = page.replace("Tongban Serif", "Noto Serif CJK SC")
        self.child.stdin.write(json.dumps(page) + "\n")
        self.child.stdin.flush()
        told: dict[str, float] = json.loads(self.child.stdout.readline())
        return told

    def turn(self) -> None:
        """As many pages as ours, each made before."""
        pages = [self.ours.page() for _ in range(PAGES)]
        self.turns.append(mean(lambda page=page: self.sealed(page) for page in pages))

    def close(self) -> None:
        """Ends the process."""
        assert self.child.stdin is not None
        self.child.stdin.close()
        self.child.wait()


def mean(acts: Iterator[Callable[[], dict[str, float]]]) -> dict[str, float]:
    """The mean of every part."""
    told = [act() for act in acts]
    return {part: sum(one[part] for one in told) / len(told) for part in told[0]}


def line(what: str, part: str, ours: Ours, bare: Bare, unit: str = "ms") -> Line:
    """One part of both."""
    mine, theirs = ([turn[part] for turn in side.turns] for side in (ours, bare))
    return Line(what, Figure("ours", unit, mine), Figure("bare", unit, theirs))


def measure(n: int) -> None:
    """Prints and writes the figures of n turns."""
    rows = Certificate.objects.select_related("type", "issuer")
    ours = Ours(rows.filter(type__code=TYPE).first())
    same = Bare(ours, str(fonts.ensure_fonts(settings.FONT_DIR)))
    system = Bare(ours, "")
    alternating(1, ours.turn, same.turn, system.turn)
    for side in (ours, same, system):
        side.turns.clear()
    alternating(n, ours.turn, same.turn, system.turn)
    same.close()
    system.close()
    lines = [
        line("print (bare: our faces, plain PDF)", "render", ours, same),
        line("seal", "seal", ours, same),
        line("page, print and seal", "whole", ours, same),
        line("CPU of it", "cpu", ours, same),
        line("size", "bytes", ours, same, "bytes"),
        line("whole, bare with the system's fonts", "whole", ours, system),
        line("CPU, bare with the system's fonts", "cpu", ours, system),
        line("size, bare with the system's fonts", "bytes", ours, system, "bytes"),
    ]
    page = Figure("page", "ms", [turn["page"] for turn in ours.turns])
    facts = {
        "statement and page (ours only, inside the whole)": f"{page.shown()} ms",
        "ours also": "PDF/A-3b, data attached, statement in a QR, another process without secrets",
    }
    tell("paper", lines, facts)
