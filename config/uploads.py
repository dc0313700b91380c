"""Wiring: the process that takes uploads in the real way, so that slow senders never hold a web worker."""

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

os.environ.setdefault("TONGBAN_TAKES_UPLOADS", "1")  # before the settings are read
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

OPEN = ("/uploads/", "/healthz")  # nothing else is served here
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Uploads and the sign of life; every other address is not found."""
    if str(environ.get("PATH_INFO", "")).startswith(OPEN):
        return _django(environ, start_response)
    gone = HTTPStatus.NOT_FOUND
    start_response(f"{gone.value} {gone.phrase}", [("Content-Length", "0")])
    return []
