"""Decides what a message says: one title and one sentence per topic, looked up when it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

# topic: (title, sentence). Only what stands here becomes a message; an approval's own decision does
# not, because the case's decision follows and says all of them at once.
TEXTS: Mapping[str, tuple[str, str]] = {
    "approval.escalated": (
        gettext_noop("逾期未答复，请督办"),
        gettext_noop("办件 %(number)s 的“%(name)s”逾期未答复，请督促办理。"),
    ),
    "case.moved": (
        gettext_noop("申请改按新版本填写"),
        gettext_noop(
            "您的一份申请改按事项的新版本填写，有需要补充或者重新填写的内容，请打开查看。"
        ),
    ),
    "case.submitted": (
        gettext_noop("已收件"),
        gettext_noop("您的办件 %(number)s 已收件。收件不等于受理，受理结果将另行通知。"),
    ),
    "case.accepted": (
        gettext_noop("已受理"),
        gettext_noop("您的办件 %(number)s 已受理，各有关部门已同时开始办理。"),
    ),
    "case.declined": (
        gettext_noop("不予受理"),
        gettext_noop("您的办件 %(number)s 不予受理，理由和去向见不予受理通知书。"),
    ),
    "check.mismatched": (
        gettext_noop("核验结果不一致"),
        gettext_noop(
            "您的办件 %(number)s 的“%(name)s”没有核验一致。这不等于不予办理；您认为登记有误的，可以在办件页面提出异议。"
        ),
    ),
    "check.objected": (
        gettext_noop("已提出异议"),
        gettext_noop("您对办件 %(number)s 的“%(name)s”提出的异议已送达该部门，由人员重新核对。"),
    ),
    "corrections.requested": (
        gettext_noop("需要补正"),
        gettext_noop("您的办件 %(number)s 需要补正，须补正的全部内容已一次性列明。"),
    ),
    "case.decided": (
        gettext_noop("已作出决定"),
        gettext_noop("您的办件 %(number)s 已作出决定：%(outcome)s。"),
    ),
    "case.concluded": (
        gettext_noop("已办结"),
        gettext_noop("您的办件 %(number)s 已办结，结果：%(outcome)s。"),
    ),
    "case.withdrawn": (
        gettext_noop("已撤回"),
        gettext_noop("您的办件 %(number)s 已按申请撤回。"),
    ),
    "case.lapsed": (
        gettext_noop("逾期终止"),
        gettext_noop("您的办件 %(number)s 因逾期未补正或者未补齐材料已终止，您可以重新申请。"),
    ),
    "material.due": (
        gettext_noop("请补齐材料"),
        gettext_noop("您的办件 %(number)s 有承诺后补的材料尚未补齐，请于 %(until)s 前补齐。"),
    ),
    "file.refused": (
        gettext_noop("附件未通过检查"),
        gettext_noop("您的办件 %(number)s 有一个附件未通过安全检查，请打开办件后更换。"),
    ),
    "case.extended": (
        gettext_noop("延长办理期限"),
        gettext_noop(
            "您的办件 %(number)s 经批准延长办理期限，新的承诺办结日为 %(due)s，理由见告知书。"
        ),
    ),
    "clock.stopped": (
        gettext_noop("中止计算期限"),
        gettext_noop(
            "您的办件 %(number)s 依法进行%(reason)s，预计至 %(until)s，其间不计入办理期限。"
        ),
    ),
    "clock.resumed": (
        gettext_noop("恢复计算期限"),
        gettext_noop(
            "您的办件 %(number)s 的%(reason)s已经结束，恢复计算期限，新的期限为 %(due)s。"
        ),
    ),
    "mandate.granted": (
        gettext_noop("企业授权您代办"),
        gettext_noop(
            "%(name)s授权您从 %(since)s 起到 %(until)s 代为办理事项，登录时可以切换身份。"
        ),
    ),
    "mandate.revoked": (
        gettext_noop("授权已撤销"),
        gettext_noop("%(name)s已撤销给您的授权，自即时起您不能再代为办理。"),
    ),
    "document.voided": (
        gettext_noop("文书换发"),
        gettext_noop(
            "您的办件 %(number)s 的文书 %(document)s 已作废，换发为 %(replacement)s，决定内容不变。"
        ),
    ),
    "certificate.issued": (
        gettext_noop("证照已签发"),
        gettext_noop("办件 %(number)s 的%(name)s已签发，可以查看、下载和出示。"),
    ),
    "certificate.revoked": (
        gettext_noop("证照状态变更"),
        gettext_noop("您的%(name)s%(status)s，自即时起不能使用。理由和救济途径见发证部门的决定。"),
    ),
    "certificate.restored": (
        gettext_noop("证照恢复使用"),
        gettext_noop("您的%(name)s已恢复使用。"),
    ),
    "certificate.expiring": (
        gettext_noop("证照即将到期"),
        gettext_noop(
            "您的%(name)s有效期至 %(until)s，还有 %(days)s 天。需要延续的，请在有效期届满 30 日前"
            "向发证部门提出申请（行政许可法第五十条）；已经不足 30 日的，请尽快办理。"
        ),
    ),
    "case.shaken": (
        gettext_noop("办件依据的证照有变"),
        gettext_noop(
            "您的办件 %(number)s 所依据的%(name)s现在是“%(status)s”。办理部门已看到，必要时会要求您补正。"
        ),
    ),
}
OUTCOMES = {
    "approved": gettext_noop("准予"),
    "denied": gettext_noop("不予许可"),
    "partly": gettext_noop("部分准予"),
}
STATUSES = {
    "valid": gettext_noop("有效"),
    "revoked": gettext_noop("已撤销"),
    "suspended": gettext_noop("已暂停"),
    "cancelled": gettext_noop("已注销"),
}
WORDS = {"outcome": OUTCOMES, "status": STATUSES}  # facts that stand for words
PARAMS = frozenset(
    {
        "number",
        "outcome",
        "name",
        "case",
        "certificate",
        "status",
        "since",
        "until",
        "days",
        "due",
        "reason",
        "document",
        "replacement",
    }
)
MAIL = gettext_noop(
    "您好！\n\n%(body)s\n\n请登录%(site)s查看：%(address)s\n\n"
    "本邮件由系统发出，请勿回复。不再需要邮件的，可以在“消息”页面删除邮箱。"
)
CODE_TITLE = gettext_noop("邮箱验证码")
CODE_MAIL = gettext_noop(
    "您好！\n\n您在%(site)s填写了这个邮箱，验证码是 %(code)s，30 分钟内有效。\n\n"
    "不是您本人操作的，请忽略本邮件，不要把验证码告诉任何人。"
)


@dataclass(frozen=True)
class Wording:
    """What a person reads, in the language of the moment."""

    title: str
    body: str


def wording(topic: str, params: Mapping[str, object]) -> Wording:
    """The words of a message; a fact that the letter did not bring stays a dash. KeyError: no message."""
    title, body = TEXTS[topic]
    facts = {name: str(params.get(name) or "—") for name in PARAMS}
    for name, words in WORDS.items():
        if facts[name] in words:
            facts[name] = gettext(words[facts[name]])
    return Wording(gettext(title), gettext(body) % facts)


def message_mail(topic: str, params: Mapping[str, object]) -> tuple[str, str]:
    """Subject and text of the e-mail that tells a message; nothing that the message does not say."""
    said = wording(topic, params)
    facts = {
        "body": said.body,
        "site": settings.SITE_NAME,
        "address": f"{settings.PUBLIC_URL}/messages",
    }
    return f"{settings.SITE_NAME} {said.title}", gettext(MAIL) % facts


def code_mail(code: str) -> tuple[str, str]:
    """Subject and text of the e-mail that brings the code of an address."""
    title = f"{settings.SITE_NAME} {gettext(CODE_TITLE)}"
    return title, gettext(CODE_MAIL) % {"site": settings.SITE_NAME, "code": code}
