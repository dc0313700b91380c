from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "ecert"
    verbose_name = "电子证照"
    default_auto_field = "django.db.models.BigAutoField"
