"""Which certificates, uses and faces a viewer may read, and what cases need to know about them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ecert.face import masked
from ecert.models import Certificate, CertificateUse
from ecert.prefill import Held
from ecert.validity import status_on
from people.errors import NotFound
from people.models import Account
from people.queries import items_of_mandate
from people.viewer import Viewer


def visible_certificates(viewer: Viewer) -> QuerySet[Certificate]:
    """Certificates of the person who asks, and of the enterprise they act for; a process sees all.

    An agent whose mandate names items sees none of the enterprise's: the mandate opens those items, not its
    wallet (BAD-38). What a case needs is still filled in from it.
    Officers see none here: a department reads certificates only through the reading of a case.
    """
    if viewer.assisted_by is not None:  # a clerk helps with one application, not with a wallet
        return Certificate.objects.none()
    held = held_certificates(viewer)
    return held if items_of_mandate(viewer) is None else held.filter(enterprise=None)


def opens_for(viewer: Viewer, certificate: Certificate) -> bool:
    """Whether a certificate's own page opens for a viewer: whether `visible_certificates` has it, told of one row."""
    if viewer.assisted_by is not None or not viewer.is_applicant:
        return False
    if certificate.enterprise_id is None:
        return certificate.person_id == viewer.person_id
    acts = viewer.kind == "enterprise" and certificate.enterprise_id == viewer.enterprise_id
    return acts and items_of_mandate(viewer) is None


def held_certificates(viewer: Viewer) -> QuerySet[Certificate]:
    """What the viewer may consent to have used: also in a counter sitting, which shows none of them."""
    rows = Certificate.objects.select_related("type", "issuer")
    if viewer.kind == "system":
        return rows
    mine = Q(pk__in=[])
    if viewer.is_applicant and viewer.person_id is not None:
        mine |= Q(person_id=viewer.person_id)
    if viewer.kind == "enterprise" and viewer.enterprise_id is not None:
        mine |= Q(enterprise_id=viewer.enterprise_id)
    return rows.filter(mine)


def certificate_for(viewer: Viewer, certificate_id: UUID) -> Certificate:
    """One visible certificate; another's is NOT_FOUND like one that does not exist."""
    certificate = visible_certificates(viewer).filter(pk=certificate_id).first()
    if certificate is None:
        raise NotFound("certificateId")
    return certificate


def visible_uses(viewer: Viewer) -> QuerySet[CertificateUse]:
    """The log of uses of the viewer's certificates (用证记录), newest first."""
    mine = visible_certificates(viewer).values("pk")
    return CertificateUse.objects.filter(certificate_id__in=mine).order_by("-id")


def cases_using(certificate_id: UUID) -> set[UUID]:
    """Ids of the cases for which a certificate was used, by the log of its uses (index use_of_certificate)."""
    rows = CertificateUse.objects.filter(certificate_id=certificate_id, case_id__isnull=False)
    return {case for case in rows.values_list("case_id", flat=True).distinct() if case}


def status_today(certificate: Certificate, on: date | None = None) -> str:
    """The status on a day, today when left out: the recorded one, and what time made of it."""
    return status_on(
        certificate.status,
        certificate.valid_from,
        certificate.valid_until,
        on or timezone.localdate(),
    )


def held_by(
    *,
    types: Collection[str],
    holder: str = "applicant",
    person_id: UUID | None = None,
    enterprise_id: UUID | None = None,
) -> list[Held]:
    """The certificates of a holder that can be used today, of these type codes, newest first.

    `holder` says what the holder is to the case: applicant, representative or agent. Who may ask is
    for the caller to judge; nothing of a face may be shown or kept before `use_certificates`.
    """
    if (person_id is None) == (enterprise_id is None):
        return []
    owned = Q(person_id=person_id) if enterprise_id is None else Q(enterprise_id=enterprise_id)
    rows = Certificate.objects.select_related("type", "issuer").filter(owned, status="valid")
    return [
        _held(row, holder, row.face)
        for row in rows.filter(type__code__in=types).order_by("-id")
        if status_today(row) == "valid"
    ]


def held_as_issued(certificate_id: UUID) -> Held:
    """A certificate that a case has issued, with its number and day beside its face; DoesNotExist if none."""
    row = Certificate.objects.select_related("type", "issuer").get(pk=certificate_id)
    beside = {"number": row.number, "issued_on": row.issued_on.isoformat()}
    return _held(row, "applicant", {**beside, **row.face})


def _held(row: Certificate, holder: str, face: Mapping[str, object]) -> Held:
    return Held(
        certificate_id=row.pk,
        identifier=row.identifier,
        type=row.type.code,
        version=row.version,
        issuer=row.issuer.name,
        grade=row.type.grade,
        status=row.status,
        issued_on=row.issued_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        holder=holder,
        face=face,
        read_at=timezone.now(),
    )


def facts_of(ids: Iterable[UUID]) -> list[dict[str, object]]:
    """What a reading may say of certificates: version and status as they are now, no face.

    Each has id, identifier, type, name, version, status and valid_until, in JSON's types, in the
    order of the ids; unknown ids are left out.
    """
    wanted = list(ids)
    found = Certificate.objects.select_related("type").in_bulk(wanted)
    return [
        {
            "id": str(row.pk),
            "identifier": row.identifier,
            "type": row.type.code,
            "name": row.type.name,
            "version": row.version,
            "status": status_today(row),
            "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        }
        for row in (found[pk] for pk in wanted if pk in found)
    ]


def face_for(viewer: Viewer, certificate: Certificate) -> dict[str, object]:
    """The face as a viewer may see it: personal numbers are masked unless the viewer is the holder."""
    holder = certificate.person_id
    if viewer.is_applicant and holder is not None and holder == viewer.person_id:
        return dict(certificate.face)
    return masked(certificate.type.face_schema, certificate.face)


def labelled_face(viewer: Viewer, certificate: Certificate) -> list[tuple[str, str, object]]:
    """The face for display: field, label and value, in the order of the type; empty ones left out."""
    face = face_for(viewer, certificate)
    return [
        (name, label, face[name])
        for name, label in certificate.type.face_labels
        if face.get(name) not in (None, "")
    ]


def accounts_of_holder(certificate: Certificate) -> list[UUID]:
    """The active accounts that are told about a certificate: the holder's, or the representative's."""
    if certificate.enterprise is not None:
        person = certificate.enterprise.legal_representative
    else:
        assert certificate.person is not None
        person = certificate.person
    accounts = Account.objects.filter(person=person, is_active=True).order_by("id")
    return list(accounts.values_list("id", flat=True))
