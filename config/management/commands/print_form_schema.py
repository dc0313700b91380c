"""Prints the form of a published item as JSON Schema 2020-12, as the server validates with it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from people.errors import Refusal
from services.json_schema import form_schema
from services.queries import current_version, definition_of


class Command(BaseCommand):
    """`manage.py print_form_schema CODE`."""

    help = "Prints the form of a published item as JSON Schema 2020-12."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code of the item")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            version = current_version(options["code"])
        except Refusal as refusal:
            raise CommandError(f"{options['code']}: {refusal.code}") from refusal
        schema = form_schema(definition_of(version), version.number)
        self.stdout.write(json.dumps(schema, ensure_ascii=False, indent=2))
