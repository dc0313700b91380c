"""What people read for the stable names of states, kinds and acts; Chinese is the source, `locale/en` has English."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from people.functions import FUNCTIONS as FUNCTIONS

STATES = {
    "issuing": _("签发中"),
    "draft": _("草稿"),
    "submitted": _("已收件"),
    "correcting": _("待补正"),
    "reviewing": _("审批中"),
    "suspended": _("已中止"),
    "decided": _("已决定"),
    "concluded": _("已办结"),
    "not_accepted": _("不予受理"),
    "withdrawn": _("已撤回"),
    "abandoned": _("已放弃"),
    "lapsed": _("逾期终止"),
    "forwarded": _("已转报"),
    "waiting": _("未开始"),
    "open": _("待办理"),
    "void": _("不再需要"),
    "void_paper": _("已作废"),
}
# What a state does not allow; only inside the sentence of ILLEGAL_TRANSITION.
ACTS = {
    "save_answers": _("修改表单"),
    "grant_use": _("授权使用证照"),
    "submit_case": _("提交申请"),
    "renew_draft": _("更新到现行版本"),
    "accept_case": _("受理"),
    "decline_case": _("作出不予受理决定"),
    "request_corrections": _("要求补正"),
    "propose_corrections": _("提出补正意见"),
    "answer_corrections": _("提交补正"),
    "withdraw_case": _("撤回申请"),
    "attach_file": _("添加附件"),
    "detach_file": _("移除附件"),
    "promise_material": _("承诺后补"),
    "decide_approval": _("作出决定"),
    "release_claim": _("放弃领办"),
    "extend_case": _("延长期限"),
    "stop_clock": _("中止计时"),
    "resume_clock": _("恢复计时"),
    "void_document": _("作废"),
    "record_delivery": _("登记送达"),
    "object_to_mismatch": _("对核验结果提出异议"),
}
ANY_ACT = _("进行此项操作")
# GB/T 39046-2020, appendix A.1.
ITEM_TYPES = {
    "00": _("行政权力"),
    "01": _("行政许可"),
    "02": _("行政处罚"),
    "03": _("行政强制"),
    "04": _("行政征收"),
    "05": _("行政给付"),
    "06": _("行政检查"),
    "07": _("行政确认"),
    "08": _("行政奖励"),
    "09": _("行政裁决"),
    "10": _("其他行政权力"),
    "20": _("公共服务"),
    **{str(code): _("其他行政权力") for code in range(11, 20)},
    **{str(code): _("公共服务") for code in range(21, 30)},
}
HOLDERS = {
    "applicant": _("申请人"),
    "representative": _("法定代表人"),
    "agent": _("代办人"),
}
# Kinds of step, of material and of document.
KINDS = {
    "approve": _("审批"),
    "verify": _("核验"),
    "advise": _("征求意见"),
    "inspect": _("现场踏勘"),
    "evaluate": _("评审"),
    "issue": _("发证"),
    "form_generated": _("表单自动生成"),
    "cert_linked": _("关联电子证照"),
    "data_verified": _("数据核验"),
    "promise": _("告知承诺"),
    "upload": _("上传"),
    "later": _("容缺后补"),
    "receipt": _("收件凭证"),
    "acceptance": _("受理通知书"),
    "non_acceptance": _("不予受理通知书"),
    "correction_notice": _("补正告知书"),
    "extension": _("延长办理期限告知书"),
    "stop": _("特别程序所需时间告知书"),
    "supplement_notice": _("补齐材料通知书"),
    "approval_decision": _("准予决定书"),
    "denial_decision": _("不予决定书"),
}
OUTCOMES = {
    "approved": _("准予"),
    "denied": _("不予"),
    "partly": _("部分准予"),
    "match": _("一致"),
    "mismatch": _("不一致"),
    "not_found": _("未查到"),
    "unavailable": _("暂不可用"),
    "agree": _("同意"),
    "disagree": _("不同意"),
    "agree_forward": _("同意并转报"),
    "passed": _("合格"),
    "failed": _("不合格"),
}
ROLES = {
    "counter": _("窗口人员"),
    "officer": _("承办人"),
    "approver": _("审批人"),
    "supervisor": _("负责人"),
    "catalogue_editor": _("事项编辑"),
    "auditor": _("审计员"),
}
PART_STATES = {
    "unchosen": _("不办"),
    "waiting": _("未开始"),
    "open": _("办理中"),
    "decided": _("已决定"),
    "ended": _("不再办理"),
}
# How a material is had before anything was started.
HAD = {
    "form": _("填表后自动生成，不用上传"),
    "promise": _("在表中勾选承诺"),
    "check": _("由部门数据核验，不用提交"),
    "there": _("已有电子证照，不用提交"),
    "lacking": _("证照库中没有找到"),
    "library": _("有电子证照的不用提交，登录后查看"),
    "file": _("需要上传"),
    "later": _("可以受理后补齐"),
}
# Arguments of mutations, as the sentences of refusals call them.
ARGUMENTS = {
    "certificateId": _("送达的证照或者文书"),
    "audience": _("办理对象"),
    "expectedUntil": _("预计恢复的日子"),
    "reasonCode": _("事由"),
    "certificates": _("授权的证照"),
    "items": _("需要补正的内容"),
    "method": _("送达方式"),
    "outcome": _("决定"),
    "proof": _("凭证"),
    "reason": _("理由"),
    "receiver": _("签收人"),
    "redirect": _("应当向谁申请"),
}
CONSENTS = {"code": _("本人短信验证码"), "paper": _("书面授权")}
SITTINGS = {
    "waiting": _("等待同意"),
    "witnessed": _("同事已确认，可以开始"),
    "open": _("办理中"),
    "over": _("已结束"),
}
YES_NO = {"True": _("是"), "False": _("否")}
USERS = {"platform": _("政务服务平台")}
METHODS = {
    "electronic": _("电子送达"),
    "collected": _("窗口领取"),
    "post": _("邮寄"),
}
CLOCKS = {
    "notice": _("告知是否受理"),
    "correction": _("补正"),
    "promised": _("承诺办结"),
}
PAPERS = {"issued": _("有效"), "void": _("作废")}
LIGHTS = {
    "green": _("正常"),
    "yellow": _("临近到期"),
    "red": _("已超期"),
    "still": _("中止计时"),
}
# What happened, as a line of the timeline.
EVENTS = {
    "started": _("开始填写申请"),
    "answers_saved": _("填写了表单"),
    "renewed": _("更新到现行版本"),
    "file_attached": _("添加了材料附件"),
    "file_detached": _("移除了材料附件"),
    "file_refused": _("一个附件未通过安全检查"),
    "material_promised": _("承诺受理后补齐材料"),
    "material_supplied": _("补齐了承诺后补的材料"),
    "material_missed": _("承诺后补的材料逾期未补齐"),
    "use_granted": _("授权使用电子证照，表单已自动填写"),
    "submitted": _("提交申请，已收件"),
    "accepted": _("予以受理"),
    "notice_missed": _("逾期未告知，自收到之日起视为受理"),
    "declined": _("决定不予受理"),
    "corrections_requested": _("一次性告知需要补正的内容"),
    "corrections_proposed": _("提出补正意见，由牵头部门一并告知"),
    "corrections_answered": _("提交了补正内容"),
    "lapsed": _("逾期未补正，申请终止"),
    "corrections_missed": _("逾期未补正，未办完的环节终止，已作出的决定仍然有效"),
    "approval_opened": _("收到“{step}”，开始办理"),
    "approval_claimed": _("领办“{step}”"),
    "claim_released": _("放弃领办“{step}”"),
    "extended": _("经批准延长办理期限"),
    "clock_stopped": _("依法中止计算期限"),
    "document_voided": _("文书 {document} 作废，换发为 {replacement}"),
    "clock_resumed": _("恢复计算期限"),
    "opinion_given": _("对“{step}”提出意见"),
    "approval_decided": _("对“{step}”作出决定：{outcome}"),
    "mismatch_objected": _("对“{step}”的结果提出异议"),
    "approval_checked": _("“{step}”的核验结果：{outcome}"),
    "approval_reopened": _("内容有变化，重新办理“{step}”"),
    "approval_escalated": _("“{step}”逾期未答复，已提请督办"),
    "case_moved": _("改按事项的新版本办理"),
    "approval_held": _("等待前一环节，暂停“{step}”"),
    "approval_void": _("“{step}”不再需要办理"),
    "approval_in_vain": _("“{before}”没有准予，需要它的结果的“{step}”不再办理"),
    "decided": _("全部环节已有决定：{outcome}"),
    "result_filled": _("“{step}”的结果已自动填入后续环节"),
    "certificate_issued": _("“{step}”的证照已经签发"),
    "certificate_changed": _("依据的{certificate}状态有变：{status}"),
    "concluded": _("办结：{outcome}"),
    "withdrawn": _("申请人撤回申请"),
    "abandoned": _("放弃了草稿"),
    "delivered": _("结果已送达：{method}"),
}
# Events that the applicant makes; those without a department are the platform's own.
BY_APPLICANT = frozenset(
    {
        "started",
        "renewed",
        "answers_saved",
        "use_granted",
        "submitted",
        "corrections_answered",
        "withdrawn",
    }
    | {"mismatch_objected"}
    | {"file_attached", "file_detached", "material_promised"}
)
UPLOADS = {
    "open": _("等待上传"),
    "received": _("正在检查"),
    "checked": _("已通过检查"),
    "refused": _("未通过检查"),
}
STATUSES = {
    "issuing": _("签发中"),
    "valid": _("有效"),
    "not_yet": _("尚未生效"),
    "expired": _("已过期"),
    "suspended": _("已暂停"),
    "revoked": _("已撤销"),
    "cancelled": _("已注销"),
    "superseded": _("已被新版本替代"),
    "altered": _("内容被改动"),
    "unknown_issuer": _("签发机关未知"),
    "not_found": _("未查到"),
}


def worded(words: Mapping[str, object], name: object) -> str:
    """The words for a stable name, or the name itself."""
    return str(words.get(str(name), name))
