from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "services"
    default_auto_field = "django.db.models.BigAutoField"
