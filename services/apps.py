from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "services"
    verbose_name = "事项目录"
    default_auto_field = "django.db.models.BigAutoField"
