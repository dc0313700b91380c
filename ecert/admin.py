"""The library in the administration: lists to look at, nothing to change."""

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from ecert.models import Certificate, CertificateType, CertificateUse, UseGrant


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nothing is added, changed or deleted here: commands do that."""

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False


class CertificateTypes(ReadOnly):
    """Types of certificates."""

    list_display = ("code", "name", "type_code", "holder_kind", "issuer_function")


class Certificates(ReadOnly):
    """Certificates without their faces: an administrator keeps the list, and reads nobody's papers."""

    list_display = ("number", "type", "version", "issuer", "status", "issued_on", "valid_until")
    list_filter = ("type", "status")
    list_select_related = ("type", "issuer")
    search_fields = ("=identifier", "=number")
    exclude = ("face", "statement", "holder_name", "person", "enterprise")


class UseGrants(ReadOnly):
    """Grants: for which case, what for, until when."""

    list_display = ("case_id", "item_code", "purpose", "granted_at", "valid_until", "revoked_at")


class CertificateUses(ReadOnly):
    """The log of uses."""

    list_display = ("at", "certificate_id", "case_id", "user", "purpose")


admin.site.register(CertificateType, CertificateTypes)
admin.site.register(Certificate, Certificates)
admin.site.register(UseGrant, UseGrants)
admin.site.register(CertificateUse, CertificateUses)
