from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "files"
    default_auto_field = "django.db.models.BigAutoField"
