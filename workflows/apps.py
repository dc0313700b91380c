from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "workflows"
    verbose_name = "办件"
    default_auto_field = "django.db.models.BigAutoField"
