from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "keys"
    default_auto_field = "django.db.models.BigAutoField"
