from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "bus"
    verbose_name = "信件与杂务"
    default_auto_field = "django.db.models.BigAutoField"
