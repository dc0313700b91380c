from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
