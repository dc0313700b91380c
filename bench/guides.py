"""Importing 10,000 guides with 100,000 materials, beside COPY of the rows that they become."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection

from bench import ground
from bench.timing import Figure, Line, tell
from bench.words import catalogue
from config.env import ROOT
from services.models import GuideFile, ItemVersion
from tests.services.made_guides import MATERIAL, item

GUIDES, MATERIALS = 10_000, 10
TABLES = (
    "services_serviceitem",
    "services_itemversion",
    "services_versionact",
    "services_guidefile",
)


def write_guides(folder: Path) -> int:
    """The files, a hundred a folder; returns their bytes."""
    written = 0
    for number, invented in enumerate(catalogue(GUIDES)):
        place = folder / f"{number // 100:04d}"
        place.mkdir(exist_ok=True)
        materials = [
            MATERIAL
            | {"materialTitle": f"{invented.name}材料{count}"}
            | {"materialCode": f"M{invented.code}01{count:02d}"}
            for count in range(1, MATERIALS + 1)
        ]
        guide = item(
            unifyName=invented.name,
            rightsCode=invented.code,
            acceptanceCondition=invented.summary,
            materialList=materials,
        )
        text = json.dumps(guide, ensure_ascii=False).encode()
        (place / f"{invented.code}-01.json").write_bytes(text)
        written += len(text)
    return written


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds of the clock and of its CPU, and its peak megabytes."""

    wall: float
    cpu: float
    megabytes: float


def import_all(folder: Path) -> Spent:
    """A process that imports the folder, from its start to its end."""
    start = time.perf_counter()
    command = [sys.executable, str(ROOT / "manage.py"), "import_guides", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    wall = time.perf_counter() - start
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def copied(address: str, folder: Path) -> float:
    """Seconds to COPY the same rows into the same tables of another database, from files."""
    with connection.cursor() as cursor:
        for table in TABLES:
            out = cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)")
            with (folder / table).open("wb") as file, out as blocks:
                for block in blocks:
                    file.write(block)
    with psycopg.connect(address) as link, link.cursor() as cursor:
        start = time.perf_counter()
        for table in TABLES:
            into = cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)")
            with (folder / table).open("rb") as file, into as rows:
                while block := file.read(1 << 16):
                    rows.write(block)
        link.commit()
        return time.perf_counter() - start


def floor_database() -> str:
    """A second database with the same tables and indexes, and nothing in them."""
    address = ground.fresh_database(os.environ["DATABASE_OWNER_URL"], "guides_floor")
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, env=os.environ | {"DATABASE_URL": address})
    return address


def measure(_n: int) -> None:
    """One turn: ten thousand guides are many enough."""
    call_command("flush", interactive=False, verbosity=0)  # the demo city is not wanted here
    floor = floor_database()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "guides"
        folder.mkdir()
        size = write_guides(folder)
        first, again = import_all(folder), import_all(folder)
        raw = copied(floor, Path(place))
    versions = ItemVersion.objects.filter(state="draft").count()
    assert (versions, GuideFile.objects.count()) == (GUIDES, GUIDES)
    facts = {
        "guides": GUIDES,
        "materials": GUIDES * MATERIALS,
        "bytes of files": size,
        "items a second": round(GUIDES / first.wall, 1),
        "items a second by COPY": round(GUIDES / raw, 1),
        "ms of our CPU an item": round((first.cpu - again.cpu) * 1000 / GUIDES, 2),
        "peak memory of the process, MB": round(first.megabytes),
        "a second run that finds all done, s": round(again.wall, 1),
    }
    tell(
        "guides",
        [Line("import", Figure("ours", "s", [first.wall]), Figure("COPY", "s", [raw]))],
        facts,
    )
