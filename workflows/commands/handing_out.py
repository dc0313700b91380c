"""Where results are handed out, and what waits there (领取登记)."""

from uuid import UUID

from django.utils import timezone

from ecert.models import Certificate
from people.errors import Refusal
from people.queries import competent_department
from services.definition import Definition
from services.results import wants_to_collect
from workflows.models import Case, Delivery, Document, Handout

HALL = "service_hall"
PAPERS = {"denial_decision": "不予许可决定书", "non_acceptance": "不予受理通知书"}


def hall_for(case: Case, definition: Definition) -> UUID | None:
    """The hall where a case's results are fetched: the one that filed it, or the division's by choice."""
    if case.counter_id is not None:
        return case.counter_id
    if case.division_id is None or not wants_to_collect(definition.form, case.answers):
        return None
    try:
        return competent_department(HALL, case.division_id).pk
    except Refusal:  # a city without halls delivers otherwise
        return None


def register_certificate(case: Case, certificate_id: UUID) -> None:
    """Enters a finished certificate of a locked case that is fetched; again changes nothing."""
    if case.collect_at_id is None:
        return
    kind = Certificate.objects.values_list("type__name", flat=True).get(pk=certificate_id)
    _enter(case, kind, certificate_id=certificate_id)


def register_document(document: Document) -> None:
    """Enters a finished paper that carries a decision against the applicant and is fetched."""
    if document.kind in PAPERS and document.case.collect_at_id is not None:
        _enter(document.case, PAPERS[document.kind], document=document)


def strike_out(case: Case, delivery: Delivery) -> None:
    """A result that was delivered, by whatever way, no longer waits."""
    waiting = Handout.objects.filter(case=case, delivery=None)
    if delivery.document_id is not None:
        waiting.filter(document=delivery.document_id).update(delivery=delivery)
    else:
        waiting.filter(certificate_id=delivery.certificate_id).update(delivery=delivery)


def _enter(
    case: Case, name: str, certificate_id: UUID | None = None, document: Document | None = None
) -> None:
    assert case.collect_at_id is not None
    row = Handout(
        hall_id=case.collect_at_id,
        case=case,
        certificate_id=certificate_id,
        document=document,
        name=name,
        ready_at=timezone.now(),
    )
    Handout.objects.bulk_create([row], ignore_conflicts=True)
