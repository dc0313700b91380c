"""Starting a case: the draft, the consent that fills it, the answers people type."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from ecert.commands import record_grant, use_certificates
from ecert.prefill import Held, fill
from people.commands import once
from people.divisions import lies_in, successor
from people.errors import NotFound, Problem, Refusal, Refusals
from people.queries import may_act_for
from people.viewer import Viewer
from services.answers import with_value
from services.definition import Definition
from services.eligibility import eligibility_problems
from services.form import Form, clean, settled
from services.models import ItemVersion
from services.queries import definition_of, startable_version
from workflows.commands.filling import settle, take_over
from workflows.commands.offering import ask_registers, offer_values
from workflows.commands.records import locked_case, note, now
from workflows.errors import illegal, stale
from workflows.models import Case
from workflows.prefilling import held_for, purpose_of, wanted_fields, wanted_grant
from workflows.queries import facts_of_case
from workflows.reading import flat
from workflows.sources import CERTIFICATE, certificates_in, kind_of

GRANT_LASTS = timedelta(days=180)  # longer than any legal limit of a case; one case only


def start_case(
    *,
    viewer: Viewer,
    key: str,
    item_code: str,
    answers: Mapping[str, object] | None = None,
    division: str = "",
) -> Case:
    """Opens a draft for whom the viewer acts; the version of the item stays until somebody moves it.

    `division` is where it is to be handled, when the applicant has chosen that: its own version is used.

    `answers` {path: value} are what was asked before starting (情形引导) and is not asked again. Refusals:
    ITEM_NOT_AVAILABLE, NOT_ON_APPLICATION for what authorities do by office (依职权), APPLICANT_TYPE_MISMATCH,
    those of acting for somebody; NOT_ELIGIBLE at the question with the reason.
    """
    given = dict(answers or {})

    def act() -> dict[str, object]:
        if not viewer.is_applicant or viewer.account_id is None:
            raise Refusal("FORBIDDEN")
        if viewer.assisted_by is not None and item_code != viewer.item_code:
            raise Refusal("SITTING_OTHER_ITEM", field="itemCode", audited=True)
        place = _place(division)
        version = startable_version(item_code, place)
        definition = definition_of(version)
        if viewer.kind not in definition.audience:
            raise Refusal("APPLICANT_TYPE_MISMATCH", field="itemCode")
        applicant = may_act_for(viewer, item_code, now().date())
        case = _new_case(viewer, viewer.account_id, version, definition.code, applicant.name)
        fields = put_answers(case, definition, _located(definition, given, place))
        offer_values(case, definition, viewer)
        barred = eligibility_problems(definition.eligibility, case.answers, complete=False)
        if barred:
            raise Refusals(barred)
        case.save(force_insert=True)
        note(case, "started", viewer, details={"fields": sorted(fields)} if fields else None)
        return {"case": str(case.pk)}

    body = {"item_code": item_code, "answers": given}
    if division:
        body["division"] = division
    outcome = once(viewer, key=key, command="start_case", body=body, act=act)
    return Case.objects.get(pk=UUID(str(outcome["case"])))


def _place(division: str) -> str:
    """A chosen division, or who took it over. Refusal: INVALID_DIVISION."""
    place = successor(division, now().date()) if division else ""
    if division and not place:
        raise Refusal("INVALID_DIVISION", field="division")
    return place


def _located(
    definition: Definition, given: Mapping[str, object], place: str
) -> Mapping[str, object]:
    """The first answers, with the division that decides where the case lies when it can lie there."""
    if not place or definition.at in given or not definition.at:
        return given
    return {**given, definition.at: place} if lies_in(place, now().date()) else given


def _new_case(
    viewer: Viewer, account_id: UUID, version: ItemVersion, item_code: str, applicant: str
) -> Case:
    """An empty draft, not yet saved."""
    return Case(
        item_version=version,
        item_code=item_code,
        applicant_person_id=viewer.person_id if viewer.kind == "person" else None,
        applicant_enterprise_id=viewer.enterprise_id if viewer.kind == "enterprise" else None,
        applicant_name=applicant,
        started_by_id=account_id,
        apply_type="counter" if viewer.counter_id else "online",
        counter_id=viewer.counter_id,
    )


def grant_use(
    *, viewer: Viewer, key: str, case_id: UUID, certificates: Sequence[UUID] | None = None
) -> Case:
    """Consents to the use of held certificates for one case, and fills the form from them.

    `certificates` narrows the consent; None means all that the form asks for. Each use is logged.
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        if not viewer.is_applicant or not (
            case.state == "draft" or (case.state == "correcting" and case.stage == "submitted")
        ):
            raise illegal("grant_use", case.state)
        definition = definition_of(case.item_version)
        held = held_for(viewer, case, definition)
        _check_chosen(held, certificates)
        chosen = [h for h in held if certificates is None or h.certificate_id in certificates]
        fields = wanted_grant(definition, chosen, case.answers)
        if not fields:
            raise Refusal("NOTHING_TO_GRANT", field="certificates")
        _consent(viewer, case, definition, fields)
        before = case.answers
        filled = fill(wanted_fields(definition, case.answers), chosen, now().date())
        _let_go(case)
        take_over(case, filled)
        settle(case, definition)
        offer_values(case, definition, viewer, before)
        case.certificates = sorted({*case.certificates, *(str(c) for c in fields)})
        case.revision += 1
        case.save(update_fields=["answers", "provenance", "certificates", "revision"])
        note(case, "use_granted", viewer, details={"fields": sorted(f.path for f in filled)})
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "certificates": [str(c) for c in certificates or []]}
    once(viewer, key=key, command="grant_use", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _consent(
    viewer: Viewer, case: Case, definition: Definition, fields: Mapping[UUID, Sequence[str]]
) -> None:
    """Records the consent, and at once the platform's own use of what it allows."""
    record_grant(
        viewer=viewer,
        case_id=case.pk,
        item_code=case.item_code,
        purpose=purpose_of(definition),
        fields=fields,
        valid_until=now() + GRANT_LASTS,
    )
    use_certificates(
        viewer=viewer,
        case_id=case.pk,
        fields=fields,
        user="platform",
        purpose=purpose_of(definition),
    )


def _let_go(case: Case) -> None:
    """Values whose certificate is no longer valid stay as the applicant's own answers, open to change."""
    valid = {str(fact["id"]) for fact in facts_of_case(case) if fact["status"] == "valid"}
    for path, certificate in certificates_in(case.provenance).items():
        if certificate not in valid:
            del case.provenance[path]


def _check_chosen(held: Sequence[Held], certificates: Sequence[UUID] | None) -> None:
    if certificates is not None and not set(certificates) <= {h.certificate_id for h in held}:
        raise NotFound("certificates", audited=True)


def put_answers(case: Case, definition: Definition, changes: Mapping[str, object]) -> list[str]:
    """Cleans and writes changes by path into a locked case; returns the paths that changed.

    What the new answers do not call for is dropped, sent or kept, well formed or not. Raises all other
    problems at once; an authoritative value may be repeated but not altered.
    """
    values, problems = clean(definition.form, changes)
    problems = _of_called(definition.form, problems, case.answers, values)
    present = flat(case.answers)
    for path, value in values.items():
        field = definition.form.field(path)
        if field is not None and field.awaited and value is not None:
            problems = [*problems, Problem("FILLED_LATER", path)]
        source = case.provenance.get(path)
        if source is not None and source["authoritative"] and value != present.get(path):
            of = {} if kind_of(source) == CERTIFICATE else {"reason": "record"}
            problems = [*problems, Problem("READ_ONLY_FIELD", path, of)]
    if problems:
        raise Refusals(problems)
    for path, value in values.items():
        if present.get(path) != value:
            case.answers = with_value(case.answers, path, value)
            case.provenance.pop(path, None)
    settle(case, definition)
    after = flat(case.answers)
    return [p for p in {**values, **present} if present.get(p) != after.get(p)]


def _of_called(
    form: Form,
    problems: Sequence[Problem],
    answers: Mapping[str, object],
    values: Mapping[str, object],
) -> list[Problem]:
    """The problems without those of fields that the new answers do not call for."""
    for path, value in values.items():
        answers = with_value(answers, path, value)
    kept = settled(form, answers)
    silent = {field.path for field in form.conditional if not field.called(kept)}
    return [p for p in problems if ".".join(p.field.split(".")[:2]) not in silent]


def save_answers(
    *, viewer: Viewer, key: str, case_id: UUID, revision: int, answers: Mapping[str, object]
) -> Case:
    """Writes answers {path: value} into a draft; `revision` is the one the viewer saw (BAD-64)."""

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        if case.state != "draft" or not viewer.is_applicant:
            raise illegal("save_answers", case.state)
        if case.revision != revision:
            raise stale("revision")
        definition, before = definition_of(case.item_version), case.answers
        changed = put_answers(case, definition, answers)
        if changed:
            offer_values(case, definition, viewer, before)
            ask_registers(case, definition, changed)
            case.revision += 1
            case.save(update_fields=["answers", "provenance", "revision"])
            note(case, "answers_saved", viewer, details={"fields": sorted(changed)})
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "revision": revision, "answers": answers}
    once(viewer, key=key, command="save_answers", body=body, act=act)
    return Case.objects.get(pk=case_id)
