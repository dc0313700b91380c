"""What every script promises: it parses, it says what it does, and an error is one clear line."""

import os
import shutil
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = [ROOT / "script" / name for name in ("bench", "check", "demo", "services", "test")] + [
    ROOT / ".ci/run"
]
LIBRARY = sorted((ROOT / "script/lib").glob("*.sh"))


def _bash(words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("script", [*COMMANDS, *LIBRARY], ids=lambda path: path.name)
def test_a_script_parses_and_begins_by_saying_what_it_does(script: Path) -> None:
    assert subprocess.run(["bash", "-n", script]).returncode == 0
    lines = script.read_text().splitlines()
    assert lines[1].startswith("# ")
    if script in COMMANDS:
        assert lines[0] == "#!/usr/bin/env bash"
        assert "set -euo pipefail" in lines
        assert script.stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize("script", ["bench", "check", "demo", "services"])
def test_an_unknown_word_is_answered_with_the_usage(script: str) -> None:
    run = subprocess.run([ROOT / "script" / script, "--nonsense"], capture_output=True, text=True)
    assert run.returncode == 2
    assert run.stderr.startswith(f"usage: script/{script} ")
    assert run.stdout == ""


def test_a_wrong_python_is_named_in_one_line(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\ncase "$2" in *platform*) echo 3.9.2;; *) exit 1;; esac\n')
    old.chmod(0o755)
    run = _bash(
        "source script/lib/shell.sh; source script/lib/python.sh; find_python",
        TONGBAN_PYTHON=str(old),
    )
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert f"Python 3.11 is needed ({old} is 3.9.2)" in run.stderr


@pytest.fixture
def for_all() -> Iterator[Path]:
    """The scripts where everybody may read them; the checkout itself may lie in root's home."""
    with TemporaryDirectory(dir="/var/tmp") as name:
        place = Path(name)
        place.chmod(0o755)
        shutil.copytree(ROOT / "script", place / "script")
        yield place


def test_missing_packages_are_listed_in_one_line_to_who_may_not_install(for_all: Path) -> None:
    words = "source script/lib/shell.sh; source script/lib/packages.sh; "
    words += "sudo() { return 1; }; need_packages libc6 no-such-package nor-this"
    ordinary = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    command = (ordinary if os.geteuid() == 0 else []) + ["bash", "-c", words]
    run = subprocess.run(command, cwd=for_all, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr == (
        "bash: missing Debian packages, install them as root: "
        "apt-get install no-such-package nor-this\n"
    )


def test_a_taken_port_ends_the_demo_with_one_line_before_anything_is_installed(
    tmp_path: Path,
) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        except OSError:
            pass  # taken already, which is what we want
        run = subprocess.run([ROOT / "script/demo"], capture_output=True, text=True, timeout=30)
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "port 8000 on 127.0.0.1 is taken" in run.stderr
