"""Makes the first administrator: asks in a terminal, or takes TONGBAN_ADMIN_NAME and TONGBAN_ADMIN_PASSWORD."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from typing_extensions import override

from gateway.errors import message_of
from people.commands import create_first_admin
from people.errors import Refusal
from people.viewer import Viewer


class Command(BaseCommand):
    help = "Creates the first administrator; refuses when there is one."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default=os.environ.get("TONGBAN_ADMIN_NAME", ""))

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        name, password = options["name"], os.environ.get("TONGBAN_ADMIN_PASSWORD", "")
        if not (name and password) and not sys.stdin.isatty():
            raise CommandError("Give --name (or TONGBAN_ADMIN_NAME) and TONGBAN_ADMIN_PASSWORD.")
        name = name or input("登录名：").strip()
        password = password or _typed_twice()
        try:
            with translation.override(settings.LANGUAGE_CODE):
                create_first_admin(
                    viewer=Viewer.system("create_first_admin"),
                    sign_in_name=name,
                    password=password,
                )
        except Refusal as refusal:
            problem = refusal.problems[0]
            raise CommandError(f"{problem.code}: {message_of(problem)}") from refusal
        self.stdout.write(f"管理员 {name} 已建立，请打开 {settings.PUBLIC_URL}/admin/ 登录。")


def _typed_twice() -> str:
    first = getpass("密码（至少 10 个字符）：")
    if getpass("再输入一次：") != first:
        raise CommandError("两次输入的密码不同。")
    return first
