"""Two people at one case at the same instant, on PostgreSQL: one order of events, one effect, a clear refusal."""

import pytest
from django.db import transaction

from bus.models import OutboxLetter
from ecert.commands import complete_certificate
from ecert.models import Certificate
from people.models import Officer
from tests.city import officer_viewer
from tests.long_run import rounds
from tests.races.cases import copies, deciding, happened, sign_accepted
from tests.restaurant import accepted, approval_of, decide_step, key
from tests.together import DONE, race
from workflows import commands
from workflows.models import Approval, Case, Decision, Opinion
from workflows.queries import reading_of

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("promises"),
]
TIMES = rounds(200)


def test_inv_06_flt_49_two_officers_deciding_at_once_200_times_make_one_decision_each(city):
    case = sign_accepted(city)
    digest = reading_of(approval_of(case, "signage")).digest
    first = city.officer("urban_management")
    second = city.officer("urban_management", "approver")
    cases = copies(case, TIMES)
    said = [("approved", "denied")[turn % 2] for turn in range(TIMES)]
    answers = race(
        [deciding(first, one, "signage", digest) for one in cases],
        [deciding(second, one, "signage", digest, w) for one, w in zip(cases, said, strict=True)],
    )
    assert [sorted(map(str, row)) for row in answers] == [["ALREADY_DECIDED", DONE]] * TIMES
    of_these = Decision.objects.filter(approval__case__in=cases)
    opinions = Opinion.objects.filter(approval__case__in=cases)
    assert of_these.count() == opinions.count() == TIMES
    granted = of_these.filter(outcome="approved").count()
    assert Certificate.objects.filter(source_case__in=[one.pk for one in cases]).count() == granted
    states = {(c.state, c.outcome) for c in Case.objects.filter(pk__in=[one.pk for one in cases])}
    assert states <= {("decided", "approved"), ("concluded", "denied")}


def test_inv_08_flt_54_the_last_two_branches_at_once_200_times_decide_and_conclude_once(city):
    case = accepted(city)
    for step, outcome in (("survey", ""), ("food", "denied"), ("waste", "")):
        decide_step(city, case, step, outcome)
    digests = {s: reading_of(approval_of(case, s)).digest for s in ("fire", "signage")}
    cases = copies(case, TIMES)
    answers = race(
        [deciding(city.officer("fire"), one, "fire", digests["fire"]) for one in cases],
        [
            deciding(city.officer("urban_management"), one, "signage", digests["signage"])
            for one in cases
        ],
    )
    assert answers == [(DONE, DONE)] * TIMES
    ids = [one.pk for one in cases]
    assert set(Case.objects.filter(pk__in=ids).values_list("state", "outcome")) == {
        ("decided", "partly")
    }
    issued = Certificate.objects.filter(source_case__in=ids)
    assert happened(ids, "decided") == TIMES
    letters = OutboxLetter.objects.filter(
        topic="case.decided", envelope__data__case__in=map(str, ids)
    )
    assert letters.count() == TIMES
    assert issued.count() == issued.values("source_case", "type").distinct().count() == 2 * TIMES

    answers = race(
        *[
            [sealing(one) for one in issued.filter(source_step=step).order_by("source_case")]
            for step in ("fire", "signage")
        ]
    )
    assert answers == [(DONE, DONE)] * TIMES
    assert Case.objects.filter(pk__in=ids, state="concluded").count() == TIMES
    assert happened(ids, "concluded") == TIMES


def sealing(certificate: Certificate):
    """What its chore and then its letter do: the file is kept, the case is told."""

    def act() -> None:
        complete_certificate(certificate_id=certificate.pk, pdf=b"%PDF-1.7", statement="a.b.c")
        with transaction.atomic():
            commands.note_certificate(
                case_id=certificate.source_case,
                certificate_id=str(certificate.pk),
                step=certificate.source_step,
            )

    return act


def test_flt_52_withdrawing_against_deciding_50_times_is_one_of_the_two(city):
    case = sign_accepted(city)
    digest = reading_of(approval_of(case, "signage")).digest
    cases = copies(case, rounds(50))

    def withdrawing(one):
        given = {"viewer": city.owner, "key": key(), "case_id": one.pk, "reason": "不办了"}
        return lambda: commands.withdraw_case(**given)

    answers = race(
        [withdrawing(one) for one in cases],
        [deciding(city.officer("urban_management"), one, "signage", digest) for one in cases],
    )
    for one, answer in zip(cases, answers, strict=True):
        assert sorted(map(str, answer)) == ["ILLEGAL_TRANSITION", DONE]
        state = Case.objects.get(pk=one.pk).state
        decisions = Decision.objects.filter(approval__case=one).count()
        issued = Certificate.objects.filter(source_case=one.pk).count()
        if answer[0] == DONE:
            assert (state, decisions, issued) == ("withdrawn", 0, 0)
        else:
            assert (state, decisions, issued) == ("decided", 1, 1)


def test_load_06_two_officers_claiming_at_once_have_one_claim(city):
    cases = copies(sign_accepted(city), rounds(50))
    offices = Officer.objects.filter(department=city.department("urban_management"))
    offices.update(role="officer")  # of one rank: an approver may take a colleague's task over
    viewers = [officer_viewer(office, office.department) for office in offices]

    def claiming(viewer, one):
        approval = Approval.objects.get(case=one)
        return lambda: commands.claim_approval(viewer=viewer, key=key(), approval_id=approval.pk)

    answers = race(*[[claiming(viewer, one) for one in cases] for viewer in viewers])
    assert [sorted(map(str, row)) for row in answers] == [["ALREADY_CLAIMED", DONE]] * len(cases)


def test_atk_39_two_opinions_given_at_once_make_the_one_decision_they_are_needed_for(city):
    case = sign_accepted(city)
    digest = reading_of(approval_of(case, "signage")).digest
    cases = copies(case, rounds(50))
    Approval.objects.filter(case__in=cases).update(opinions_needed=2)
    roles = ("officer", "approver")
    viewers = [city.officer("urban_management", role) for role in roles]
    answers = race(*[[deciding(v, one, "signage", digest) for one in cases] for v in viewers])
    assert answers == [(DONE, DONE)] * len(cases)
    assert Decision.objects.filter(approval__case__in=cases).count() == len(cases)


def test_inv_28_letters_arriving_while_departments_decide_hold_nobody_up(city):
    case = accepted(city)
    decide_step(city, case, "survey")
    digest = reading_of(approval_of(case, "signage")).digest
    cases = copies(case, rounds(60))

    def arriving(one):
        """A batch of the desk's letters, in the order in which the steps were opened."""
        steps = ("survey", "signage", "waste", "food", "fire")
        ids = [
            pk
            for s in steps
            for pk in Approval.objects.filter(case=one, step=s).values_list("pk", flat=True)
        ]

        def act() -> None:
            with transaction.atomic():
                for approval_id in ids:
                    commands.note_received(approval_id=approval_id)

        return act

    answers = race(
        [arriving(one) for one in cases],
        [deciding(city.officer("urban_management"), one, "signage", digest) for one in cases],
    )
    assert answers == [(DONE, DONE)] * len(cases)
    assert not Approval.objects.filter(case__in=cases, received_at=None).exists()
