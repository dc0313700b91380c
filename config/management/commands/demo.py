"""Runs the demo: tables, city, the restaurant's whole path, its timeline; then leaves the halls open."""

import logging
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from config import demo_report, embedded
from config.demo_walk import DemoFault, Walk
from config.env import ROOT
from gateway.door import execute
from people.errors import Refusal
from people.tokens import viewer_of
from people.viewer import Viewer

PORT = 8000


def ask_in_process(operation: str, variables: Mapping[str, Any], token: str) -> dict[str, Any]:
    """Runs a trusted document in this process, as the halls do."""
    viewer = viewer_of(token) if token else Viewer.anonymous()
    answer = execute(operation, variables, viewer)
    if answer.get("errors"):
        raise DemoFault(f"{operation}：{answer['errors']}")
    data: dict[str, Any] = answer["data"]  # type: ignore[assignment]
    return data


class Command(BaseCommand):
    help = "Runs the demo city's path from form to certificates, then serves the halls."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end after the path")
        parser.add_argument("--real", action="store_true", help="on PostgreSQL and RabbitMQ")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        prepare()
        try:
            if options["real"]:
                self.real(began, once=options["once"])
            else:
                self.in_one_process(began, once=options["once"])
        except (DemoFault, Refusal) as fault:
            raise CommandError(str(fault)) from fault

    def in_one_process(self, began: float, *, once: bool) -> None:
        """SQLite, letters in memory: the path runs here, then this process becomes the server."""
        self.report(Walk(ask_in_process, embedded.drain).run(), began)
        if not once:
            self.invite()
            os.execv(sys.executable, [sys.executable, "-m", "granian", *SERVE])  # noqa: S606

    def report(self, case: dict[str, Any], began: float) -> None:
        """The timeline, where the certificates lie, and the line of JSON; the exit code says if all is so."""
        papers = demo_report.certificates(case, ROOT / "var" / "demo")
        outcome = demo_report.result(case, papers, time.monotonic() - began)
        self.stdout.write(f"\n{case['itemName']}  {case['number']}  {case['stateName']}\n\n")
        self.stdout.write(demo_report.timeline(case) + "\n\n")
        self.stdout.write(demo_report.as_line(outcome))
        self.stdout.flush()
        if not demo_report.is_good(outcome):
            raise CommandError(
                "The path did not come to its promised end; the line above says how far."
            )

    def invite(self) -> None:
        """What to open, and as whom."""
        self.stdout.write(f"\n打开 {settings.PUBLIC_URL} ，用下列账号登录：\n\n")
        self.stdout.write(demo_report.sign_in_table() + "\n\nCtrl-C 结束。\n")
        self.stdout.flush()


SERVE = [
    "--interface",
    "wsgi",
    "--host",
    "127.0.0.1",
    "--port",
    str(PORT),
    "--workers",
    "1",
    "--blocking-threads",
    "4",
    "--no-ws",
    "config.wsgi:application",
]


def prepare() -> None:
    """Tables by their owner, then the city and its items; a second run changes nothing."""
    Path(settings.FILES_DIR).mkdir(parents=True, exist_ok=True)
    owner = os.environ.get("DATABASE_OWNER_URL", "")
    if owner:
        for words in (["migrate", "--verbosity", "0"], ["grant_rights"]):
            environment = {**os.environ, "DATABASE_URL": owner}
            run = [sys.executable, str(ROOT / "manage.py"), *words]
            subprocess.run(run, env=environment, check=True, stdout=subprocess.DEVNULL)
    else:
        (ROOT / "var").mkdir(exist_ok=True)
        call_command("migrate", verbosity=0)
    with Path(os.devnull).open("w") as quiet:
        call_command("load_city", stdout=quiet)
        call_command("load_items", stdout=quiet)
