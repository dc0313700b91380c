"""What an officer does with time and tasks: extend, stop and resume clocks, let go of a claim."""

import graphene

from gateway.acts import APPROVAL, APPROVAL_ID, CASE, argument, case_verb, on_approval, on_case
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
}
