"""What operators see of the catalogue: items and versions, to read only; publishing is a command."""

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from services.models import ItemVersion, ServiceItem


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's own class takes no argument
    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ServiceItemAdmin(_ReadOnly):
    list_display = ("code", "name", "item_type", "lead_function", "is_bundle")
    search_fields = ("code", "name")


class ItemVersionAdmin(_ReadOnly):
    list_display = ("item", "number", "state", "digest", "published_at")
    list_filter = ("state",)
    list_select_related = ("item",)


admin.site.register(ServiceItem, ServiceItemAdmin)
admin.site.register(ItemVersion, ItemVersionAdmin)
