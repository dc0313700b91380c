"""Decides on what is measured: a fresh PostgreSQL database with the demo city and its items."""

from io import StringIO

import psycopg
from django.core.management import call_command


def fresh_database(owner_url: str, name: str) -> str:
    """Drops and makes the database `tongban_bench_<name>` beside the owner's; returns its address."""
    database = f"tongban_bench_{name}"
    with psycopg.connect(owner_url, autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {database}")
        link.execute(f"CREATE DATABASE {database}")
    return f"{owner_url.rsplit('/', 1)[0]}/{database}"


def load_city() -> None:
    """Tables, people, departments with their keys, certificates, published items."""
    for words in (["migrate", "--verbosity", "0"], ["load_city"], ["load_items"]):
        call_command(*words, stdout=StringIO())
