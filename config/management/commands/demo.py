"""Runs the demo: tables, city, the restaurant's whole path, its timeline; then leaves the halls open."""

import logging
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from io import StringIO
from typing import Any

import structlog
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from config import demo_report, embedded, processes
from config.demo_tour import tour
from config.demo_walk import DemoFault, Walk
from config.env import ROOT
from config.http_client import HttpClient, Refused, data_of
from config.management.commands.prepare import wait_for_broker
from config.processes import ProcessFailed
from gateway.door import execute
from people.errors import Refusal
from people.tokens import viewer_of
from people.viewer import Viewer

PORT = 8000


def ask_in_process(operation: str, variables: Mapping[str, Any], token: str) -> dict[str, Any]:
    """Runs a trusted document in this process, as the halls do."""
    viewer = viewer_of(token) if token else Viewer.anonymous()
    return data_of(operation, execute(operation, variables, viewer))


class Command(BaseCommand):
    help = "Runs the demo city's path from form to certificates, then serves the halls."
    requires_system_checks = ()  # a second run should be quick; migrate checks the database

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end after the path")
        parser.add_argument("--real", action="store_true", help="on PostgreSQL and RabbitMQ")
        parser.add_argument("--began", type=float, help="when it was asked for, seconds since 1970")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        began = options["began"] or time.time()
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        signal.signal(signal.SIGTERM, end)
        run = self.with_processes if options["real"] else self.in_one_process
        try:
            run(began, once=options["once"])
        except KeyboardInterrupt:
            self.stdout.write("\n结束。")
        except (DemoFault, Refusal, Refused, ProcessFailed) as fault:
            raise CommandError(str(fault)) from fault

    def in_one_process(self, began: float, *, once: bool) -> None:
        """SQLite, letters in memory: the path runs here, then this process becomes the server."""
        prepare()
        case = Walk(ask_in_process, embedded.drain).run()
        if self.load_cases():
            embedded.drain()
        self.report(case, began, once=once)
        if not once:
            os.execv(sys.executable, [sys.executable, "-m", "granian", *SERVE])  # noqa: S606

    def with_processes(self, began: float, *, once: bool) -> None:
        """PostgreSQL and RabbitMQ: the path goes over HTTP, past relay, consumers and workers."""
        if settings.EMBEDDED or not os.environ.get("DATABASE_OWNER_URL"):
            raise CommandError(
                "Set DATABASE_URL, DATABASE_OWNER_URL and BROKER_URL, or run script/demo --real."
            )
        port = free_port() if once else PORT
        with processes.Processes(os.environ, port, ROOT / "var" / "logs") as running:
            running.start_one("front")
            running.start_one("web")  # it reads its modules while we prepare
            prepare("--no-queues")
            running.wait_alive()
            walk = Walk(HttpClient(f"http://127.0.0.1:{port}").ask, lambda: time.sleep(0.2))
            walk.enter()  # meanwhile RabbitMQ starts
            wait_for_broker(settings.BROKER_URL)
            call_command("topology", stdout=StringIO())
            running.fork_missing()
            running.wait_ready()
            case = walk.run()
            if self.load_cases():
                running.wait_settled()
            self.report(case, began, once=once)
            while not once:
                running.check()
                time.sleep(1)

    def load_cases(self) -> bool:
        """The city's other cases, once; whether there is anything new to be printed and delivered."""
        new = StringIO()
        call_command("load_cases", stdout=new)
        return bool(new.getvalue())

    def report(self, case: dict[str, Any], began: float, *, once: bool) -> None:
        """The timeline, a tour of the city, who may sign in; `once` ends with JSON. The exit code says if all is so."""
        papers = demo_report.certificates(case, ROOT / "var" / "demo" / mode())
        outcome = demo_report.result(case, papers, time.time() - began)
        self.stdout.write(f"\n{case['itemName']}  {case['number']}  {case['stateName']}\n\n")
        self.stdout.write(demo_report.timeline(case) + "\n\n")
        self.stdout.write(f"随便看看（密码都是 {demo_report.password()}）：\n\n{tour()}\n\n")
        if once:
            self.stdout.write(demo_report.as_line(outcome))
        else:
            self.stdout.write(f"刚才的办件由他们办理：\n\n{demo_report.sign_in_table()}\n\n")
            self.stdout.write(f"打开 {settings.PUBLIC_URL} ，Ctrl-C 结束。\n")
        self.stdout.flush()
        if not demo_report.is_good(outcome):
            raise CommandError(
                "The path did not come to its promised end; the lines above say how far."
            )


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


def prepare(*words: str) -> None:
    """Tables, the city, its items; a second run changes nothing."""
    (ROOT / "var").mkdir(exist_ok=True)
    call_command("prepare", *words, stdout=StringIO())


def mode() -> str:
    """embedded or real: each has its own cases, so each has its own folder of papers."""
    return "embedded" if settings.EMBEDDED else "real"


def free_port() -> int:
    """A port on the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end(_signal: int, _frame: object) -> None:
    """SIGTERM ends the demo as Ctrl-C does, so that its processes end with it."""
    raise KeyboardInterrupt
