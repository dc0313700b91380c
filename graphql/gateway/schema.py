"""The schema: every room's queries and verbs together, guarded by the table of rights."""

from pathlib import Path

import graphene
from graphql import print_schema

from gateway import (
    approvals,
    authority,
    boards,
    case_verbs,
    cases,
    catalogue,
    certificates,
    counter,
    desk_verbs,
    email,
    identity,
    mandates,
    messages,
    objections,
    preparing,
    previews,
    progress,
    sittings,
    uploads,
)
from gateway.verbs import mutation_type

CONTRACT = Path(__file__).resolve().parent.parent / "schema.graphql"


def query_type() -> type[graphene.ObjectType]:
    """The root type of all queries."""
    rooms = (
        catalogue,
        identity,
        cases,
        boards,
        approvals,
        certificates,
        messages,
        mandates,
        previews,
        email,
        sittings,
        counter,
        progress,
        preparing,
    )
    fields: dict[str, object] = {}
    for room in rooms:
        fields |= room.QUERIES
    fields["__doc__"] = "全部查询。没有的与无权查看的，回答相同。"
    return type("Query", (graphene.ObjectType,), fields)


schema = graphene.Schema(
    query=query_type(),
    mutation=mutation_type(
        identity.VERBS
        | case_verbs.VERBS
        | messages.VERBS
        | mandates.VERBS
        | previews.VERBS
        | email.VERBS
        | objections.VERBS
        | desk_verbs.VERBS
        | uploads.VERBS
        | sittings.VERBS,
    ),
)
authority.guard(schema.graphql_schema)


def printed() -> str:
    """The contract as text, as `graphql/schema.graphql` holds it."""
    return print_schema(schema.graphql_schema) + "\n"
