"""What the sources beside certificates say for a form: records, earlier applications, questions to registers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from keys import vault
from people.identifiers import birth_date_of, gender_of
from people.models import Enterprise, Person
from people.viewer import Viewer
from registers.answer import Question
from services.answers import value_at
from services.definition import Definition
from services.fields import Field
from services.form import cleaned_value
from services.origins import ENTERPRISE, PERSON, VERIFY, Origin
from workflows.models import Case
from workflows.queries import visible_cases

# An application that was taken back or never taken up says nothing for the next one.
TELLING = ("submitted", "correcting", "reviewing", "suspended", "decided", "concluded")


@dataclass(frozen=True)
class Offer:
    """A value that a source has for a field, and the facts that tell people whence."""

    path: str
    value: object = field(repr=False)
    origin: Origin
    authoritative: bool
    facts: Mapping[str, str]  # number and day of an earlier application


@dataclass
class Records:
    """What is known of who asks, read once and only as far as a form draws on it."""

    viewer: Viewer
    case: Case
    known: dict[str, Mapping[str, object]] = field(default_factory=dict, repr=False)
    earlier: dict[str, Case | None] = field(default_factory=dict, repr=False)

    def record(self, kind: str) -> Mapping[str, object]:
        """The person's or the enterprise's record by its field names."""
        if kind not in self.known:
            self.known[kind] = self._person() if kind == PERSON else self._enterprise()
        return self.known[kind]

    def application(self, item_code: str) -> Case | None:
        """The applicant's newest application for an item that the viewer may see."""
        if item_code not in self.earlier:
            rows = visible_cases(self.viewer).filter(
                item_code=item_code,
                applicant_person=self.case.applicant_person_id,
                applicant_enterprise=self.case.applicant_enterprise_id,
                state__in=TELLING,
            )
            self.earlier[item_code] = rows.exclude(pk=self.case.pk).order_by("-id").first()
        return self.earlier[item_code]

    def _person(self) -> Mapping[str, object]:
        if self.viewer.person_id is None:
            return {}
        person = Person.objects.get(pk=self.viewer.person_id)
        number = vault.unseal(person.id_number_sealed)
        said = {"name": person.name, "id_number": number}
        said["phone"] = vault.unseal(person.phone_sealed) if person.phone_sealed else ""
        if person.id_kind == "111":
            said |= {"birth_date": birth_date_of(number).isoformat(), "gender": gender_of(number)}
        return said

    def _enterprise(self) -> Mapping[str, object]:
        if self.case.applicant_enterprise_id is None:
            return {}
        rows = Enterprise.objects.select_related("legal_representative")
        enterprise = rows.get(pk=self.case.applicant_enterprise_id)
        return {
            "name": enterprise.name,
            "credit_code": enterprise.credit_code,
            "legal_representative": enterprise.legal_representative.name,
            "address": enterprise.address,
        }


def offers_for(records: Records, fields: Iterable[Field]) -> Iterator[Offer]:
    """For each field the value of its best source: the better grade, then the one that is named first.

    A value that the field does not take is no offer, nor is one of a register, which only confirms.
    """
    for one in fields:
        ranked = sorted(one.origins, key=lambda origin: origin.grade)  # stable: the order named
        found = (_offer(records, one, origin) for origin in ranked if origin.kind != VERIFY)
        best = next((offer for offer in found if offer is not None), None)
        if best is not None:
            yield best


def _offer(records: Records, wanted: Field, origin: Origin) -> Offer | None:
    said, facts = _said(records, origin)
    value, wrong = cleaned_value(wanted, said)
    if wrong or value is None:
        return None
    own = PERSON if records.case.applicant_enterprise_id is None else ENTERPRISE
    return Offer(wanted.path, value, origin, origin.is_identity and origin.kind == own, facts)


def _said(records: Records, origin: Origin) -> tuple[object, dict[str, str]]:
    match origin.kind:
        case "answers":
            return value_at(records.case.answers, origin.path), {}
        case "case":
            return _earlier(records.application(origin.name), origin)
        case _:
            return records.record(origin.kind).get(origin.path), {}


def _earlier(case: Case | None, origin: Origin) -> tuple[object, dict[str, str]]:
    if case is None:
        return None, {}
    day = timezone.localdate(case.applied_at).isoformat() if case.applied_at else ""
    return value_at(case.answers, origin.path), {"number": case.number or "", "on": day}


def questions_for(case: Case, definition: Definition) -> dict[str, tuple[Question, dict[str, str]]]:
    """{register: what to ask it about the applicant, and {fact: path}} while an answer lacks its word."""
    asked: dict[str, dict[str, str]] = {}
    for one in definition.form.fields:
        for origin in one.origins:
            if origin.kind == VERIFY and value_at(case.answers, one.path) is not None:
                fact = origin.path or one.path.rpartition(".")[2]
                asked.setdefault(origin.name, {})[fact] = one.path
    open_ = {r: f for r, f in asked.items() if not case.provenance.keys() >= set(f.values())}
    subject = subject_of(case) if open_ else ""
    return {
        register: (Question(register, subject, _facts(facts, case.answers)), facts)
        for register, facts in open_.items()
    }


def subject_of(case: Case) -> str:
    """Whom a register is asked about: the applicant, never somebody else."""
    if case.applicant_enterprise is not None:
        return str(case.applicant_enterprise.credit_code)
    assert case.applicant_person is not None
    return vault.unseal(case.applicant_person.id_number_sealed)


def _facts(paths: Mapping[str, str], answers: Mapping[str, object]) -> dict[str, object]:
    return {name: value_at(answers, path) for name, path in paths.items()}
