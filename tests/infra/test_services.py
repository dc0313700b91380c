"""What `script/services` promises: private, repeatable, and back after a kill."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pika
import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BASE = Path(f"/var/tmp/tongban-checkouts-{sha256(bytes(ROOT)).hexdigest()[:12]}")
pytestmark = [pytest.mark.postgres, pytest.mark.broker]


def _services(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "script/services", *words], capture_output=True, text=True, timeout=300
    )


def _addresses(checkout: Path) -> dict[str, str]:
    """What a shell has after `eval "$(script/services env)"`."""
    lines = _services(checkout, "env").stdout.splitlines()
    matches = [re.fullmatch(r"export ([A-Z_]+)='([^']+)'", line) for line in lines]
    assert all(matches)
    return {match[1]: match[2] for match in matches if match}


def _running(checkout: Path) -> dict[str, int]:
    """Server -> the process that answers for it."""
    lines = _services(checkout, "status").stdout
    return {
        name: int(pid) for name, pid in re.findall(r"^(\w+) is running \(pid (\d+)\)", lines, re.M)
    }


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def _remove(places: list[Path]) -> None:
    for place in places:
        if (place / "script/services").exists():
            _services(place, "remove")
    shutil.rmtree(BASE, ignore_errors=True)


@pytest.fixture(scope="module")
def checkouts() -> Iterator[list[Path]]:
    """Two checkouts brought up at once; root's servers cannot reach into the second.

    Their place is always the same, so that a run cleans up after one that was interrupted.
    """
    places = [BASE / "reachable", BASE / "closed" / "a checkout"]
    _remove(places)
    BASE.mkdir()
    (BASE / "closed").mkdir(mode=0o700)
    BASE.chmod(0o755)
    try:
        for place in places:
            shutil.copytree(ROOT / "script", place / "script")
        places[0].chmod(0o755)
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda place: _services(place, "up"), places))
        assert [(run.returncode, run.stderr) for run in done if run.returncode] == []
        yield places
    finally:
        _remove(places)


def test_two_checkouts_at_once_share_no_port_no_process_and_no_password(
    checkouts: list[Path],
) -> None:
    addresses = [list(map(urlsplit, _addresses(place).values())) for place in checkouts]
    assert {part.hostname for both in addresses for part in both} == {"127.0.0.1"}
    assert not {part.port for part in addresses[0]} & {part.port for part in addresses[1]}
    assert not {part.password for part in addresses[0]} & {part.password for part in addresses[1]}
    pids = [set(_running(place).values()) for place in checkouts]
    assert [len(two) for two in pids] == [2, 2]
    assert not pids[0] & pids[1]


def test_up_when_all_is_running_says_so_and_changes_nothing(checkouts: list[Path]) -> None:
    before = _running(checkouts[0]), _addresses(checkouts[0])
    again = _services(checkouts[0], "up")
    assert (again.returncode, again.stderr) == (0, "PostgreSQL and RabbitMQ are already running\n")
    assert (_running(checkouts[0]), _addresses(checkouts[0])) == before


def test_the_owner_creates_databases_and_the_application_creates_nothing(
    checkouts: list[Path],
) -> None:
    addresses = _addresses(checkouts[1])
    with psycopg.connect(addresses["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("CREATE DATABASE another")
        owner.execute("DROP DATABASE another")
        assert owner.execute("SHOW fsync").fetchone() == ("on",)
        assert owner.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    with psycopg.connect(addresses["DATABASE_URL"], autocommit=True) as application:
        assert application.execute("SELECT current_user").fetchone() == ("tongban_app",)
        for statement in ("CREATE TABLE mine (id int)", "CREATE DATABASE mine"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement)


def test_killed_servers_come_back_with_what_they_had_at_the_same_address(
    checkouts: list[Path],
) -> None:
    place, before = checkouts[1], _addresses(checkouts[1])
    with psycopg.connect(before["DATABASE_OWNER_URL"]) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with pika.BlockingConnection(pika.URLParameters(before["BROKER_URL"])) as link:
        channel = link.channel()
        channel.confirm_delivery()
        channel.queue_declare("kept", durable=True)
        channel.basic_publish("", "kept", b"a letter", pika.BasicProperties(delivery_mode=2))
    time.sleep(3)  # RabbitMQ keeps new queues' names in memory for two seconds before writing them
    for pid in _running(place).values():
        _end(pid)

    assert _services(place, "status").returncode == 3
    assert _services(place, "up").returncode == 0

    assert _addresses(place) == before
    with psycopg.connect(before["DATABASE_OWNER_URL"]) as owner:
        assert owner.execute("SELECT answer FROM kept").fetchone() == (42,)
    with pika.BlockingConnection(pika.URLParameters(before["BROKER_URL"])) as link:
        assert link.channel().basic_get("kept")[2] == b"a letter"


def test_a_pid_file_that_names_a_stranger_neither_stops_him_nor_the_start(
    checkouts: list[Path],
) -> None:
    place = checkouts[0]
    data = Path(re.search(r"^DATA=(.+)$", (place / "var/services/state").read_text(), re.M)[1])
    assert data == place / "var/services/data"
    stranger = subprocess.Popen(["/bin/sleep", "600"])
    try:
        assert _services(place, "down").returncode == 0
        old = f"{stranger.pid}\n{data}/postgres\n1795359600\n5432\n\n127.0.0.1\n"
        (data / "postgres/postmaster.pid").write_text(old)
        for name in ("epmd", "rabbitmq"):
            (place / f"var/services/{name}.pid").write_text(f"{stranger.pid}\n")

        assert _services(place, "status").returncode == 3
        assert _services(place, "down").returncode == 0
        assert _services(place, "up").returncode == 0

        assert len(_running(place)) == 2
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_copied_checkout_gets_servers_of_its_own(checkouts: list[Path]) -> None:
    copy = checkouts[0].parent / f"{checkouts[0].name}-copy"
    shutil.copytree(checkouts[0], copy)
    try:
        assert _services(copy, "status").returncode == 3
        assert _services(copy, "env").returncode == 1
        assert _services(copy, "down").returncode == 0
        assert len(_running(checkouts[0])) == 2
    finally:
        shutil.rmtree(copy)


def test_down_ends_the_very_processes_and_a_second_down_is_fine(checkouts: list[Path]) -> None:
    pids = _running(checkouts[1]).values()
    assert len(pids) == 2
    assert _services(checkouts[1], "down").returncode == 0
    assert not [
        pid
        for pid in pids
        if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    assert _services(checkouts[1], "down").returncode == 0
    assert len(_running(checkouts[0])) == 2


def test_servers_in_use_outlive_who_started_them_and_stop_after_the_last(
    checkouts: list[Path],
) -> None:
    place, ours = checkouts[1], str(os.getpid())
    other = subprocess.Popen(["/bin/sleep", "600"])
    try:
        assert _services(place, "use", ours).returncode == 0
        assert _services(place, "use", str(other.pid)).returncode == 0
        assert _services(place, "release", ours).returncode == 0
        assert len(_running(place)) == 2
        assert _services(place, "use", ours).returncode == 0
    finally:
        other.kill()
        other.wait()
    assert _services(place, "release", ours).returncode == 0
    assert _running(place) == {}


def test_servers_brought_up_by_hand_stay_up_after_a_script(checkouts: list[Path]) -> None:
    place, ours = checkouts[0], str(os.getpid())
    assert _services(place, "up").returncode == 0
    assert _services(place, "use", ours).returncode == 0
    assert _services(place, "release", ours).returncode == 0
    assert len(_running(place)) == 2
