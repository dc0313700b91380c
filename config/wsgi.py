"""Wiring: the web process, as granian and Django's own server start it."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

sys.path.append(str(Path(__file__).resolve().parent.parent / "graphql"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

if settings.EMBEDDED:  # this process also carries the letters and does the chores
    import_string("config.embedded.start")()
