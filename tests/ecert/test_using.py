"""Grants and uses: nothing is read without one, and every use is in the holder's log (INV-21)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ecert import commands
from ecert.models import Certificate, CertificateUse, UseGrant
from ecert.queries import visible_uses
from people.errors import Refusal
from people.models import AuditRecord
from people.viewer import Viewer


def refused(act, code, **changes):
    """Asserts that an act is refused and that nothing changed (INV-25)."""
    before = UseGrant.objects.count(), CertificateUse.objects.count(), AuditRecord.objects.count()
    with pytest.raises(Refusal) as caught:
        act(**changes)
    assert caught.value.code == code
    after = UseGrant.objects.count(), CertificateUse.objects.count(), AuditRecord.objects.count()
    assert after == before
    return caught.value


@pytest.fixture
def use(owner, licence, grant):
    """Uses the name of the licence in the case of the grant."""
    case = grant().case_id

    def act(viewer=owner, **changes):
        values = {
            "viewer": viewer,
            "case_id": case,
            "fields": {licence.pk: ["name"]},
            "user": "platform",
            "purpose": "办理开办餐饮店一件事",
        }
        return commands.use_certificates(**{**values, **changes})

    return act


def test_a_use_under_a_grant_is_in_the_holders_log(use, owner, licence, stranger):
    (used,) = use()
    assert [row.pk for row in visible_uses(owner)] == [used.pk]
    row = visible_uses(owner).get()
    assert (row.certificate_id, row.fields, row.user) == (licence.pk, ["name"], "platform")
    assert row.grant_id == UseGrant.objects.get().pk
    assert not visible_uses(stranger).exists()


def test_bad_82_a_use_without_a_grant_is_refused(use, licence):
    refused(use, "CONSENT_REQUIRED", case_id=uuid4())
    refused(use, "CONSENT_REQUIRED", fields={licence.pk: ["name", "business_scope"]})
    refused(use, "CONSENT_REQUIRED", fields={licence.pk: []})


def test_bad_82_a_use_for_another_purpose_is_refused(use):
    refusal = refused(use, "CONSENT_INVALID", purpose="营销")
    assert refusal.problems[0].params["reason"] == "purpose"


def test_bad_82_a_withdrawn_grant_is_over_at_once(use, owner):
    grant = UseGrant.objects.get()
    use()
    commands.withdraw_grant(viewer=owner, key="w1", grant_id=grant.pk)
    refusal = refused(use, "CONSENT_INVALID")
    assert refusal.problems[0].params["reason"] == "withdrawn"
    again = commands.withdraw_grant(viewer=owner, key="w2", grant_id=grant.pk)
    assert again.revoked_at == UseGrant.objects.get().revoked_at
    assert AuditRecord.objects.filter(action="withdraw_grant").count() == 1


def test_bad_82_an_expired_grant_is_over(use):
    UseGrant.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    refusal = refused(use, "CONSENT_INVALID")
    assert refusal.problems[0].params["reason"] == "expired"


def test_a_newer_grant_stands_where_an_older_one_was_withdrawn(use, owner, grant):
    commands.withdraw_grant(viewer=owner, key="w", grant_id=UseGrant.objects.get().pk)
    newer = grant()
    (used,) = use()
    assert used.grant_id == newer.pk


def test_another_holders_certificate_cannot_be_used_even_under_a_grant(use, stranger):
    refused(use, "NOT_FOUND", viewer=stranger)
    refused(use, "NOT_FOUND", viewer=Viewer.anonymous())


def test_a_department_uses_what_was_granted_for_the_case_and_nothing_else(use, approver, licence):
    (used,) = use(viewer=approver, user="market_regulation.990102000000")
    assert used.user == "market_regulation.990102000000"
    refused(use, "CONSENT_REQUIRED", viewer=approver, fields={licence.pk: ["kind"]})


def test_inv_12_a_revoked_certificate_fills_nothing_but_a_department_may_still_read_the_case(
    use, approver, licence
):
    Certificate.objects.filter(pk=licence.pk).update(status="revoked")
    refusal = refused(use, "CERTIFICATE_NOT_USABLE")
    assert refusal.problems[0].params["status"] == "revoked"
    assert use(viewer=approver)


def test_a_grant_notes_names_of_fields_and_no_values(grant, enterprise):
    recorded = grant()
    assert list(recorded.fields.values()) == [["address", "name"]]
    record = AuditRecord.objects.get(action="record_grant")
    assert enterprise.address not in str(record.details)


def test_another_persons_certificate_is_never_granted(grant, stranger, citizen, licence, id_card):
    refused(grant, "NOT_FOUND", viewer=stranger)
    refused(grant, "NOT_FOUND", viewer=citizen)  # she acts for herself, the licence is the firm's
    refused(grant, "NOT_FOUND", viewer=stranger, fields={id_card.pk: ["name"]})
    refused(grant, "NOT_FOUND", fields={uuid4(): ["name"]})
    refused(grant, "NOT_FOUND", fields={licence.pk: ["name"], uuid4(): ["name"]})


def test_an_officer_grants_nothing(grant, approver):
    refused(grant, "NOT_FOUND", viewer=approver)


def test_the_representative_grants_her_own_card_beside_the_firms_licence(grant, id_card, licence):
    assert grant(fields={id_card.pk: ["name"], licence.pk: ["name"]})


def test_a_grant_of_nothing_or_of_unknown_fields_is_refused(grant, licence):
    refused(grant, "GRANT_EMPTY", fields={})
    refused(grant, "GRANT_EMPTY", fields={licence.pk: []})
    refusal = refused(grant, "CERTIFICATE_FIELD_UNKNOWN", fields={licence.pk: ["name", "x", "y"]})
    assert [problem.params["name"] for problem in refusal.problems] == ["x", "y"]


def test_a_grant_ends_and_within_a_year(grant):
    now = timezone.now()
    refused(grant, "GRANT_PERIOD_INVALID", valid_until=now)
    refused(grant, "GRANT_PERIOD_INVALID", valid_until=now + timedelta(days=367))


def test_an_expired_certificate_is_not_granted(grant, licence):
    Certificate.objects.filter(pk=licence.pk).update(valid_until=date(2021, 1, 1))
    refusal = refused(grant, "CERTIFICATE_NOT_USABLE")
    assert refusal.problems[0].params["status"] == "expired"


def test_a_stranger_does_not_withdraw_a_grant(grant, stranger):
    pk = grant().pk
    with pytest.raises(Refusal, match="NOT_FOUND"):
        commands.withdraw_grant(viewer=stranger, key="w", grant_id=pk)
    assert UseGrant.objects.get().revoked_at is None
