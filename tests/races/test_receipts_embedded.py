"""Commands sent twice at the same instant in the embedded way: threads of one process on one SQLite file.

The test database of SQLite is in memory and shared by its threads, which no installation is; so the
race runs in a process of its own on a file, as the demo does.
"""

import json
import os
import subprocess
import sys

from config.env import ROOT

RACE = """
import json, threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import django
django.setup()
from django.core.management import call_command
from django.db import connection
from people.commands import once
from people.errors import Refusal
from people.models import CommandReceipt, Division
from people.viewer import Viewer

call_command("migrate", "people", verbosity=0, skip_checks=True)
viewer = Viewer(kind="person", account_id=uuid4())

def found(turn, body, gate):
    code = f"99{turn:04}000000"
    def act():
        Division.objects.create(code=code, name="试验区", valid_from="2026-01-01")
        return {"division": code}
    gate.wait(timeout=20)
    try:
        return once(viewer, key=f"k-{turn}", command="found", body={"a": body}, act=act)["division"]
    except Refusal as refusal:
        return refusal.code
    finally:
        connection.close()

answers = []
with ThreadPoolExecutor(4) as pool:
    for turn in range(25):
        gate = threading.Barrier(4)
        asked = [pool.submit(found, turn, body, gate) for body in (1, 1, 1, 2)]
        answers.append(sorted(answer.result() for answer in asked))
print(json.dumps([answers, Division.objects.count(), CommandReceipt.objects.count()]))
"""


def test_inv_02_four_threads_with_one_key_have_one_effect_and_one_answer_a_body(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'race.sqlite3'}",
        "BROKER_URL": "memory://",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'graphql'}",
    }
    run = subprocess.run(
        [sys.executable, "-c", RACE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answers, divisions, receipts = json.loads(run.stdout.splitlines()[-1])
    assert (divisions, receipts) == (25, 25)
    for turn, told in enumerate(answers):
        code, conflict = f"99{turn:04}000000", "IDEMPOTENCY_CONFLICT"
        assert told in ([code, code, code, conflict], [code, conflict, conflict, conflict])
