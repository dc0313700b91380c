"""Decides how our log lines look: one JSON object a line on standard error, so nothing in a value can forge a line."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

import structlog
from typing_extensions import override

MOST_FRAMES = 8


class Line(logging.Formatter):
    """A line of the standard library's loggers, ours and the frameworks': an error is told by its kind and places.

    Its text stays out, as at the door: the database and the validators put people's values into it (INV-31).
    """

    @override
    def format(self, record: logging.LogRecord) -> str:
        """JSON with event, level, logger, timestamp, and with an exception kind and frames."""
        line: dict[str, object] = {
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            frames = traceback.extract_tb(fault.__traceback__)[-MOST_FRAMES:]
            line["kind"] = type(fault).__name__
            line["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line)


# For Django's LOGGING: its own handlers would mail faults of production to nobody and show them nowhere.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": Line}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}


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
