"""Accounts, people, enterprises, mandates and sessions in the administration; numbers are never shown."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from typing_extensions import override

from people.admin.noted import Noted, ReadOnly, administrator
from people.commands import audit
from people.models import Account, Enterprise, Mandate, Session


class NewAccount(BaseUserCreationForm):  # type: ignore[type-arg]
    """A sign-in name and a password typed twice."""

    class Meta:
        model = Account
        fields = ("sign_in_name",)


class Accounts(Noted, UserAdmin):  # type: ignore[type-arg]
    """Accounts; closing one stops its sessions at their next request (INV-27)."""

    add_form = NewAccount
    change_user_password_template = "administration/change_password.html"  # noqa: S105 - a page
    list_display = ("sign_in_name", "is_active", "is_superuser", "locked_until", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("=sign_in_name",)
    ordering = ("sign_in_name",)
    readonly_fields = ("owner", "last_login", "failed_attempts")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("sign_in_name", "password", "owner")}),
        ("状态", {"fields": ("is_active", "locked_until", "failed_attempts", "last_login")}),
        (
            "管理权限",
            {
                "fields": ("is_superuser",),
                "description": "其他管理权限来自岗位角色，在“工作人员”中给予和结束。",
            },
        ),
    )
    add_fieldsets = ((None, {"fields": ("sign_in_name", "password1", "password2")}),)

    @admin.display(description="自然人")
    def owner(self, account: Account) -> str:
        """The person's name and mask."""
        person = account.person
        return "—" if person is None else f"{person.name} {person.id_number_mask}"

    @override
    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Another's password: noted, and whoever is signed in with the old one is signed out."""
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            if request.method == "POST" and response.status_code == 302:
                Session.objects.filter(account=UUID(id), revoked_at=None).update(
                    revoked_at=timezone.now()
                )
                audit(
                    administrator(request),
                    action="set_password",
                    subject_kind="account",
                    subject_id=id,
                )
        return response


class People(ReadOnly):
    """Natural persons by their masks."""

    list_display = ("name", "id_number_mask", "phone_mask")
    search_fields = ("=id_number_mask",)
    fields = ("name", "id_kind", "id_number_mask", "phone_mask")


class Enterprises(Noted):
    """Enterprises; a closed one (注销, 吊销) may not ask for anything."""

    heeded = ("change",)
    list_display = ("credit_code", "name", "representative", "is_active")
    list_select_related = ("legal_representative",)
    search_fields = ("=credit_code", "name")
    fields = ("credit_code", "name", "representative", "address", "is_active")
    readonly_fields = ("credit_code", "representative")

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Registers of enterprises enter them."""
        return False

    @admin.display(description="法定代表人")
    def representative(self, enterprise: Enterprise) -> str:
        """The legal representative's name."""
        return enterprise.legal_representative.name


class Mandates(Noted):
    """Mandates; to end one, set when it was revoked."""

    heeded = ("change",)
    list_display = ("enterprise_name", "agent", "items", "valid_from", "valid_until", "revoked_at")
    list_select_related = ("enterprise", "person")
    fields = ("enterprise_name", "agent", "items", "valid_from", "valid_until", "revoked_at")
    readonly_fields = ("enterprise_name", "agent", "items", "valid_from", "valid_until")

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """The enterprise gives its mandates."""
        return False

    @admin.display(description="企业")
    def enterprise_name(self, mandate: Mandate) -> str:
        """For whom."""
        return mandate.enterprise.name

    @admin.display(description="代理人")
    def agent(self, mandate: Mandate) -> str:
        """Who acts."""
        return mandate.person.name


class Sessions(ReadOnly):
    """Who is signed in, without what would let somebody in."""

    list_display = ("account_name", "created_at", "rotated_at", "expires_at", "revoked_at")
    list_select_related = ("account",)
    fields = ("account_name", "created_at", "rotated_at", "expires_at", "revoked_at")

    @admin.display(description="账号")
    def account_name(self, session: Session) -> Any:
        """The sign-in name."""
        return session.account.sign_in_name
