from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "bus"
    default_auto_field = "django.db.models.BigAutoField"
