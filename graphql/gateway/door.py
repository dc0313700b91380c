"""Runs a document for a viewer and answers with data and refusals, never with a fault's own words.

The halls call `execute`; the view calls `answer`. Both run the same documents under the same rules.
"""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from uuid import uuid4

import structlog
from django.db import InterfaceError, OperationalError
from graphql import ExecutionResult, GraphQLError
from graphql import execute as run

from gateway.context import Context
from gateway.documents import Document, chosen
from gateway.errors import error_of
from gateway.inputs import check_variables
from gateway.schema import schema
from gateway.transport import Asked, check_characters, status_of
from people.errors import Problem, Refusal
from people.viewer import Viewer

log = structlog.get_logger("gateway")
MOST_ERRORS = 10


@dataclass(frozen=True)
class Answer:
    """An HTTP status and a body of GraphQL's form: data and errors."""

    status: int
    body: dict[str, object]
    retry_after: int = 0  # seconds, when the client should wait


def execute(
    operation_name: str, variables: Mapping[str, object], viewer: Viewer, origin: str = ""
) -> dict[str, object]:
    """The answer {"data": ..., "errors": [...]} of a trusted document, by its name, for the halls in-process."""
    asked = Asked(operation_name, "", dict(variables), "")
    request_id = viewer.request_id or new_request_id()
    try:
        check_characters(asked.variables)
    except Refusal as refusal:
        return refused(refusal, request_id).body
    return answer(asked, viewer, request_id, origin).body


def new_request_id() -> str:
    """A name for one request that people can read to us on the telephone."""
    return uuid4().hex[:20]


def answer(asked: Asked, viewer: Viewer, request_id: str, origin: str = "") -> Answer:
    """Chooses, checks and runs; a refusal before the run has its own status, everything after it is 200, 429 or 503."""
    began = perf_counter()
    try:
        document = chosen(asked)
        check_variables(schema.graphql_schema, document.operation, asked.variables)
    except Refusal as refusal:
        return refused(refusal, request_id)
    result = run(
        schema.graphql_schema,
        document.ast,
        context_value=Context(viewer, request_id, origin),
        variable_values=asked.variables,
        hide_suggestions=True,
    )
    assert isinstance(result, ExecutionResult)  # nothing of ours is asynchronous
    reply = shown(result, request_id)
    note(document, viewer, request_id, reply, perf_counter() - began)
    return reply


def refused(refusal: Refusal, request_id: str) -> Answer:
    """The answer to a request that did not run."""
    errors = [error_of(problem, request_id) for problem in refusal.problems[:MOST_ERRORS]]
    log.info(
        "refused", request_id=request_id, codes=[p.code for p in refusal.problems][:MOST_ERRORS]
    )
    return Answer(status_of(refusal.code), {"errors": errors})


def shown(result: ExecutionResult, request_id: str) -> Answer:
    """Data and masked errors of a run; 503 when the database was away."""
    entries: list[dict[str, object]] = []
    for error in result.errors or ():
        for problem in problems_of(error, request_id):
            entries.append(error_of(problem, request_id, error.path))
    body: dict[str, object] = {"data": result.data}
    if entries:
        body["errors"] = entries[:MOST_ERRORS]
    away = any(isinstance(error.original_error, _AWAY) for error in result.errors or ())
    seconds = max((waiting(error) for error in result.errors or ()), default=0)
    return Answer(503 if away else 429 if seconds else 200, body, seconds)


def waiting(error: GraphQLError) -> int:
    """For how many seconds a query is refused because it was tried too often; 0 for all other errors."""
    cause = error.original_error
    if not isinstance(cause, Refusal) or cause.code != "RATE_LIMITED":
        return 0
    return int(str(cause.problems[0].params.get("seconds", 1)))


_AWAY = (OperationalError, InterfaceError)


def problems_of(error: GraphQLError, request_id: str) -> list[Problem]:
    """What people may know of an error: refusals as they are, faults as INTERNAL and a line in the log."""
    cause = error.original_error
    if isinstance(cause, Refusal):
        return list(cause.problems)
    frames = traceback.extract_tb((cause or error).__traceback__)[-5:]
    log.error(
        "fault",
        request_id=request_id,
        kind=type(cause or error).__name__,  # never its text: it may hold a person's values
        path=".".join(str(part) for part in error.path or ()),
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )
    return [Problem("SERVICE_UNAVAILABLE" if isinstance(cause, _AWAY) else "INTERNAL")]


def note(
    document: Document, viewer: Viewer, request_id: str, reply: Answer, seconds: float
) -> None:
    """One line about one request; names and numbers, no personal value."""
    log.info(
        "answered",
        request_id=request_id,
        operation=document.name,
        document=document.digest[:12],
        viewer=viewer.kind,
        errors=len(reply.body.get("errors", ())),  # type: ignore[arg-type]
        milliseconds=round(seconds * 1000),
    )
