"""What can be done with a case: each mutation is the command of its name in workflows."""

import graphene

from gateway.acts import APPROVAL, APPROVAL_ID, CASE, labels
from gateway.acts import argument as _argument
from gateway.acts import case_verb as _case_verb
from gateway.acts import on_approval as _on_approval
from gateway.acts import on_case as _on_case
from gateway.scalars import Answers
from gateway.verbs import Verb
from workflows import commands


class CorrectionInput(graphene.InputObjectType):
    """补正通知中的一项。"""

    field = graphene.String(required=True, description="字段路径")
    message = graphene.String(required=True, description="需要怎样补正")


REVISION = {"revision": _argument(graphene.Int, "您看到的内容的版本；内容已变化时会被拒绝")}
FILLED = {"answers": _argument(Answers, "填写的内容，键是字段路径")}
REASON = {"reason": _argument(graphene.String, "理由")}


VERBS = {
    "start_case": Verb(
        "开始办理一个事项，得到一份草稿。",
        _on_case(commands.start_case),
        CASE,
        {
            "item_code": _argument(graphene.String, "事项编码"),
            "answers": _argument(
                Answers,
                "办理前已经回答的内容（preparation.questions），带入草稿，不再询问",
                required=False,
                default_value=None,
            ),
            "division": _argument(
                graphene.String,
                "在哪个行政区划办理；有地区差异的，用该区划的版本",
                required=False,
                default_value="",
            ),
        },
        labels=labels,
    ),
    "renew_draft": _case_verb(
        "把草稿更新到现行版本（所填区划有地区差异的，用该区划的版本）；新版要的内容都保留。",
        commands.renew_draft,
        **REVISION,
    ),
    "grant_use": _case_verb(
        "授权本件使用电子证照，并用它们填写表单；每次使用都有记录。",
        commands.grant_use,
        certificates=graphene.Argument(
            graphene.List(graphene.NonNull(graphene.UUID)),
            description="只授权这些证照；不给出则授权表单需要的全部",
        ),
    ),
    "save_answers": _case_verb(
        "保存草稿中的内容；只送改动的字段。", commands.save_answers, **REVISION, **FILLED
    ),
    "submit_case": _case_verb(
        "提交申请，得到办件编号与收件凭证；缺少的内容一次全部告知。",
        commands.submit_case,
        **REVISION,
    ),
    "answer_corrections": _case_verb(
        "提交补正的内容；只能改动通知中的字段。", commands.answer_corrections, **REVISION, **FILLED
    ),
    "withdraw_case": _case_verb(
        "撤回申请；作出决定之前都可以。",
        commands.withdraw_case,
        reason=_argument(graphene.String, "理由；草稿可以不写", required=False, default_value=""),
    ),
    "accept_case": _case_verb("受理，各部门同时开始办理。", commands.accept_case),
    "decline_case": _case_verb(
        "不予受理，说明理由与应当去哪里办理。",
        commands.decline_case,
        **REASON,
        redirect=_argument(graphene.String, "应当向谁申请"),
    ),
    "request_corrections": _case_verb(
        "一次性告知需要补正的全部内容。",
        commands.request_corrections,
        items=_argument(graphene.List(graphene.NonNull(CorrectionInput)), "需要补正的各项"),
        proposals=_argument(
            graphene.List(graphene.NonNull(graphene.UUID)),
            "已经看过的部门意见，即 case.proposals 的标识",
            required=False,
            default_value=(),
        ),
    ),
    "record_delivery": _case_verb(
        "登记结果的送达。",
        commands.record_delivery,
        certificate_id=_argument(graphene.UUID, "送达的证照", required=False, default_value=None),
        document_id=_argument(
            graphene.UUID, "送达的文书；与证照二者选一", required=False, default_value=None
        ),
        method=_argument(graphene.String, "electronic、collected、post"),
        receiver=_argument(graphene.String, "签收人"),
        proof=_argument(graphene.String, "凭证；邮寄时必填", required=False, default_value=""),
    ),
    "claim_approval": Verb(
        "领办一件审批，同事看到由谁在办。",
        _on_approval(commands.claim_approval),
        APPROVAL,
        APPROVAL_ID,
    ),
    "decide_approval": Verb(
        "对一件审批作出决定。",
        _on_approval(commands.decide_approval),
        APPROVAL,
        APPROVAL_ID
        | {
            "outcome": _argument(graphene.String, "approval.outcomes 中的一种"),
            "reason": _argument(graphene.String, "理由；不予许可等必须写明"),
            "basis": _argument(
                graphene.String, "依据；不给出则用环节的依据", required=False, default_value=""
            ),
            "reading_digest": _argument(graphene.String, "approval.reading.digest"),
            "findings": _argument(
                graphene.List(graphene.NonNull(graphene.String)),
                "踏勘的整改意见",
                required=False,
                default_value=[],
            ),
        },
    ),
}
