"""The papers of a case (文书): what each says, its number, and the request to print and seal it.

Sources: Administrative Licensing Law 32 (sealed, dated proof of acceptance or refusal), 38 (a denial states
reasons and remedies). The page is made from `Document.content` alone, later, by a chore.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from bus.chores import ask
from people.models import Department
from services.definition import Definition
from services.route import Step
from workflows.models import Approval, Case, Decision, Document, MaterialPromise
from workflows.numbering import document_number, document_series, draw
from workflows.paper_words import paper_words

Rows = Sequence[tuple[str, str]]


def issue(
    case: Case,
    kind: str,
    title: str,
    word: str,
    *,
    paragraphs: Sequence[str],
    rows: Rows,
    remedies: Sequence[str] = (),
    seal: str = "受理专用章",
    department: Department | None = None,
    approval: Approval | None = None,
) -> Document:
    """Numbers and stores one document in the caller's transaction and asks for its file.

    `word` names the kind within the department's series, `seal` stands under the star of its seal.
    """
    issuer = department or case.lead
    assert issuer is not None
    moment = timezone.localtime()
    series = document_series(issuer, word, moment.date())
    serial = draw(f"document:{series}")
    document = Document.objects.create(
        case=case,
        approval=approval,
        kind=kind,
        number=document_number(series, serial),
        series=series,
        serial=serial,
        department=issuer,
        content={
            "title": title,
            "addressee": case.applicant_name,
            "paragraphs": list(paragraphs),
            "rows": [list(row) for row in rows],
            "remedies": list(remedies),
            "seal": seal,
        },
        issued_at=moment,
    )
    ask("finish_document", str(document.pk))
    return document


def day(value: date | None) -> str:
    """A date as people read it."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "—"


def labels_of(definition: Definition) -> dict[str, str]:
    """What a correction notice calls fields by their path, and materials."""
    labels = {field.path: field.label for field in definition.form.fields}
    return labels | {f"materials.{one.id}": one.name for one in definition.materials}


def sentence(text: str) -> str:
    """What somebody wrote, ended as a sentence."""
    return text if text.endswith(("。", "！", "？", "；", ".")) else f"{text}。"


def you(case: Case) -> str:
    """How a paper addresses the applicant."""
    return "你单位" if case.applicant_enterprise_id else "你"


def facts(case: Case, definition: Definition) -> list[tuple[str, str]]:
    """The rows with which the facts of every paper begin."""
    return [
        ("办件编号", str(case.number)),
        ("申请事项", definition.name),
        ("申请人", case.applicant_name),
    ]


def issue_receipt(case: Case, definition: Definition) -> Document:
    """收件凭证: the application is in; by when the applicant hears whether it is accepted."""
    applied = timezone.localtime(case.applied_at) if case.applied_at else timezone.localtime()
    materials = "；".join(m.name for m in definition.materials if m.needed(case.answers))
    return issue(
        case,
        "receipt",
        f"{definition.name}申请收件凭证",
        "收",
        seal="收件专用章",
        paragraphs=[
            f"{you(case)}提交的“{definition.name}”申请已收到。本凭证仅证明收到申请，不代表受理。",
            f"本机关将于{day(case.notice_due_on)}前告知是否受理或者一次性告知需要补正的全部内容；"
            f"逾期不告知的，自收到申请材料之日起即为受理（{_notice_basis(definition)}）。",
        ],
        rows=[
            *facts(case, definition),
            ("收件时间", f"{day(applied.date())} {applied:%H:%M}"),
            ("收到材料", materials or "—"),
        ],
    )


def letter_of(definition: Definition) -> str:
    """The letter of the numbers of an item's papers: 许 of a licence."""
    return paper_words("", definition.item_type).letter


def _by_law(definition: Definition) -> str:
    """The article on acceptance and correction, which binds licences; other acts have none to name."""
    return "（《中华人民共和国行政许可法》第三十二条）" if definition.item_type == "01" else ""


def _notice_basis(definition: Definition) -> str:
    """What makes silence an acceptance: the licensing law for a licence, else what the item names."""
    if definition.item_type == "01":
        return "《中华人民共和国行政许可法》第三十二条"
    return definition.limits.notice.basis or "本市政务服务规范"


def issue_acceptance(case: Case, definition: Definition) -> Document:
    """受理通知书: accepted; by when the decision is promised and by when the law demands it."""
    accepted = timezone.localtime(case.accepted_at) if case.accepted_at else timezone.localtime()
    return issue(
        case,
        "acceptance",
        f"{definition.name}申请受理通知书",
        f"{letter_of(definition)}受",
        paragraphs=[
            f"{you(case)}提出的“{definition.name}”申请，材料齐全、符合法定形式，本机关决定予以受理{_by_law(definition)}。",
            "办理期限自受理次日起计算；依法需要听证、检验、检测、鉴定和专家评审等所需时间不计算在内。",
        ],
        rows=[
            *facts(case, definition),
            ("受理日期", day(accepted.date())),
            ("承诺办结日期", day(case.promised_on)),
            *([("法定办结日期", day(case.statutory_on))] if definition.limits.statutory else []),
        ],
    )


def issue_non_acceptance(case: Case, definition: Definition, redirect: str) -> Document:
    """不予受理通知书: the reason, whom to ask instead, and the remedies."""
    assert case.lead is not None
    return issue(
        case,
        "non_acceptance",
        f"{definition.name}申请不予受理通知书",
        f"{letter_of(definition)}不受",
        paragraphs=[
            f"{you(case)}提出的“{definition.name}”申请，经审查，本机关决定不予受理{_by_law(definition)}。",
            f"理由：{sentence(case.reason)}",
            f"{you(case)}可以向{redirect}申请。",
        ],
        rows=facts(case, definition),
        remedies=[remedy(case.lead, definition)],
    )


def issue_correction_notice(case: Case, definition: Definition) -> Document:
    """补正告知书 (一次性告知): everything that is missing, at once, and by when."""
    labels = labels_of(definition)
    items = [(labels.get(i["field"], i["field"]), _asked(i)) for i in case.corrections]
    return issue(
        case,
        "correction_notice",
        f"{definition.name}申请补正材料一次性告知书",
        f"{letter_of(definition)}补",
        paragraphs=[
            f"{you(case)}提出的“{definition.name}”申请，材料不齐全或者不符合法定形式，需要补正下列全部内容{_by_law(definition)}。",
            f"请于{day(case.correction_due_on)}前补正。{_clock_of_corrections(case, definition)}",
        ],
        rows=[*facts(case, definition), *items],
    )


def _asked(item: Mapping[str, Any]) -> str:
    """What is to be corrected, and which departments beside the lead want it."""
    names = "、".join(item.get("departments") or ())
    return f"{item['message']}（{names}提出）" if names else str(item["message"])


def issue_supplement_notice(
    case: Case, definition: Definition, owed: Sequence[MaterialPromise]
) -> Document:
    """补齐材料通知书: accepted although it is incomplete (容缺); what must come, and by when."""
    materials = {material.id: material for material in definition.materials}
    basis = "；".join(dict.fromkeys(materials[one.material].basis for one in owed)).strip("；")
    return issue(
        case,
        "supplement_notice",
        f"{definition.name}申请补齐材料通知书",
        f"{letter_of(definition)}补齐",
        paragraphs=[
            f"{you(case)}提出的“{definition.name}”申请，主要材料齐全，{you(case)}已承诺后补下列材料，现予容缺受理。",
            f"请在下列日期前补齐。补齐之前不作出准予决定；逾期未补齐的，终止办理，{you(case)}可以重新申请。",
            *([f"依据：{basis}。"] if basis else []),
        ],
        rows=[
            *facts(case, definition),
            *((materials[one.material].name, f"{day(one.due_on)}前补齐") for one in owed),
        ],
    )


def _clock_of_corrections(case: Case, definition: Definition) -> str:
    """What the days until the answer mean for the limits of the case (stopping.py)."""
    if case.stage == "submitted":
        return "申请自交齐补正材料之日起受理，办理期限从受理之日起算。"
    basis = definition.limits.correction.basis
    return f"依据{basis}，补正期间不计入办理期限。" if basis else "补正期间办理期限继续计算。"


def issue_decision(
    case: Case, definition: Definition, step: Step, approval: Approval, decision: Decision
) -> Document:
    """准予 / 不予决定书: reason, basis and, for a denial, the remedies (licensing law 38)."""
    granted = decision.outcome == "approved"
    said = paper_words(step.item, definition.item_type)
    subject = step.name or definition.name
    whole = f"在“{definition.name}”中提出的" if subject != definition.name else "提出的"
    paragraphs = [
        f"{you(case)}{whole}{subject}申请，经审查，{said.grants if granted else said.denies}",
        f"依据：{decision.basis.replace('；', '、').rstrip('。')}。",
    ]
    if decision.reason:
        paragraphs.append(f"理由：{sentence(decision.reason)}")
    return issue(
        case,
        "approval_decision" if granted else "denial_decision",
        f"{said.granted if granted else said.denied}（{subject}）",
        f"{said.letter}{'准' if granted else '不'}",
        paragraphs=paragraphs,
        rows=[
            *facts(case, definition),
            (said.subject, subject),
            ("决定日期", day(timezone.localtime(decision.at).date())),
        ],
        remedies=[] if granted else [remedy(approval.department, definition)],
        seal=said.seal,
        department=approval.department,
        approval=approval,
    )


def remedy(department: Department, definition: Definition) -> str:
    """复议与诉讼: body, court and periods as the item declares them, with their acts."""
    periods = definition.remedies
    basis = f"依据{'、'.join(periods.basis)}，" if periods.basis else ""
    return (
        f"如不服本决定，{basis}可以自收到本文书之日起{periods.review_days}日内向"
        f"{department.review_body}申请行政复议，"
        f"或者自收到之日起{periods.suit_months}个月内向{department.court}提起行政诉讼。"
    )


def issue_again(document: Document) -> Document:
    """A replacement (换发) of a voided paper: the same words under a new number, saying which it replaces."""
    content = document.content
    word = document.series.removeprefix(document.department.document_word).partition("〔")[0]
    replacement = issue(
        document.case,
        document.kind,
        str(content["title"]),
        word,
        paragraphs=[*content["paragraphs"], f"本文书替换{document.number}，原文书作废。"],
        rows=[(label, value) for label, value in content["rows"]],
        remedies=content.get("remedies", ()),
        seal=str(content.get("seal", "")),
        department=document.department,
        approval=document.approval,
    )
    replacement.replaces = document
    replacement.save(update_fields=["replaces"])
    return replacement
