"""Decides how our log lines look: one JSON object a line on standard error, so nothing in a value can forge a line."""

import sys
from typing import TextIO

import structlog


def configure() -> None:
    """Sets structlog up; line breaks and control characters inside values are escaped (ATK-71)."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        logger_factory=_logger,
        cache_logger_on_first_use=False,
    )


def _logger(*_names: str) -> structlog.PrintLogger:
    """Standard error as it is now: standard output belongs to the commands."""
    stream: TextIO = sys.stderr
    return structlog.PrintLogger(stream)
