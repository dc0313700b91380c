"""The start is refused with bad keys, and `manage.py check` says what is wrong with the folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from keys.checks import ROOT, key_folder_is_usable

START = "import django; django.setup(); print('started')"


def found(settings, folder):
    settings.KEY_DIR = folder
    return [message.id for message in key_folder_is_usable()]


def test_a_fresh_place_and_a_folder_of_ours_are_usable(settings, tmp_path, key_folder):
    assert found(settings, key_folder) == []
    assert found(settings, tmp_path / "not" / "yet") == []
    assert found(settings, ROOT / "var" / "keys-not-yet") == []


def test_a_file_an_open_folder_and_the_sources_are_not(settings, tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    assert found(settings, tmp_path / "file") == ["keys.E001"]
    assert found(settings, tmp_path / "open") == ["keys.E002"]
    assert found(settings, ROOT / "keys" / "secret") == ["keys.E003"]


def test_atk_53_the_check_names_the_bad_file(settings, key_folder):
    (key_folder / "platform" / "letter.pem").write_bytes(b"")
    assert found(settings, key_folder) == ["keys.E004"]
    with pytest.raises(SystemCheckError, match=r"platform/letter\.pem"):
        call_command("check", "--tag", "security")


def test_atk_53_no_process_starts_with_a_bad_key(key_folder):
    environment = os.environ | {
        "TONGBAN_KEY_DIR": str(key_folder),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'graphql'}",
    }
    command = [sys.executable, "-c", START]
    good = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert good.stdout == "started\n", good.stderr
    path = Path(key_folder) / "platform" / "access.pem"
    path.write_bytes(b"x")
    bad = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert bad.returncode != 0
    assert f"KeyFault: {path}" in bad.stderr
