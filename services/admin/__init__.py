"""The catalogue in the administration: items to read, versions to draft, edit, try and publish by two people."""

from django.contrib import admin

from people.admin.noted import ReadOnly
from people.labels import label
from services.admin.versions import ItemVersions
from services.models import ItemVersion, ServiceItem


class ServiceItems(ReadOnly):
    """Items as the catalogue lists them."""

    list_display = ("code", "name", "item_type", "lead_function", "is_bundle")
    search_fields = ("code", "name")


label(
    ServiceItem,
    "事项",
    code="编码",
    name="名称",
    item_type="类型",
    audience="办理对象",
    lead_function="牵头职能",
    is_bundle="一件事",
    summary="简介",
)
label(
    ItemVersion,
    "事项版本",
    number="版本",
    published_at="发布时间",
    note="发布说明",
    digest="摘要",
)
admin.site.register(ServiceItem, ServiceItems)
admin.site.register(ItemVersion, ItemVersions)
