"""Wiring: the process of live events and uploads; everything else is WSGI (docs/architecture.md)."""

import os
import sys
from pathlib import Path

from django.core.asgi import get_asgi_application

sys.path.append(str(Path(__file__).resolve().parent.parent / "graphql"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_asgi_application()
