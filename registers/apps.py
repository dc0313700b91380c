from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "registers"
    default_auto_field = "django.db.models.BigAutoField"
