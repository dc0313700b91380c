"""Chores about cases: papers are printed and sealed once, registers asked, silence acted on day by day."""

import logging
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bus.chores import NotYet, ask
from files.commands import in_quarantine, sweep_uploads
from files.errors import ScannerAway
from files.paper import document_html
from files.rendering import render_pdf
from files.sheets import DocumentSheet
from files.storage import keep
from keys.seal import seal_pdf
from registers.answer import MATCH, MISMATCH, UNAVAILABLE
from registers.queries import answer_of
from services.queries import definition_of
from workflows.commands import note_checked, record_check, sweep_silence
from workflows.commands.handing_out import register_document
from workflows.commands.offering import note_confirmed
from workflows.models import Approval, Case, Document
from workflows.offers import questions_for
from workflows.progress import as_shown, check_code_of
from workflows.registers import open_check

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0  # seconds between tries at a register, doubling
MOST_TRIES = 10
SEAL_CAPTIONS = {
    "receipt": "收件专用章",
    "acceptance": "受理专用章",
    "non_acceptance": "受理专用章",
    "correction_notice": "受理专用章",
    "extension": "行政审批专用章",
    "stop": "行政审批专用章",
    "supplement_notice": "受理专用章",
}


RETRY_SECONDS = 60.0  # while ClamAV is away


def finish_document(subject: str) -> None:
    """Prints, seals and keeps the file of the document with this id; of a voided one also the copy that says so."""
    document = Document.objects.select_related("department", "case").get(pk=UUID(subject))
    issued = timezone.localtime(document.issued_at)
    if document.file_id is None:
        _keep(document, "file", document_html(sheet_of(document)), issued)
    if document.state == "void" and document.void_file_id is None:
        assert document.voided_at is not None
        voided = timezone.localtime(document.voided_at)
        across = replace(sheet_of(document), void_mark="作废")
        _keep(document, "void_file", document_html(across), voided)


def _keep(document: Document, column: str, html: str, at: datetime) -> None:
    """Prints and seals a page and keeps it in a column that is still empty."""
    title = str(document.content["title"])
    sealed = seal_pdf(
        render_pdf(html, title=title, created=at),
        owner=document.department.code,
        reason=title,
        at=at,
    )
    with transaction.atomic():
        blob = keep(sealed, media_type="application/pdf", name=f"{document.number}.pdf")
        Document.objects.filter(pk=document.pk, **{column: None}).update(**{column: blob})
        if column == "file":
            register_document(document)


def check_register(subject: str) -> None:
    """Asks the register of the open check with this id, outside any transaction, and records its answer.

    Raises NotYet while the register is away: the chore comes again, later each time. After MOST_TRIES it rests:
    an officer decides by hand, or `manage.py check_registers` asks again.
    """
    check = open_check(UUID(subject))
    if check is None:
        return
    answer = answer_of(check.question)
    record_check(check=check, answer=answer)
    if answer.outcome != UNAVAILABLE:
        return
    tries = Approval.objects.values_list("tries", flat=True).get(pk=check.approval_id)
    if tries < MOST_TRIES:
        raise NotYet(min(FIRST_PAUSE * 2.0 ** (tries - 1), LONGEST_PAUSE))
    log.warning("register.away %s after %s tries", check.question.register, tries)


def confirm_answers(subject: str) -> None:
    """Asks the registers about answers of the draft with this id, outside any transaction, and marks what they know.

    A register that is away is not asked again: whatever it would confirm stays the applicant's own word.
    """
    rows = Case.objects.select_related("item_version", "applicant_person", "applicant_enterprise")
    case = rows.get(pk=UUID(subject))
    if case.state != "draft":
        return
    for register, (question, facts) in questions_for(
        case, definition_of(case.item_version)
    ).items():
        answer = answer_of(question)
        known = {fact: path for fact, path in facts.items() if fact not in answer.differs}
        if answer.outcome in {MATCH, MISMATCH} and known:
            note_confirmed(case_id=case.pk, register=register, facts=known, seen=question.facts)


def sweep_day(subject: str) -> None:
    """Acts on every limit that passed in silence before the day in `subject` (ISO 8601)."""
    sweep_silence(date.fromisoformat(subject))


def check_upload(subject: str) -> None:
    """Has the file of the ticket with this id scanned, and asks again in a minute while ClamAV is away."""
    try:
        note_checked(ticket_id=UUID(subject))
    except ScannerAway as fault:
        raise NotYet(RETRY_SECONDS) from fault


def sweep_files(_subject: str) -> None:
    """Takes away uploads that came to nothing, and asks again for the scans that are still missing."""
    sweep_uploads()
    for ticket_id in in_quarantine():
        with transaction.atomic():
            ask("check_upload", str(ticket_id))


FOLLOW = "凭查询码和校验码可以在 {address} 查询办理进度，不用登录；请妥善保管，不要告诉他人。"


def codes_of(document: Document) -> list[tuple[str, str]]:
    """The two codes that let whoever holds the receipt follow the case."""
    code = str(document.case.query_code)
    return [("办件查询码", as_shown(code)), ("校验码", check_code_of(document.case.pk, code))]


def progress_address(document: Document) -> str:
    """What the receipt's QR opens: the page with the query code filled in, the check code to be typed."""
    return f"{settings.PUBLIC_URL}/progress?code={document.case.query_code}"


def sheet_of(document: Document) -> DocumentSheet:
    """What the page says: everything from the stored content, nothing looked up anew.

    Only a receipt's check code is not stored: it follows from the case (progress.py).
    """
    content = document.content
    receipt = document.kind == "receipt" and bool(document.case.query_code)
    return DocumentSheet(
        authority=document.department.name,
        title=str(content["title"]),
        number=document.number,
        addressee=str(content["addressee"]),
        paragraphs=tuple(content["paragraphs"]),
        issued_on=timezone.localtime(document.issued_at).date(),
        rows=(
            *((label, value) for label, value in content["rows"]),
            *(codes_of(document) if receipt else ()),
        ),
        closing=(FOLLOW.format(address=f"{settings.PUBLIC_URL}/progress"),) if receipt else (),
        qr_text=progress_address(document) if receipt else "",
        qr_caption="扫码查询办理进度",
        remedies=tuple(content.get("remedies", ())),
        seal_caption=str(content.get("seal") or SEAL_CAPTIONS.get(document.kind, "行政许可专用章")),
        identifier=f"办件编号 {document.case.number}",
    )
