from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"
