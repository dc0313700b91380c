"""Starting a case: consent, prefill with provenance, answers that may and may not change."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ecert.models import Certificate, CertificateUse, UseGrant
from people.models import Mandate
from people.viewer import Viewer
from tests.restaurant import ITEM, TYPED, draft, key
from tests.unchanged import refused
from workflows import commands
from workflows.models import Case
from workflows.queries import visible_cases
from workflows.reading import flat

pytestmark = pytest.mark.django_db


def started(city):
    return commands.start_case(viewer=city.owner, key=key(), item_code=ITEM)


def test_inv_23_every_prefilled_value_has_its_source_and_nothing_is_invented(city):
    case = commands.grant_use(viewer=city.owner, key=key(), case_id=started(city).pk)
    values = flat(case.answers)
    assert set(values) == set(case.provenance)
    for path, source in case.provenance.items():
        certificate = Certificate.objects.select_related("type").get(pk=source["certificate_id"])
        assert certificate.identifier == source["identifier"]
        assert source["field"] in certificate.face
        if source["field"] not in {"gender", "nation"}:
            assert str(certificate.face[source["field"]]) == str(values[path])


def test_inv_21_each_use_of_a_certificate_stands_in_the_holders_log_under_its_grant(city):
    case = commands.grant_use(viewer=city.owner, key=key(), case_id=started(city).pk)
    grant = UseGrant.objects.get(case_id=case.pk)
    uses = CertificateUse.objects.filter(case_id=case.pk)
    assert {str(u.certificate_id) for u in uses} == set(case.certificates) == set(grant.fields)
    assert {u.grant_id for u in uses} == {grant.pk}
    assert {u.user for u in uses} == {"platform"}


def test_before_consent_nothing_is_filled_and_nothing_is_used(city):
    case = started(city)
    assert case.answers == {}
    assert not CertificateUse.objects.filter(case_id=case.pk).exists()


def test_bad_82_another_persons_certificate_cannot_be_granted(city):
    case = started(city)
    foreign = Certificate.objects.filter(enterprise=city.stranger.enterprise_id).first()
    with refused("NOT_FOUND", "certificates"):
        commands.grant_use(viewer=city.owner, key=key(), case_id=case.pk, certificates=[foreign.pk])


def test_a_narrower_consent_fills_only_from_what_was_chosen(city):
    licence = Certificate.objects.get(
        enterprise=city.owner.enterprise_id, type__code="BUSINESS_LICENCE"
    )
    case = commands.grant_use(
        viewer=city.owner, key=key(), case_id=started(city).pk, certificates=[licence.pk]
    )
    assert {s["type"] for s in case.provenance.values()} == {"BUSINESS_LICENCE"}


def test_an_agent_grants_the_enterprises_certificates_but_not_the_representatives_own(city):
    case = commands.start_case(viewer=city.agent, key=key(), item_code=ITEM)
    case = commands.grant_use(viewer=city.agent, key=key(), case_id=case.pk)
    assert "enterprise.name" in case.provenance
    assert "representative.id_number" not in case.provenance
    assert case.provenance["agent.name"]["type"] == "RESIDENT_ID_CARD"


@pytest.mark.parametrize("value", ["另一家餐饮有限公司", None])
def test_tampering_with_a_read_only_value_is_refused(city, value):
    case = draft(city)
    with refused("READ_ONLY_FIELD", "enterprise.name"):
        commands.save_answers(
            viewer=city.owner,
            key=key(),
            case_id=case.pk,
            revision=case.revision,
            answers={"enterprise.name": value},
        )


def test_a_read_only_value_may_be_sent_back_as_it_is(city):
    case = draft(city)
    name = case.answers["enterprise"]["name"]
    again = commands.save_answers(
        viewer=city.owner,
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers={"enterprise.name": name},
    )
    assert again.revision == case.revision
    assert "enterprise.name" in again.provenance


def test_a_proposed_value_may_be_changed_and_then_is_the_applicants_own(city):
    case = draft(city)
    assert case.provenance["premises.area"]["authoritative"] is False
    case = commands.save_answers(
        viewer=city.owner,
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers={"premises.area": 260},
    )
    assert case.answers["premises"]["area"] == 260
    assert "premises.area" not in case.provenance


def test_bad_49_an_unknown_field_is_refused_with_its_name(city):
    case = draft(city)
    with refused("UNKNOWN_FIELD", "enterprise.state"):
        commands.save_answers(
            viewer=city.owner,
            key=key(),
            case_id=case.pk,
            revision=case.revision,
            answers={"enterprise.state": "approved", "business.seats": 3},
        )


def test_bad_29_a_number_with_a_wrong_check_digit_is_refused(city):
    case = draft(city)
    with refused("INVALID_ID_NUMBER", "staff.manager_id_number"):
        commands.save_answers(
            viewer=city.owner,
            key=key(),
            case_id=case.pk,
            revision=case.revision,
            answers={"staff.manager_id_number": "110105194912310026"},
        )


def test_bad_64_answers_on_an_old_revision_are_refused(city):
    case = draft(city)
    with refused("STALE_VERSION", "revision"):
        commands.save_answers(
            viewer=city.owner,
            key=key(),
            case_id=case.pk,
            revision=case.revision - 1,
            answers={"business.seats": 3},
        )


def test_inv_20_a_strangers_draft_is_not_found(city):
    case = draft(city)
    for unknown in (case.pk, uuid4()):
        with refused("NOT_FOUND", "caseId"):
            commands.save_answers(
                viewer=city.stranger, key=key(), case_id=unknown, revision=1, answers={}
            )


def test_bad_53_a_natural_person_cannot_start_an_item_for_enterprises(city):
    with refused("APPLICANT_TYPE_MISMATCH", "itemCode"):
        commands.start_case(viewer=city.owner_herself, key=key(), item_code=ITEM)


def test_bad_52_an_item_that_is_not_published_cannot_be_started(city):
    with refused("ITEM_NOT_AVAILABLE"):
        commands.start_case(viewer=city.owner, key=key(), item_code="999999999999")


def test_an_officer_starts_no_case(city):
    with refused("FORBIDDEN"):
        commands.start_case(viewer=city.officer("fire"), key=key(), item_code=ITEM)


def test_inv_02_the_same_key_starts_one_case_and_another_body_is_a_conflict(city):
    one = key()
    first = commands.start_case(viewer=city.owner, key=one, item_code=ITEM)
    again = commands.start_case(viewer=city.owner, key=one, item_code=ITEM)
    assert first.pk == again.pk
    assert Case.objects.count() == 1
    with refused("IDEMPOTENCY_CONFLICT"):
        commands.save_answers(
            viewer=city.owner, key=one, case_id=first.pk, revision=1, answers=TYPED
        )


@pytest.mark.parametrize("limit", ["item", "day", "revoked"])
def test_bad_38_an_agent_neither_sees_nor_touches_what_the_mandate_does_not_cover(city, limit):
    case = draft(city)
    assert visible_cases(city.agent).get() == case
    changes = {
        "item": {"items": ["990117001000"]},
        "day": {"valid_until": timezone.localdate() - timedelta(days=1)},
        "revoked": {"revoked_at": timezone.now()},
    }
    Mandate.objects.filter(pk=city.agent.mandate_id).update(**changes[limit])
    assert not visible_cases(city.agent).exists()
    given = {"viewer": city.agent, "case_id": case.pk}
    for act in (
        lambda: commands.save_answers(**given, key=key(), revision=case.revision, answers={}),
        lambda: commands.grant_use(**given, key=key()),
        lambda: commands.withdraw_case(**given, key=key(), reason=""),
    ):
        with refused("NOT_FOUND", "caseId"):
            act()


def test_a_viewer_who_is_nobody_in_particular_sees_no_case(city):
    draft(city)
    for kind in ("person", "enterprise"):
        assert not visible_cases(Viewer(kind=kind, account_id=city.owner.account_id)).exists()
