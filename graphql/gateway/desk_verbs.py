"""What an officer does with time and tasks: extend, stop and resume clocks, let go of a claim, void a paper."""

from collections.abc import Mapping
from typing import Any

import graphene

from gateway.acts import APPROVAL, APPROVAL_ID, CASE, argument, case_verb, on_approval, on_case
from gateway.context import Context
from gateway.papers import DocumentType
from gateway.verbs import Verb
from workflows import commands

ABOUT = {
    "case_id": argument(
        graphene.UUID, "办件的标识；中止整个办件时给出", required=False, default_value=None
    ),
    "approval_id": argument(
        graphene.UUID, "审批的标识；只中止一个部门时给出", required=False, default_value=None
    ),
}


def _void(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    """Voids a paper; what comes back is the one that takes its place."""
    document = commands.void_document(viewer=context.viewer, key=idempotency_key, **given)
    return {"document": document}


VERBS = {
    "extend_case": case_verb(
        "经批准延长办理期限，只能一次，理由告知申请人。",
        commands.extend_case,
        reason=argument(graphene.String, "理由"),
    ),
    "stop_clock": Verb(
        "依法中止计时，如听证、检验检测；所需时间书面告知申请人。",
        on_case(commands.stop_clock),
        CASE,
        ABOUT
        | {
            "reason_code": argument(graphene.String, "stopChoices 中的一种"),
            "expected_until": argument(graphene.Date, "预计需要到哪天；届时自动恢复"),
        },
    ),
    "resume_clock": Verb(
        "恢复计时，新的期限告知申请人。", on_case(commands.resume_clock), CASE, ABOUT
    ),
    "release_claim": Verb(
        "放弃领办，同事可以接着办理。", on_approval(commands.release_claim), APPROVAL, APPROVAL_ID
    ),
    "void_document": Verb(
        "作废一份文书并换发；文号保留，决定内容不变。",
        _void,
        {"document": graphene.Field(DocumentType, description="换发的文书；被拒绝时为空")},
        {
            "document_id": argument(graphene.UUID, "文书的标识"),
            "reason": argument(graphene.String, "理由"),
        },
    ),
}
