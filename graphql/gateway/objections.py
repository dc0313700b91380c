"""How the applicant objects to what a register said: the mutation of the command's name."""

from collections.abc import Mapping
from typing import Any

import graphene

from gateway.acts import APPROVAL_ID, CASE, argument
from gateway.context import Context
from gateway.verbs import Verb
from workflows import commands
from workflows.queries import case_for


def _object_to_mismatch(
    context: Context, idempotency_key: str, **given: Any
) -> Mapping[str, object]:
    """The objection, and the case whose check it reopens."""
    approval = commands.object_to_mismatch(viewer=context.viewer, key=idempotency_key, **given)
    return {"case": case_for(context.viewer, approval.case_id)}


VERBS = {
    "object_to_mismatch": Verb(
        "对登记库的核验结果提出异议，由该部门的人员重新核对。",
        _object_to_mismatch,
        CASE,
        APPROVAL_ID | {"reason": argument(graphene.String, "登记有什么不对")},
    ),
}
