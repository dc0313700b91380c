from django.apps import AppConfig
from django.core import checks
from typing_extensions import override

from notifications.checks import check_wordings


class RoomConfig(AppConfig):
    name = "notifications"
    verbose_name = "消息"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Lets every management command look at the wordings first."""
        checks.register(check_wordings)
