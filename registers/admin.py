"""Registers in the administration: an administrator says that one is away or back, and nothing else."""

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from people.admin.noted import Noted
from people.labels import label
from registers.models import Register


class Registers(Noted):
    """Registers with their switch; entries are digests, there is nothing to look at."""

    heeded = ("change",)
    list_display = ("code", "name", "function", "is_available")
    fields = ("code", "name", "function", "is_available")
    readonly_fields = ("code", "name", "function")

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: the city is loaded with its registers."""
        return False


label(Register, "登记库", code="代码", function="主管部门")
admin.site.register(Register, Registers)
