from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "registers"
    verbose_name = "前置库"
    default_auto_field = "django.db.models.BigAutoField"
