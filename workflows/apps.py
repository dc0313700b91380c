from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"
