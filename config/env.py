"""Reads the environment in one place and names every missing or bad variable at once."""

import os
from pathlib import Path

LEAST_DIFFERENT = 8  # characters of a secret that nobody typed by leaning on a key
ROOT = Path(__file__).resolve().parent.parent


class Environment:
    """Collects what is wrong while the settings read, so that one start tells all of it."""

    def __init__(self, source: dict[str, str] | None = None) -> None:
        self.source = dict(os.environ) if source is None else source
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """A variable; without a default it must be set."""
        value = self.source.get(name, "")
        if value:
            return value
        if default is None:
            self.faults.append(f"{name} is not set")
            return ""
        return default

    def secret(self, name: str, least: int = 32) -> str:
        """A secret of at least `least` characters; never defaulted."""
        value = self.text(name)
        if value and len(value) < least:
            self.faults.append(f"{name} is shorter than {least} characters")
        elif value and len(set(value)) < LEAST_DIFFERENT:
            self.faults.append(
                f"{name} is made of fewer than {LEAST_DIFFERENT} different characters"
            )
        return value

    def flag(self, name: str) -> bool:
        """True for 1, true, yes, on."""
        value = self.source.get(name, "").strip().lower()
        if value not in {"", "0", "1", "true", "false", "yes", "no", "on", "off"}:
            self.faults.append(f"{name} is {value!r}, expected 1 or 0")
        return value in {"1", "true", "yes", "on"}

    def address(self, name: str, default: str, *schemes: str) -> str:
        """A URL of one of the schemes; its value, which may hold a password, is not repeated."""
        value = self.text(name, default)
        if value.partition("://")[0] in schemes and "://" in value:
            return value
        self.faults.append(f"{name} does not begin with {' or '.join(f'{s}://' for s in schemes)}")
        return default

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        value = self.source.get(name, "")
        if not value:
            return default
        if not value.isdigit():
            self.faults.append(f"{name} is {value!r}, expected a whole number")
            return default
        return int(value)

    def folder(self, name: str, default: str) -> Path:
        """A folder, relative ones below the project."""
        return (ROOT / self.text(name, default)).resolve()

    def check(self) -> None:
        """Ends the start with one line that names everything that is wrong."""
        if self.faults:
            raise SystemExit("Tongban cannot start: " + "; ".join(self.faults))
