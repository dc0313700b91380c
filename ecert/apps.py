from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "ecert"
    default_auto_field = "django.db.models.BigAutoField"
