"""Decides which documents may run: the trusted ones of `graphql/operations`, or a checked ad-hoc one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from graphql import DocumentNode, OperationDefinitionNode, OperationType, specified_rules, validate

from gateway import cost, limits
from gateway.schema import schema
from gateway.transport import Asked
from people.errors import Problem, Refusal, Refusals

FOLDER = Path(__file__).resolve().parent.parent / "operations"
MOST_ERRORS = 10


@dataclass(frozen=True)
class Document:
    """A document that was parsed, measured and validated; `digest` is the SHA-256 of its text in hex."""

    name: str
    digest: str
    ast: DocumentNode
    operation: OperationDefinitionNode

    @property
    def is_mutation(self) -> bool:
        """Writes."""
        return self.operation.operation is OperationType.MUTATION


def prepare(text: str, variables: Mapping[str, object]) -> Document:
    """Parses, measures, validates and costs a text; refuses it at the first of these that it fails."""
    ast = limits.read_document(text)
    operation = limits.check_size(ast)
    errors = validate(
        schema.graphql_schema, ast, specified_rules, max_errors=MOST_ERRORS, hide_suggestions=True
    )
    if errors:
        raise Refusals([_invalid(error.message, error.locations) for error in errors[:MOST_ERRORS]])
    cost.check_cost(cost.cost_of(schema.graphql_schema, ast, operation, variables))
    name = operation.name.value if operation.name else ""
    return Document(name, hashlib.sha256(text.encode()).hexdigest(), ast, operation)


def _invalid(message: str, locations: object) -> Problem:
    """Where a document is wrong; what is wrong is told in development only, it names the schema."""
    place = locations[0] if isinstance(locations, list) and locations else None
    line, column = (place.line, place.column) if place else (1, 1)
    detail = message if settings.DEBUG else ""
    return Problem("QUERY_INVALID", "query", {"line": line, "column": column, "detail": detail})


@cache
def trusted() -> dict[str, Document]:
    """Every document of the folder, by hash and by name; a bad or doubly named one stops the start."""
    found: dict[str, Document] = {}
    for path in sorted(FOLDER.glob("*.graphql")):
        document = prepare(path.read_text(encoding="utf-8"), {})
        if not document.name or document.name in found:
            raise ValueError(f"{path.name}: its operation needs a name of its own")
        found[document.name] = found[document.digest] = document
    return found


def manifest() -> dict[str, str]:
    """{operation name: hash} of the trusted documents, for clients that ship."""
    return {document.name: document.digest for document in trusted().values()}


def chosen(asked: Asked) -> Document:
    """The document that a request names or carries; ad-hoc ones only where the settings say so."""
    if asked.document:
        document = trusted().get(asked.document)
        if document is None:
            raise Refusal("PERSISTED_QUERY_NOT_FOUND", field="document")
    else:
        if not (settings.DEBUG or settings.AD_HOC_QUERIES):
            raise Refusal("AD_HOC_NOT_ALLOWED", field="query")
        document = prepare(asked.query, asked.variables)
    if asked.operation_name and asked.operation_name != document.name:
        raise Refusal("BAD_REQUEST", field="operationName", reason="operation")
    return document
