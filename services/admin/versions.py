"""Versions in the administration: the list, and which address leads to which page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from typing_extensions import override

from people.admin.noted import ReadOnly
from services.admin.desk import STATES
from services.admin.overview import act_view, drawing_view, overview_view, text_view
from services.admin.pages import order_view, sheet_view
from services.admin.starting import MAY_ADD, start_view
from services.admin.trial_page import trial_view
from services.models import ItemVersion

PAGES = (
    ("<uuid:version_id>/change/", overview_view, "change"),
    ("<uuid:version_id>/act/", act_view, "act"),
    ("<uuid:version_id>/sheet/<str:place>/", sheet_view, "sheet"),
    ("<uuid:version_id>/order/", order_view, "order"),
    ("<uuid:version_id>/trial/", trial_view, "trial"),
    ("<uuid:version_id>/text/", text_view, "text"),
    ("<uuid:version_id>/drawing.svg", drawing_view, "drawing"),
)


class InState(admin.SimpleListFilter):
    """Drafts, what waits for a second person, what is in force."""

    title = "状态"
    parameter_name = "state"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What one may choose."""
        return list(STATES.items())

    @override
    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The versions of one state."""
        return queryset.filter(state=self.value()) if self.value() in STATES else queryset


class ItemVersions(ReadOnly):
    """Versions of items: each opens on pages of its own, where it is edited by forms."""

    list_display = ("item_name", "number", "state_name", "where", "drafter", "published_at", "note")
    list_filter = (InState,)
    list_select_related = ("item", "drafted_by", "division")
    search_fields = ("=item__code", "item__name")
    search_help_text = "事项名称中的文字，或者完整的基本编码"
    ordering = ("-id",)
    sortable_by = ()

    class Media:
        css = {"all": ["services/editor.css"]}

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Catalogue editors draft."""
        return request.user.has_perm(MAY_ADD)

    @override
    def get_urls(self) -> list[URLPattern]:
        """The pages of a version before those of Django."""
        own = [
            path(address, self.admin_site.admin_view(view), name=f"services_itemversion_{name}")
            for address, view, name in PAGES
        ]
        return [*own, *super().get_urls()]

    @override
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Where a draft begins."""
        return start_view(request)

    @admin.display(description="事项")
    def item_name(self, version: ItemVersion) -> str:
        """Code and name."""
        return f"{version.item.code} {version.item.name}"

    @admin.display(description="状态")
    def state_name(self, version: ItemVersion) -> str:
        """In words."""
        return STATES.get(version.state, version.state)

    @admin.display(description="适用地区")
    def where(self, version: ItemVersion) -> str:
        """The region of an override; the standard is for all."""
        return version.division.name if version.division else "全市"

    @admin.display(description="起草人")
    def drafter(self, version: ItemVersion) -> str:
        """The account's sign-in name."""
        return version.drafted_by.sign_in_name if version.drafted_by else "—"
