"""What tests/whole_run.py promises: a test that did not run fails the run, an edge is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Nothing but pytest, its workers and the module under test: fast, and no Django to set up.
PLUGINS = ("-p", "xdist", "-p", "tests.whole_run", "-p", "no:cacheprovider")
KINDS = {
    "a_call": "def test_it():\n    pytest.skip('later')",
    "a_mark": "@pytest.mark.skip\ndef test_it():\n    pass",
    "an_expected_failure": "@pytest.mark.xfail\ndef test_it():\n    raise ValueError",
    "a_whole_module": "pytest.importorskip('no_such_module')",
}


def _run(folder: Path, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    broker\n")
    environment = {"PATH": os.environ["PATH"], "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **given}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *PLUGINS, *words, folder],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def _write(folder: Path, name: str, test: str) -> None:
    (folder / f"test_{name}.py").write_text(f"import pytest\n\n{test}\n")


@pytest.mark.parametrize("words", [(), ("-n", "1")], ids=["alone", "workers"])
def test_whatever_did_not_run_is_named_and_fails_the_run(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    _write(tmp_path, "fine", "def test_it():\n    pass")
    for name, test in KINDS.items():
        _write(tmp_path, name, test)
    run = _run(tmp_path, *words)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    named = run.stdout.split("skipped or expected to fail, which fails the run")[1]
    assert [name for name in KINDS if f"test_{name}.py" not in named] == []
    assert "test_fine.py" not in named


def test_a_missing_edge_leaves_its_tests_out_unless_the_whole_run_was_asked_for(
    tmp_path: Path,
) -> None:
    test = "@pytest.mark.broker\ndef test_it():\n    raise ValueError\n\ndef test_that():\n    pass"
    _write(tmp_path, "edge", test)
    plain = _run(tmp_path)
    assert (plain.returncode, "1 passed, 1 deselected" in plain.stdout) == (0, True)
    assert "1 failed, 1 passed" in _run(tmp_path, TONGBAN_TEST_ALL="1").stdout
