"""What tests/conftest.py promises: a test that did not run fails the run, an edge is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
EDGES = ("DATABASE_URL", "BROKER_URL", "TONGBAN_TEST_ALL")
PLUGINS = ("-c", "pyproject.toml", "-p", "tests.conftest", "-p", "no:cacheprovider")


def _run(test: str, folder: Path, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_made_up.py").write_text(f"import pytest\n\n{test}\n")
    environment = {name: value for name, value in os.environ.items() if name not in EDGES}
    environment = {n: v for n, v in environment.items() if not n.startswith("PYTEST_")} | given
    return subprocess.run(
        [sys.executable, "-m", "pytest", *PLUGINS, *words, folder / "test_made_up.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    "test",
    [
        "def test_it():\n    pytest.skip('later')",
        "@pytest.mark.skip\ndef test_it():\n    pass",
        "@pytest.mark.xfail\ndef test_it():\n    raise ValueError",
        "pytest.importorskip('no_such_module')",
    ],
    ids=["skip", "mark", "xfail", "module"],
)
@pytest.mark.parametrize("words", [(), ("-n", "1")], ids=["alone", "workers"])
def test_a_test_that_did_not_run_fails_the_run(
    test: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    run = _run(f"{test}\n\ndef test_that():\n    pass", tmp_path, *words)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert "skipped or expected to fail, which fails the run" in run.stdout


def test_a_run_without_a_skip_passes(tmp_path: Path) -> None:
    assert _run("def test_it():\n    pass", tmp_path).returncode == pytest.ExitCode.OK


def test_a_missing_edge_leaves_its_tests_out_unless_the_whole_run_was_asked_for(
    tmp_path: Path,
) -> None:
    test = "@pytest.mark.broker\ndef test_it():\n    raise ValueError\n\ndef test_that():\n    pass"
    assert "1 passed, 1 deselected" in _run(test, tmp_path).stdout
    assert "1 failed, 1 passed" in _run(test, tmp_path, TONGBAN_TEST_ALL="1").stdout
