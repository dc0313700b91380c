"""The project's settings with made-up secrets, for tests and type checks only."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("TONGBAN_SECRET_KEY", "test-only-secret-key-of-no-value-0123456789")
os.environ.setdefault("TONGBAN_FIELD_KEY", "test-only-field-key-of-no-value-0123456789")
# Cut once a machine, not once a working copy.
_shared = Path(tempfile.gettempdir()) / f"tongban-tests-{os.getuid()}"
os.environ.setdefault("TONGBAN_FONT_DIR", str(_shared / "fonts"))

# Each worker of pytest-xdist has keys, files and a virtual host (made in conftest) of its own, as it
# has a database. A process that a test starts keeps what the test gave it.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
_private = ROOT / "var" / "tests" / _worker
if os.environ.get("TONGBAN_TEST_WORKER") != _worker:
    os.environ["TONGBAN_TEST_WORKER"] = _worker
    os.environ["TONGBAN_KEY_DIR"] = str(_private / "keys")
    os.environ["TONGBAN_FILES_DIR"] = str(_private / "files")
    os.environ["TONGBAN_INCOMING_DIR"] = str(_private / "incoming")
    _broker = os.environ.get("BROKER_URL", "")
    if _broker.startswith("amqp"):
        os.environ["BROKER_URL"] = f"{_broker.rsplit('/', 1)[0]}/test_{_worker}"
_private.mkdir(parents=True, exist_ok=True)
os.environ.setdefault("TONGBAN_TAKES_UPLOADS", "1")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_private / 'tests.sqlite3'}")

from config.settings import *  # noqa: E402, F403 - after the environment is set

# Argon2 is meant to be slow; tests sign in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405 - of config.settings
    _postgres = DATABASES["default"]  # noqa: F405
    _postgres["ENGINE"] = "tests.quick.postgresql"
    # A test is one transaction and may print a certificate inside it, slowly on a busy machine.
    _postgres["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"
    # What a crash of the server leaves is shown by processes with the real settings; here a commit need not
    # wait for the disk.
    _postgres["OPTIONS"]["options"] += " -c synchronous_commit=off"
