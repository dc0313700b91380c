"""What an operator finds in the logs after a fault: that it happened and where, and nobody's values."""

import json
import logging

from django.db import IntegrityError

from config.logs import Line

MARK = "110101190003070029"


def line_of(fault: Exception, message: str = "chore.failed %s", *given: object) -> str:
    """The line of a logger that caught a fault."""
    try:
        raise fault
    except Exception:
        return Line().format(
            logging.LogRecord(
                "bus.chores",
                logging.ERROR,
                __file__,
                1,
                message,
                given or ("x",),
                (type(fault), fault, fault.__traceback__),
            )
        )


def test_inv_31_a_fault_is_told_by_its_kind_and_places_and_never_by_its_text():
    line = line_of(IntegrityError(f"Key (id_number)=({MARK}) already exists."))
    assert MARK not in line
    told = json.loads(line)
    assert told["kind"] == "IntegrityError"
    assert told["event"] == "chore.failed x"
    assert any("test_logs.py" in frame for frame in told["frames"])


def test_atk_71_a_line_break_in_a_value_forges_no_line():
    line = line_of(ValueError("x"), "Not Found: %s", '/a\n{"event": "accepted"}')
    assert "\n" not in line


def test_faults_of_pages_reach_the_operator_in_production_too():
    assert any(isinstance(handler.formatter, Line) for handler in logging.getLogger().handlers)
    django = logging.getLogger("django")
    assert (django.handlers, django.propagate) == ([], True)
    assert logging.getLogger("django.request").isEnabledFor(logging.ERROR)
