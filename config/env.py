"""Reads the environment in one place and names every missing or bad variable at once."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

LEAST_DIFFERENT = 8  # characters of a secret that nobody typed by leaning on a key
EMAIL_BACKENDS = {"smtp": "smtp", "smtps": "smtp", "console": "console", "none": "dummy"}
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

    def email(self, name: str, default: str) -> dict[str, object]:
        """Django's e-mail settings of a URL, without the part `EMAIL_`: smtp, smtps, console or none.

        `smtp://user:password@host:587` speaks TLS after STARTTLS when the port is 587 or the query says
        `tls=1`; `smtps://` from the first byte on. The URL holds a password and is not repeated.
        """
        address = urlsplit(self.address(name, default, *EMAIL_BACKENDS))
        try:
            port = address.port
        except ValueError:
            port = 0
        if address.scheme.startswith("smtp") and (not address.hostname or port == 0):
            self.faults.append(f"{name} has no host or no port that can be")
        secure = address.scheme == "smtps"
        return {
            "BACKEND": f"django.core.mail.backends.{EMAIL_BACKENDS[address.scheme]}.EmailBackend",
            "HOST": address.hostname or "",
            "PORT": port or (465 if secure else 25),
            "HOST_USER": unquote(address.username or ""),
            "HOST_PASSWORD": unquote(address.password or ""),
            "USE_SSL": secure,
            "USE_TLS": not secure and (port == 587 or address.query == "tls=1"),
        }

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
