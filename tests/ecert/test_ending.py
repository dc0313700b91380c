"""Revoking, cancelling, suspending, restoring: by an approver of the issuer, from a status that allows it."""

import pytest

from ecert import commands
from ecert.models import Certificate
from people.errors import Refusal
from people.models import AuditRecord

ACTS = {
    "revoked": commands.revoke_certificate,
    "cancelled": commands.cancel_certificate,
    "suspended": commands.suspend_certificate,
    "valid": commands.restore_certificate,
}


def end(status, viewer, certificate, key="k", reason="依法处理"):
    return ACTS[status](viewer=viewer, key=key, certificate_id=certificate.pk, reason=reason)


def refused(code, *arguments, **changes):
    """Asserts that nothing changed but, for an attempt on another's, one record of it."""
    before = list(Certificate.objects.values())
    done = AuditRecord.objects.filter(outcome="done").count()
    with pytest.raises(Refusal) as caught:
        end(*arguments, **changes)
    assert caught.value.code == code
    assert list(Certificate.objects.values()) == before
    assert AuditRecord.objects.filter(outcome="done").count() == done


def test_a_suspension_ends_and_a_revocation_does_not(licence, approver):
    assert end("suspended", approver, licence, "1").status == "suspended"
    assert end("valid", approver, licence, "2").status == "valid"
    ended = end("revoked", approver, licence, "3", reason="隐瞒有关情况")
    assert (ended.status, ended.status_reason) == ("revoked", "隐瞒有关情况")
    for status in ACTS:
        refused("ILLEGAL_TRANSITION", status, approver, licence, f"4{status}")
    assert AuditRecord.objects.filter(action="revoke_certificate", outcome="done").count() == 1


def test_the_same_key_ends_once(licence, approver):
    first = end("revoked", approver, licence)
    assert end("revoked", approver, licence).status_at == first.status_at


def test_a_certificate_in_the_making_becomes_valid_only_with_its_file(issue, approver):
    refused("ILLEGAL_TRANSITION", "valid", approver, issue())


def test_only_an_approver_of_the_issuer_may(licence, id_card, approver, owner):
    refused("NOT_FOUND", "revoked", approver, id_card)
    refused("NOT_FOUND", "revoked", owner, licence)
    assert AuditRecord.objects.filter(outcome="NOT_FOUND").count() == 2


def test_no_end_without_a_reason(licence, approver):
    refused("REASON_REQUIRED", "revoked", approver, licence, reason=" ")
    refused("INVALID_CHARACTERS", "revoked", approver, licence, reason="a\x00b")
    refused("TOO_LONG", "revoked", approver, licence, reason="长" * 201)
