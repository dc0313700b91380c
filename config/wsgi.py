"""Wiring: the web process, as granian and Django's own server start it."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

sys.path.append(str(Path(__file__).resolve().parent.parent / "graphql"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Its table of letters imports models, so it can only be read once Django is ready.
from config import embedded  # noqa: E402

if settings.EMBEDDED:
    embedded.start()
