"""Decides whether the key folder is fit for use, for `manage.py check`."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from keys.keyfiles import KeyFault
from keys.keystore import inspect_keys

ROOT = Path(__file__).resolve().parent.parent


def key_folder_is_usable(
    app_configs: Sequence[AppConfig] | None = None, **_options: object
) -> list[CheckMessage]:
    """Private, writable, outside what is committed, and every key in it readable.

    A folder that does not exist yet is fine when it can be made.
    """
    folder = Path(settings.KEY_DIR)
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return [_error("E001", f"{nearest} is no folder that we may write to")]
    if folder.is_dir() and folder.stat().st_mode & 0o077:
        return [_error("E002", f"{folder} is open to others, expected mode 0700")]
    if folder.is_relative_to(ROOT) and not folder.is_relative_to(ROOT / "var"):
        return [_error("E003", f"{folder} lies among the sources, keys would be committed")]
    try:
        inspect_keys()
    except KeyFault as fault:
        return [_error("E004", str(fault))]
    return []


def _error(number: str, message: str) -> CheckMessage:
    return Error(message, hint="TONGBAN_KEY_DIR names the key folder.", id=f"keys.{number}")
