"""People in the administration: rights are given and ended here, numbers are never shown."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.db import models
from django.http import HttpRequest
from typing_extensions import override

from people.commands import audit
from people.models import (
    Account,
    AuditRecord,
    Department,
    Division,
    Enterprise,
    Mandate,
    Officer,
    Person,
    Session,
    StaffRole,
)
from people.viewer import Viewer


class Noted(admin.ModelAdmin):  # type: ignore[type-arg]
    """What an administrator writes is noted like any command, in the same transaction.

    Nothing is deleted: rights end on a day, accounts and enterprises are closed.
    """

    @override
    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        """Saves the row and notes which fields were written."""
        super().save_model(request, obj, form, change)
        kind = str(obj._meta.model_name)
        audit(
            Viewer(kind="system", account_id=request.user.pk, reason="administration"),
            action=f"enter_{kind}",
            subject_kind=kind,
            subject_id=obj.pk,
            details={"fields": sorted(form.changed_data)},
        )

    @override
    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False


class ReadOnly(Noted):
    """Nothing is added or changed here: commands do that."""

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False


class NewAccount(BaseUserCreationForm):  # type: ignore[type-arg]
    """A sign-in name and a password typed twice."""

    class Meta:
        model = Account
        fields = ("sign_in_name",)


class Accounts(Noted, UserAdmin):  # type: ignore[type-arg]
    """Accounts; closing one stops its sessions at their next request (INV-27)."""

    add_form = NewAccount
    list_display = ("sign_in_name", "is_active", "is_staff", "locked_until", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("=sign_in_name",)
    ordering = ("sign_in_name",)
    readonly_fields = ("person", "last_login", "failed_attempts")
    fieldsets = (
        (None, {"fields": ("sign_in_name", "password", "person")}),
        ("状态", {"fields": ("is_active", "locked_until", "failed_attempts", "last_login")}),
        ("管理权限", {"fields": ("is_staff", "is_superuser", "groups", "user_permissions")}),
    )
    add_fieldsets = ((None, {"fields": ("sign_in_name", "password1", "password2")}),)


class People(ReadOnly):
    """Natural persons by their masks."""

    list_display = ("name", "id_number_mask", "phone_mask")
    search_fields = ("=id_number_mask",)
    fields = ("name", "id_kind", "id_number_mask", "phone_mask")


class Enterprises(Noted):
    """Enterprises; a closed one (注销, 吊销) may not ask for anything."""

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


class NamedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Rows by their name; our models have no text of their own, so that none reaches a log."""

    @override
    def label_from_instance(self, obj: Any) -> str:
        """The name that people know, or the code."""
        return str(getattr(obj, "name", "") or getattr(obj, "sign_in_name", obj.pk))


class Named(Noted):
    """Rows that refer to others by name."""

    @override
    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice by names."""
        return super().formfield_for_foreignkey(
            db_field, request, **({"form_class": NamedChoice} | kwargs)
        )


class Divisions(Named):
    """Divisions with their parents."""

    list_display = ("code", "name", "parent_id", "valid_from", "valid_until")


class Departments(Named):
    """Departments: how they are reached, which word their documents carry, where one appeals."""

    list_display = ("code", "name", "document_word", "channel", "review_body", "court")
    list_filter = ("function",)
    search_fields = ("code", "name")


class Officers(Named):
    """Roles from day to day; to end one, set its last day."""

    list_display = ("name", "office", "role_name", "staff_number", "valid_from", "valid_until")
    list_filter = ("role__name", "department__function")
    list_select_related = ("department", "role")
    search_fields = ("=staff_number", "name")
    autocomplete_fields = ("account",)

    @admin.display(description="部门")
    def office(self, officer: Officer) -> str:
        """The department's name."""
        return officer.department.name

    @admin.display(description="角色")
    def role_name(self, officer: Officer) -> str:
        """The role's name."""
        return officer.role.name


class StaffRoles(ReadOnly):
    """What staff may be; they are loaded with the city."""

    list_display = ("code", "name", "duty", "at_desk")


class Sessions(ReadOnly):
    """Who is signed in, without what would let somebody in."""

    list_display = ("account_name", "created_at", "rotated_at", "expires_at", "revoked_at")
    list_select_related = ("account",)
    exclude = ("refresh_digest",)

    @admin.display(description="账号")
    def account_name(self, session: Session) -> str:
        """The sign-in name."""
        return session.account.sign_in_name


class Audit(ReadOnly):
    """The audit, newest first."""

    list_display = ("at", "actor", "acting_for", "action", "subject_kind", "subject_id", "outcome")
    list_filter = ("action", "outcome")
    search_fields = ("=actor", "=subject_id", "=request_id")
    ordering = ("-id",)
    show_full_result_count = False


admin.site.register(Account, Accounts)
admin.site.register(Person, People)
admin.site.register(Enterprise, Enterprises)
admin.site.register(Mandate, Mandates)
admin.site.register(Division, Divisions)
admin.site.register(Department, Departments)
admin.site.register(Officer, Officers)
admin.site.register(StaffRole, StaffRoles)
admin.site.register(Session, Sessions)
admin.site.register(AuditRecord, Audit)
