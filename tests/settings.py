"""The project's settings with made-up secrets, for tests and type checks only."""

import os
import tempfile
from pathlib import Path

_private = Path(tempfile.gettempdir()) / f"tongban-tests-{os.getuid()}"
os.environ.setdefault("TONGBAN_SECRET_KEY", "test-only-secret-key-of-no-value-0123456789")
os.environ.setdefault("TONGBAN_FIELD_KEY", "test-only-field-key-of-no-value-0123456789")
os.environ.setdefault("TONGBAN_KEY_DIR", str(_private / "keys"))
os.environ.setdefault("TONGBAN_FILES_DIR", str(_private / "files"))
# Cut once a machine, not once a working copy.
os.environ.setdefault("TONGBAN_FONT_DIR", str(_private / "fonts"))
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_private / 'tests.sqlite3'}")
_private.mkdir(parents=True, exist_ok=True)
# A worker of pytest-xdist has a virtual host (made in conftest) as it has a database: its own.
_broker = os.environ.get("BROKER_URL", "")
if _broker.startswith("amqp"):
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    os.environ["BROKER_URL"] = f"{_broker.rsplit('/', 1)[0]}/test_{_worker}"

from config.settings import *  # noqa: E402, F403 - after the environment is set

# Argon2 is meant to be slow; tests sign in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A test is one transaction and may print a certificate inside it, slowly on a busy machine.
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405 - of config.settings
    DATABASES["default"]["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"  # noqa: F405
