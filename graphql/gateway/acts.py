"""How a command about a case becomes the act of a mutation: what it is given and what is read again after it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import graphene

from gateway.answers import labels_of
from gateway.approvals import ApprovalType
from gateway.cases import CaseType
from gateway.context import Context
from gateway.verbs import Verb
from people.errors import NotFound, Refusal
from services.queries import current_version, definition_of
from workflows.previewing import preview_for
from workflows.queries import approval_for, case_for

Act = Callable[..., Mapping[str, object]]


def on_case(command: Callable[..., Any]) -> Act:
    """The act of a command that returns the case; it is read again with what its fields need."""

    def act(context: Context, idempotency_key: str, **given: object) -> Mapping[str, object]:
        case = command(viewer=context.viewer, key=idempotency_key, **given)
        return {"case": case_for(context.viewer, case.pk)}

    return act


def on_approval(command: Callable[..., Any]) -> Act:
    """The act of a command that returns the approval."""

    def act(context: Context, idempotency_key: str, **given: object) -> Mapping[str, object]:
        approval = command(viewer=context.viewer, key=idempotency_key, **given)
        return {"approval": approval_for(context.viewer, approval.pk)}

    return act


# Which rows an argument may name, as the viewer may see them.
FOUND: Mapping[str, tuple[Callable[..., Any], ...]] = {
    "case_id": (case_for, lambda viewer, key: preview_for(viewer, key).case),
    "approval_id": (lambda viewer, key: approval_for(viewer, key).case,),
}


def labels(context: Context, given: Mapping[str, object]) -> Mapping[str, str]:
    """Labels of the form of the case that the act was about, of its approval, or of the item to start."""
    if "item_code" in given:
        return _labels_of_item(str(given["item_code"]))
    for key, found in FOUND.items():
        identifier = given.get(key)
        for finder in found if isinstance(identifier, UUID) else ():
            try:
                case = finder(context.viewer, identifier)
            except NotFound:
                continue
            return labels_of(definition_of(case.item_version))
    return {}


def _labels_of_item(code: str) -> Mapping[str, str]:
    try:
        return labels_of(definition_of(current_version(code)))
    except Refusal:  # there is no such item
        return {}


def argument(kind: Any, description: str, **options: Any) -> graphene.Argument:
    return graphene.Argument(kind, description=description, **{"required": True, **options})


CASE = {"case": graphene.Field(CaseType, description="办件现在的样子；被拒绝时为空")}
APPROVAL = {"approval": graphene.Field(ApprovalType, description="审批现在的样子；被拒绝时为空")}
CASE_ID = {"case_id": argument(graphene.UUID, "办件的标识")}
APPROVAL_ID = {"approval_id": argument(graphene.UUID, "审批的标识")}


def case_verb(description: str, command: Callable[..., Any], **arguments: Any) -> Verb:
    return Verb(description, on_case(command), CASE, CASE_ID | arguments, labels=labels)
