"""Refuses a start with key files that must not be used, and checks the key folder."""

from django.apps import AppConfig
from django.core import checks
from typing_extensions import override

from keys.checks import key_folder_is_usable
from keys.keystore import inspect_keys


class RoomConfig(AppConfig):
    name = "keys"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Raises `KeyFault` for an empty, short or foreign key: no process starts with one."""
        inspect_keys()
        checks.register(key_folder_is_usable, checks.Tags.security)
