"""Issuing a certificate for a decided step (颁发), and entering one that stands already (归集)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from bus.chores import ask
from ecert.commands.drawing import new_serial, next_number, next_status_index
from ecert.commands.holders import judge
from ecert.errors import ALREADY_ISSUED, CERTIFICATE_TYPE_UNKNOWN, FACE_INVALID, ILLEGAL_TRANSITION
from ecert.face import ID_NUMBER, fields_of, fields_with_format
from ecert.identifier import make, parse
from ecert.layout import ISSUING_BODY
from ecert.models import Certificate, CertificateType
from ecert.validity import last_valid_day
from people.commands import audit
from people.errors import NotFound, Refusal
from people.models import Department, Enterprise, Person
from people.viewer import Viewer

CHORE = "finish_certificate"


def issue_certificate(
    *,
    viewer: Viewer,
    type_code: str,
    issuer: Department,
    face: Mapping[str, object],
    source_case: UUID,
    source_number: str,
    source_step: str,
    issued_on: date,
    person: Person | None = None,
    enterprise: Enterprise | None = None,
    replaces: Certificate | None = None,
) -> Certificate:
    """Writes the certificate of one granted step, in the caller's transaction; its file follows by a chore.

    `type_code` is the type's code (FOOD_BUSINESS_LICENCE). The same step issues once (INV-09): again
    for the same holder and face gives the same row. `replaces` is the version before this one; its
    number and serial stay. Whether the step is decided is the caller's to know.

    Refusals: NOT_FOUND (neither officer nor process), CERTIFICATE_TYPE_UNKNOWN, ISSUER_NOT_COMPETENT,
    HOLDER_MISMATCH, FACE_INVALID (every field at once), ALREADY_ISSUED, ILLEGAL_TRANSITION.
    """
    if viewer.kind not in {"officer", "system"}:
        raise NotFound(audited=True)
    kind = _type_called(type_code)
    whole = dict(face)
    if ISSUING_BODY in fields_of(kind.face_schema):
        whole[ISSUING_BODY] = issuer.name
    judge(kind, issuer, person, enterprise, whole)
    new = Certificate(
        type=kind,
        issuer=issuer,
        person=person,
        enterprise=enterprise,
        face=whole,
        status="issuing",
        issued_on=issued_on,
        valid_from=issued_on,
        valid_until=last_valid_day(issued_on, kind.validity_months),
        source_case=source_case,
        source_number=source_number,
        source_step=source_step,
        replaces=replaces,
    )
    return _write_once(viewer, new)


def enter_certificate(
    *,
    viewer: Viewer,
    type_code: str,
    issuer: Department,
    face: Mapping[str, object],
    number: str,
    issued_on: date,
    valid_until: date | None = None,
    person: Person | None = None,
    enterprise: Enterprise | None = None,
) -> Certificate:
    """Enters a certificate that was issued before, valid at once and without a file of ours.

    Idempotent by type and number. `number` is shown to strangers who verify, so it may not be a
    personal number of the face. `valid_until` None is without an end. By a process, or by an
    officer of the issuer. Refusals as `issue_certificate`; ALREADY_ISSUED for another holder.
    """
    if viewer.kind != "system" and not (
        viewer.kind == "officer" and viewer.department_id == issuer.pk
    ):
        raise NotFound(audited=True)
    kind = _type_called(type_code)
    judge(kind, issuer, person, enterprise, face)
    if number in {face.get(name) for name in fields_with_format(kind.face_schema, ID_NUMBER)}:
        raise Refusal(FACE_INVALID, field="number", rule="personal")
    new = Certificate(
        type=kind,
        issuer=issuer,
        person=person,
        enterprise=enterprise,
        face=dict(face),
        status="valid",
        issued_on=issued_on,
        valid_from=issued_on,
        valid_until=valid_until,
    )
    with transaction.atomic():
        present = Certificate.objects.filter(type=kind, number=number).order_by("-version").first()
        if present is not None:
            return _same_or_refused(present, new, by_face=False)
        _write(new, number=number)
        _note(viewer, "enter_certificate", new)
    return new


def _type_called(code: str) -> CertificateType:
    kind = CertificateType.objects.filter(code=code).first()
    if kind is None:
        raise Refusal(CERTIFICATE_TYPE_UNKNOWN, type=code)
    return kind


def _write_once(viewer: Viewer, new: Certificate) -> Certificate:
    """Writes what a step issues, unless it stands already; of two at once the second finds the first."""
    with transaction.atomic():
        present = _issued_for(new)
        if present is not None:
            return _same_or_refused(present, new)
        try:
            with transaction.atomic():
                _write(new, number="")
        except IntegrityError as raced:
            present = _issued_for(new)
            if present is None:  # another certificate replaces the same one
                raise Refusal(ALREADY_ISSUED, type=new.type.code) from raced
            return _same_or_refused(present, new)
        _note(viewer, "issue_certificate", new)
        ask(CHORE, str(new.pk))
    return new


def _issued_for(new: Certificate) -> Certificate | None:
    return Certificate.objects.filter(
        source_case=new.source_case, source_step=new.source_step, type=new.type
    ).first()


def _same_or_refused(
    present: Certificate, new: Certificate, *, by_face: bool = True
) -> Certificate:
    same_holder = (present.person_id, present.enterprise_id) == (new.person_id, new.enterprise_id)
    if not same_holder or (by_face and present.face != new.face):
        raise Refusal(ALREADY_ISSUED, type=new.type.code)
    return present


def _write(new: Certificate, *, number: str) -> None:
    """Gives a certificate what is drawn once, and saves it; `number` empty draws one."""
    serial = new_serial()
    if new.replaces is not None:
        serial = _follow(new, new.replaces)
    elif number:
        new.number = number
    else:
        new.number = next_number(new.type, new.issuer, new.issued_on)
    new.identifier = make(new.type.type_code, new.issuer.credit_code, serial, new.version)
    holder = new.person or new.enterprise
    assert holder is not None
    new.holder_name = holder.name
    new.status_at = timezone.now()
    new.status_index = next_status_index()
    new.save(force_insert=True)


def _follow(new: Certificate, replaced: Certificate) -> str:
    """Takes number and version from the certificate before; returns its serial."""
    before = Certificate.objects.select_for_update().get(pk=replaced.pk)
    same = (before.type_id, before.person_id, before.enterprise_id) == (
        new.type_id,
        new.person_id,
        new.enterprise_id,
    )
    if not same:
        raise NotFound("replaces", audited=True)
    if before.status not in {"valid", "suspended"}:
        raise Refusal(ILLEGAL_TRANSITION, status=before.status)
    new.number, new.version = before.number, before.version + 1
    return parse(before.identifier).serial


def _note(viewer: Viewer, action: str, certificate: Certificate) -> None:
    audit(
        viewer,
        action=action,
        subject_kind="certificate",
        subject_id=certificate.pk,
        details={"type": certificate.type.code, "fields": sorted(certificate.face)},
    )
