"""How values beside certificates come into a draft: offered when their field is first asked, copied, confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from bus.chores import ask
from ecert.commands import use_certificates
from ecert.prefill import fill
from keys.vault import keyed_digest
from people.viewer import Viewer
from services.answers import value_at, with_value
from services.definition import Definition
from services.form import Form
from services.origins import ANSWERS, CONFIRMED, VERIFY, Origin
from workflows.commands.filling import settle, take_over
from workflows.commands.records import locked_case, now
from workflows.models import Case
from workflows.offers import Offer, Records, offers_for
from workflows.prefilling import held_for, purpose_of, wanted_fields
from workflows.reading import flat
from workflows.sources import fields_in, kind_of

Answers = Mapping[str, object]


def offer_values(
    case: Case, definition: Definition, viewer: Viewer, before: Answers | None = None
) -> None:
    """Fills what the answers of a locked draft have come to call for and nobody has answered.

    `before` are the answers of a moment ago: what was asked then already stays as the applicant left it, but
    for copies of a field that has changed since. None stands for a new draft.
    """
    form = definition.form
    records = Records(viewer, case)
    done = set() if before is None else _asked(form, before)
    if before is not None:
        _copy_again(case, definition, before)
    while fields := [f for f in form.fields if f.path not in done and f.called(case.answers)]:
        done |= {field.path for field in fields}
        empty = [f for f in fields if value_at(case.answers, f.path) is None and not f.awaited]
        for offer in offers_for(records, [field for field in empty if field.origins]):
            _take(case, offer)
        _fill_granted(case, definition, viewer, {f.path for f in empty if f.sources})
        settle(case, definition)


def ask_registers(case: Case, definition: Definition, changed: Iterable[str]) -> None:
    """Has the registers asked about answers that one of them can confirm, outside this transaction."""
    paths = set(changed)
    fields = [field for field in definition.form.fields if field.path in paths]
    if any(origin.kind == VERIFY for field in fields for origin in field.origins):
        ask("confirm_answers", str(case.pk))


def note_confirmed(
    *, case_id: UUID, register: str, facts: Mapping[str, str], seen: Answers
) -> None:
    """Marks answers {fact: path} of a draft that a register knows just so, unless they have changed meanwhile.

    `seen` are the values {fact: value} that the register was asked about. Nothing of the answers changes.
    """
    with transaction.atomic():
        case = locked_case(Viewer.system("confirm answers"), case_id)
        present = flat(case.answers)
        fresh = {
            path: {"kind": "register", "name": register, "field": fact}
            | _stamp(seen[fact], CONFIRMED, authoritative=False)
            for fact, path in facts.items()
            if path not in case.provenance and present.get(path) == seen[fact]
        }
        if case.state == "draft" and fresh:
            case.provenance = {**case.provenance, **fresh}
            case.save(update_fields=["provenance"])


def _asked(form: Form, answers: Answers) -> set[str]:
    return {field.path for field in form.fields if field.called(answers)}


def _copy_again(case: Case, definition: Definition, before: Answers) -> None:
    """A copy that the applicant has left alone follows its field; an empty one takes the new value."""
    records = Records(Viewer.system("copy"), case)
    for field in definition.form.fields:
        copies = tuple(o for o in field.origins if o.kind == ANSWERS and _moved(o, before, case))
        source = case.provenance.get(field.path)
        is_copy = source is not None and kind_of(source) == ANSWERS
        is_empty = value_at(case.answers, field.path) is None
        if not copies or not (is_copy or is_empty):
            continue
        case.answers = with_value(case.answers, field.path, None)
        case.provenance.pop(field.path, None)
        for offer in offers_for(records, [replace(field, origins=copies)]):
            _take(case, offer)
    settle(case, definition)


def _moved(origin: Origin, before: Answers, case: Case) -> bool:
    """Whether the field that is copied has changed."""
    return value_at(before, origin.path) != value_at(case.answers, origin.path)


def _fill_granted(case: Case, definition: Definition, viewer: Viewer, paths: set[str]) -> None:
    """What certificates that are granted already say of fields that are asked only now; the use is logged."""
    wanted = [want for want in wanted_fields(definition, case.answers) if want.path in paths]
    if not wanted or not case.certificates:
        return
    granted = [
        h for h in held_for(viewer, case, definition) if str(h.certificate_id) in case.certificates
    ]
    filled = fill(wanted, granted, now().date())
    take_over(case, filled)
    paths = {value.path for value in filled}
    fields = fields_in({path: one for path, one in case.provenance.items() if path in paths})
    if fields:
        use_certificates(
            viewer=viewer,
            case_id=case.pk,
            fields=fields,
            user="platform",
            purpose=purpose_of(definition),
        )


def _take(case: Case, offer: Offer) -> None:
    origin = offer.origin
    case.answers = with_value(case.answers, offer.path, offer.value)
    case.provenance[offer.path] = {
        "kind": origin.kind,
        "name": origin.name,
        "field": origin.path,
        **offer.facts,
        **_stamp(offer.value, origin.grade, authoritative=offer.authoritative),
    }


def _stamp(value: object, grade: str, *, authoritative: bool) -> dict[str, object]:
    return {
        "grade": grade,
        "authoritative": authoritative,
        "read_at": now().isoformat(timespec="seconds"),
        "digest": keyed_digest(value),
    }
