"""Who enters the administration (管理后台), and that entering, leaving and refused pages are in the audit."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from typing_extensions import override

from people.commands import audit
from people.viewer import Viewer


def is_administrator(user: Any) -> bool:
    """Whether an account may enter today: an administrator, or a role with rights in the administration."""
    return bool(user.is_active and (user.is_superuser or user.get_all_permissions()))


def note(request: HttpRequest, action: str, outcome: str = "done") -> None:
    """Writes what somebody did with the administration itself into the audit."""
    audit(
        Viewer(kind="system", account_id=request.user.pk, reason="administration"),
        action=action,
        subject_kind="administration",
        subject_id=request.path[:60],
        outcome=outcome,
    )


class SignIn(AuthenticationForm):
    """The same name and password as in the halls, with their lock-out; then a right to be here."""

    @override
    def confirm_login_allowed(self, user: Any) -> None:
        """Refuses who has no business here in the words for a wrong password."""
        super().confirm_login_allowed(user)
        if not is_administrator(user):
            raise self.get_invalid_login_error()

    @override
    def get_invalid_login_error(self) -> ValidationError:
        """One answer to everything that is wrong."""
        return ValidationError("登录名或密码不正确，或者没有管理权限。", code="invalid_login")


class Site(AdminSite):
    """Chinese, for administrators and for roles with rights here; every refusal is noted."""

    site_title = "管理后台"
    index_title = "管理"
    login_form = SignIn
    enable_nav_sidebar = True

    @override
    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the city's name in the head."""
        return {**super().each_context(request), "site_header": f"{settings.SITE_NAME} 管理后台"}

    @override
    def has_permission(self, request: HttpRequest) -> bool:
        """Judged at every request, so that a role that ended yesterday does not open a page today."""
        return is_administrator(request.user)

    @override
    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Notes who asked for a page that they may not have."""

        @wraps(view)
        def judged(request: HttpRequest, *args: Any, **options: Any) -> Any:
            try:
                return view(request, *args, **options)
            except PermissionDenied:
                note(request, "administer", "FORBIDDEN")
                raise

        return super().admin_view(judged, cacheable)

    @override
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Failed attempts are noted where the password is checked (people.commands.passwords)."""
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            note(request, "sign_in")
        return response

    @override
    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Noted before the session forgets who it was."""
        if request.method == "POST" and request.user.is_authenticated:
            note(request, "sign_out")
        return super().logout(request, extra_context)

    @override
    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """One's own password: changed and noted together."""
        with transaction.atomic():
            response = super().password_change(request, extra_context)
            if request.method == "POST" and response.status_code == 302:
                note(request, "set_password")
        return response
