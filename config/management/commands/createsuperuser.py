"""Refuses Django's way to make an administrator: it leaves no trace, and knows no first one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override


class Command(BaseCommand):
    help = "Refused: use create_first_admin; further administrators are made in the administration."

    @override
    def run_from_argv(self, argv: list[str]) -> None:
        """Whatever the arguments are, the answer is the same."""
        super().run_from_argv(argv[:2])

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "请用 manage.py create_first_admin 建立首任管理员；其他管理员在管理后台的“账号”中设立，均记入审计。"
        )
