"""How values of certificates come into a case: those that are held, and those that it issues on its way."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from ecert.commands import record_basis, use_certificates
from ecert.prefill import Filled, fill_from
from ecert.queries import held_as_issued
from keys.vault import keyed_digest
from people.viewer import Viewer
from services.answers import with_value
from services.definition import Definition
from services.form import settled
from workflows.commands.records import note, now
from workflows.joins import StepFacts
from workflows.models import Case
from workflows.prefilling import purpose_of, wanted_of
from workflows.reading import flat
from workflows.sources import CERTIFICATE, fields_in, kind_of

FIELDS = Mapping[UUID, Sequence[str]]  # face fields by certificate


def take_over(case: Case, filled: Sequence[Filled], step: str = "") -> None:
    """Puts prefilled values and where they came from into a case; an own answer is never overwritten
    unless the source is authoritative (INV-23). `step` is the one that issued the source within the case."""
    answered = flat(case.answers)
    for value in filled:
        if value.path in answered and _stays(case.provenance.get(value.path), value):
            continue
        case.answers = with_value(case.answers, value.path, value.value)
        case.provenance[value.path] = {
            "certificate_id": str(value.certificate_id),
            "identifier": value.identifier,
            "type": value.type,
            "version": value.version,
            "issuer": value.issuer,
            "field": value.field,
            "grade": value.grade,
            "authoritative": value.authoritative,
            "conflicts": list(value.conflicts),
            "read_at": now().isoformat(timespec="seconds"),
            "digest": keyed_digest(value.value),
            **({"step": step} if step else {}),
        }


def _stays(source: Mapping[str, Any] | None, value: Filled) -> bool:
    """Whether what is there stays: an own answer, confirmed or not, and what a record says with more weight."""
    if source is None or kind_of(source) == "register":
        return not value.authoritative
    return kind_of(source) != CERTIFICATE and str(source["grade"]) < value.grade


def settle(case: Case, definition: Definition) -> set[str]:
    """Drops the answers that the others do not call for, with where they came from; returns their paths."""
    kept = settled(definition.form, case.answers)
    dropped = flat(case.answers).keys() - flat(kept).keys()
    if dropped:
        case.answers = kept
        case.provenance = {p: s for p, s in case.provenance.items() if p not in dropped}
    return set(dropped)


def fill_from_result(
    case: Case, definition: Definition, certificate_id: UUID, step: str, viewer: Viewer
) -> None:
    """Fills what waited for the certificate that a step of this locked case issued; each value keeps its source.

    The application asked for the whole bundle, so the later steps read the result on its basis; the holder
    finds the use in the log.
    """
    issued = held_as_issued(certificate_id)
    filled = fill_from(wanted_of(definition, issued.type), issued)
    if not filled or case.state not in {"reviewing", "correcting", "suspended"}:
        return
    take_over(case, filled, step)
    case.certificates = sorted({*case.certificates, str(certificate_id)})
    case.revision += 1
    case.save(update_fields=["answers", "provenance", "certificates", "revision"])
    fields = {certificate_id: sorted({value.field for value in filled})}
    stand_on_application(case, definition, fields, viewer)
    use_certificates(
        viewer=viewer,
        case_id=case.pk,
        fields=fields,
        user="platform",
        purpose=purpose_of(definition),
    )
    note(case, "result_filled", viewer, step=step, details={"fields": [f.path for f in filled]})


def stand_on_application(
    case: Case, definition: Definition, fields: FIELDS, viewer: Viewer
) -> None:
    """The legal basis on which departments read what an accepted application holds, however long it takes."""
    if fields:
        record_basis(
            viewer=viewer,
            case_id=case.pk,
            item_code=case.item_code,
            purpose=purpose_of(definition),
            legal_basis=f"审查已受理的申请：{definition.basis[0]}",
            fields=fields,
            granted_by=case.started_by_id,
        )


def fields_held(case: Case) -> dict[UUID, list[str]]:
    """The face fields that a case has taken over, by certificate."""
    return fields_in(case.provenance)


def held_back(case: Case, definition: Definition, facts: Iterable[StepFacts]) -> set[str]:
    """Ids of steps that follow a grant whose certificate is still being made, and fills what comes after."""
    known = list(facts)
    granted = {fact.id for fact in known if fact.outcome == "approved"}
    pending = {
        step.id
        for step in definition.route.steps
        if step.id in granted and is_pending(case, definition, step.result)
    }
    return {fact.id for fact in known if fact.waits_for & pending}


def is_pending(case: Case, definition: Definition, type_code: str) -> bool:
    """Whether fields wait for a result of that type and none of them has it yet."""
    paths = [want.path for want in wanted_of(definition, type_code)]
    return bool(paths) and not any(path in case.provenance for path in paths)
