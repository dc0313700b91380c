"""Django's administration with the site of ours (`config/admin_site.py`)."""

from django.contrib.admin.apps import AdminConfig


class Administration(AdminConfig):
    default_site = "config.admin_site.Site"
