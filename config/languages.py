"""Compiles the written catalogues of what people read in English (`python -m config.languages`)."""

import os
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent / "locale"


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Writes `django.mo` beside every `django.po`; whole or not at all, so that a reader never meets half a file."""
    compiled = []
    for written in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        target = written.with_suffix(".mo")
        fresh = target.with_suffix(f".{os.getpid()}.mo")
        fresh.write_bytes(polib.pofile(str(written)).to_binary())
        fresh.replace(target)
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    compile_catalogues()
