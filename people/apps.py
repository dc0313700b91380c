from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "people"
    verbose_name = "人员与机构"
    default_auto_field = "django.db.models.BigAutoField"
