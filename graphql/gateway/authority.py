"""Enforces the table of rights (rights.py) on every field of the schema, in this one place."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema

from gateway.context import Context
from gateway.right import MASKED, NO, YES
from gateway.rights import ASSISTED, TABLE
from people.errors import Refusal
from workflows.models import Approval, Case
from workflows.queries import relation_to

Relation = Callable[[Context, Any], str]


class FieldWithoutRight(Exception):
    """A field of the schema that the table does not know; nobody may read what nobody decided about."""


def _to_case(context: Context, case: Case) -> str:
    return relation_to(context.viewer, case)


def _to_approval(context: Context, approval: Approval) -> str:
    viewer = context.viewer
    if viewer.kind == "officer":
        return "department" if approval.department_id == viewer.department_id else "colleague"
    return "applicant" if viewer.is_applicant else viewer.kind


def _side(context: Context, _root: object) -> str:
    return "applicant" if context.viewer.is_applicant else context.viewer.kind


def _kind(context: Context, _root: object) -> str:
    return context.viewer.kind


def _anyone(_context: Context, _root: object) -> str:
    return "anyone"


RELATIONS: dict[str, Relation] = {
    "Query": _kind,
    "Mutation": _kind,
    "Case": _to_case,
    "CaseSummary": _to_case,
    "OpenCase": _to_case,
    "CaseApproval": _to_approval,
    "Approval": _to_approval,
    "ApprovalSummary": _to_approval,
    "Decision": _side,
}


def guard(schema: GraphQLSchema) -> None:
    """Puts the table before the resolver of every field; FieldWithoutRight names all that have no row."""
    fields = fields_of(schema)
    missing = [f"{owner}.{name}" for owner, name, _ in fields if not rights_of(owner, name)]
    if missing:
        raise FieldWithoutRight(", ".join(missing))
    for owner, name, field in fields:
        rights = rights_of(owner, name) or {}
        if set(rights.values()) != {YES}:  # what everybody may read needs no judge
            field.resolve = _guarded(field.resolve, RELATIONS.get(owner, _anyone), rights)


def fields_of(schema: GraphQLSchema) -> list[tuple[str, str, GraphQLField]]:
    """(type, field, definition) of every field of ours."""
    return [
        (name, field_name, field)
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
        for field_name, field in kind.fields.items()
    ]


def rights_of(type_name: str, field_name: str) -> Mapping[str, str] | None:
    """{relation: right} of a field. Pages and payloads hold only what their own root field allowed."""
    if type_name.endswith("Page"):
        return {"anyone": YES} if field_name in {"nodes", "pageInfo"} else None
    if type_name.endswith("Payload"):
        return {"anyone": YES}
    rights = TABLE.get(type_name)
    return rights.of(field_name) if rights else None


def mask(value: object) -> object:
    """The first character and stars; nothing of a value that is not a text."""
    if not isinstance(value, str):
        return None
    return value[:1] + "*" * min(len(value) - 1, 3) if value else ""


def _guarded(resolve: Any, relation: Relation, rights: Mapping[str, str]) -> Any:
    def judged(root: Any, info: Any, **given: Any) -> Any:
        context: Context = info.context
        right = rights.get(relation(context, root), NO)
        if root is None and context.viewer.assisted_by and info.field_name not in ASSISTED:
            right = NO
        if right == NO:
            anonymous = context.viewer.kind == "anonymous"
            raise Refusal("UNAUTHENTICATED" if anonymous else "FORBIDDEN", field=info.field_name)
        value = resolve(root, info, **given)
        return mask(value) if right == MASKED else value

    return judged
