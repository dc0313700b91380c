"""Which certificates may fill a case's form, and with which fields (预填): bridges form and library."""

from collections.abc import Iterable, Mapping, Sequence
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
from services.fields import Field
from services.foresight import foreseen
from services.preparing import Have
from workflows.models import Case

Answers = Mapping[
    str, object
]  # nested; what they surely do not call for, no certificate is read for


def wanted_fields(definition: Definition, answers: Answers) -> list[Wanted]:
    """The fields that a certificate can fill, with their sources in order; none that is surely not asked."""
    return [
        Wanted(
            field.path,
            tuple(
                Source(s.type, s.field, s.holder, s.authoritative, s.rule) for s in field.sources
            ),
        )
        for field in _sourced(definition, answers)
    ]


def _sourced(definition: Definition, answers: Answers) -> list[Field]:
    return [
        field
        for field in definition.form.fields
        if field.sources and not field.awaited and foreseen(field.when, answers) is not False
    ]


def _linked(definition: Definition, answers: Answers) -> set[str]:
    """Type codes of the certificates that stand for a material which is or may be needed."""
    return {
        material.certificate
        for material in definition.materials
        if material.certificate and foreseen(material.condition, answers) is not False
    }


def wanted_of(definition: Definition, type_code: str) -> list[Wanted]:
    """The fields that wait for the certificate of that type, which a step of the case issues."""
    return [Wanted(f.path, f.sources) for f in awaited_fields(definition, type_code)]


def purpose_of(definition: Definition) -> str:
    """What the certificates are used for, in the words that the applicant consents to."""
    return f"办理{definition.name}"


def wanted_types(definition: Definition, answers: Answers) -> set[str]:
    """Certificate types that the form or a material asks for, as far as the answers tell."""
    types = {s.type for field in _sourced(definition, answers) for s in field.sources}
    return types | _linked(definition, answers)


def held_for(viewer: Viewer, case: Case, definition: Definition) -> list[Held]:
    """Certificates that the viewer may grant for a case: the applicant's, and personal ones only their own.

    A legal representative grants the representative's certificates; an agent grants the agent's.
    """
    types = wanted_types(definition, case.answers)
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
        type__code__in=wanted_types(definition, {}), status="valid"
    )
    own = "applicant" if viewer.kind == "person" else _capacity(viewer)
    today = timezone.localdate()
    held = rows.values_list("type__code", "enterprise_id", "valid_from", "valid_until")
    return Have(
        frozenset(
            (code, own if enterprise is None else "applicant")
            for code, enterprise, since, until in held
            if status_on("valid", since, until, today) == "valid"
        ),
        is_known=viewer.assisted_by is None and items_of_mandate(viewer) is None,
    )


def _capacity(viewer: Viewer) -> str:
    """What a person is to the enterprise that they act for."""
    represented = Enterprise.objects.filter(legal_representative=viewer.person_id)
    mine = set(represented.values_list("pk", flat=True))
    return "representative" if viewer.enterprise_id in mine else "agent"


def wanted_grant(
    definition: Definition, held: Iterable[Held], answers: Answers
) -> dict[UUID, list[str]]:
    """{certificate id: face fields} that a consent covers: what the form reads, and linked materials whole."""
    sources: Sequence[tuple[str, str, str]] = [
        (s.type, s.holder, s.field)
        for field in _sourced(definition, answers)
        for s in field.sources
    ]
    linked = _linked(definition, answers)
    wanted: dict[UUID, list[str]] = {}
    for certificate in held:
        fields = {f for t, h, f in sources if t == certificate.type and h == certificate.holder}
        if certificate.type in linked:
            fields |= set(certificate.face)
        if fields:
            wanted[certificate.certificate_id] = sorted(fields)
    return wanted
