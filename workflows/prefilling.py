"""Which certificates may fill a case's form, and with which fields (预填): bridges form and library."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils import timezone

from ecert.prefill import Held, Source, Wanted
from ecert.queries import held_by, visible_certificates
from ecert.validity import status_on
from people.models import Enterprise
from people.queries import items_of_mandate
from people.viewer import Viewer
from services.awaiting import awaited_fields
from services.definition import Definition
from services.preparing import Have
from workflows.models import Case


def wanted_fields(definition: Definition) -> list[Wanted]:
    """The form's fields that a certificate can fill, with their sources in order."""
    return [
        Wanted(
            field.path,
            tuple(
                Source(s.type, s.field, s.holder, s.authoritative, s.rule) for s in field.sources
            ),
        )
        for field in definition.form.fields
        if field.sources and not field.awaited
    ]


def wanted_of(definition: Definition, type_code: str) -> list[Wanted]:
    """The fields that wait for the certificate of that type, which a step of the case issues."""
    return [Wanted(f.path, f.sources) for f in awaited_fields(definition, type_code)]


def purpose_of(definition: Definition) -> str:
    """What the certificates are used for, in the words that the applicant consents to."""
    return f"办理{definition.name}"


def wanted_types(definition: Definition) -> set[str]:
    """Certificate types that the form or a material asks for."""
    types = {s.type for field in definition.form.fields if not field.awaited for s in field.sources}
    return types | {m.certificate for m in definition.materials if m.certificate}


def held_for(viewer: Viewer, case: Case, definition: Definition) -> list[Held]:
    """Certificates that the viewer may grant for a case: the applicant's, and personal ones only their own.

    A legal representative grants the representative's certificates; an agent grants the agent's.
    """
    types = wanted_types(definition)
    if case.applicant_enterprise is None:
        return list(held_by(types=types, holder="applicant", person_id=case.applicant_person_id))
    enterprise = case.applicant_enterprise
    held = list(held_by(types=types, holder="applicant", enterprise_id=enterprise.pk))
    is_representative = viewer.person_id == enterprise.legal_representative_id
    holder = "representative" if is_representative else "agent"
    return held + list(held_by(types=types, holder=holder, person_id=viewer.person_id))


def have_for(viewer: Viewer, definition: Definition) -> Have:
    """Which valid certificates that an item asks for the viewer may see of their own; no face is read."""
    if not viewer.is_applicant:
        return Have()
    rows = visible_certificates(viewer).filter(
        type__code__in=wanted_types(definition), status="valid"
    )
    own = "applicant" if viewer.kind == "person" else _capacity(viewer)
    today = timezone.localdate()
    held = rows.values_list("type__code", "enterprise_id", "valid_from", "valid_until")
    return Have(
        frozenset(
            (code, "applicant" if enterprise else own)
            for code, enterprise, since, until in held
            if status_on("valid", since, until, today) == "valid"
        ),
        is_known=viewer.assisted_by is None and items_of_mandate(viewer) is None,
    )


def _capacity(viewer: Viewer) -> str:
    """What a person is to the enterprise that they act for."""
    represented = Enterprise.objects.filter(
        pk=viewer.enterprise_id, legal_representative_id=viewer.person_id
    )
    return "representative" if represented.exists() else "agent"


def wanted_grant(definition: Definition, held: Iterable[Held]) -> dict[UUID, list[str]]:
    """{certificate id: face fields} that a consent covers: what the form reads, and linked materials whole."""
    sources: Sequence[tuple[str, str, str]] = [
        (s.type, s.holder, s.field)
        for field in definition.form.fields
        if not field.awaited
        for s in field.sources
    ]
    linked = {m.certificate for m in definition.materials if m.certificate}
    wanted: dict[UUID, list[str]] = {}
    for certificate in held:
        fields = {f for t, h, f in sources if t == certificate.type and h == certificate.holder}
        if certificate.type in linked:
            fields |= set(certificate.face)
        if fields:
            wanted[certificate.certificate_id] = sorted(fields)
    return wanted
