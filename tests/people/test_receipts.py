"""One key, one effect, one answer, and nothing left behind by a refusal."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from people.commands import audit, once
from people.errors import NotFound, Refusal
from people.models import AuditRecord, CommandReceipt, Division
from people.viewer import Viewer

pytestmark = pytest.mark.django_db

VIEWER = Viewer(kind="person", account_id=uuid4(), request_id="r-1")


def founding(code="990199000000"):
    """An act with an effect that can be counted."""

    def act():
        Division.objects.create(code=code, name="试验区", valid_from="2026-01-01")
        return {"division": code}

    return act


def found(key, body=None, viewer=VIEWER, act=None):
    return once(viewer, key=key, command="found", body=body or {"a": 1}, act=act or founding())


def test_bad_56_inv_02_same_key_and_same_body_give_the_same_answer_and_one_effect():
    first = found("k-1")
    again = found("k-1")
    assert first == again == {"division": "990199000000"}
    assert Division.objects.count() == CommandReceipt.objects.count() == 1


def test_the_order_of_the_bodys_names_does_not_make_another_body():
    found("k-1", {"a": 1, "b": [1, 2]})
    assert found("k-1", {"b": [1, 2], "a": 1}) == {"division": "990199000000"}


@pytest.mark.parametrize("body", [{"a": 2}, {"a": "1"}, {"a": 1, "b": None}])
def test_bad_57_same_key_and_another_body_is_a_conflict_and_changes_nothing(body):
    found("k-1")
    with pytest.raises(Refusal) as refused:
        found("k-1", body, act=founding("990198000000"))
    assert refused.value.code == "IDEMPOTENCY_CONFLICT"
    assert Division.objects.count() == 1


def test_the_same_key_for_another_command_or_on_behalf_of_another_is_a_conflict():
    found("k-1")
    for_enterprise = Viewer(kind="enterprise", account_id=VIEWER.account_id, enterprise_id=uuid4())
    for act in (
        lambda: once(VIEWER, key="k-1", command="close", body={"a": 1}, act=dict),
        lambda: found("k-1", viewer=for_enterprise),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "IDEMPOTENCY_CONFLICT"


def test_two_actors_may_choose_the_same_key():
    found("k-1")
    other = Viewer(kind="person", account_id=uuid4())
    found("k-1", viewer=other, act=founding("990198000000"))
    assert Division.objects.count() == 2


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "IDEMPOTENCY_KEY_REQUIRED"),
        ("x" * 81, "IDEMPOTENCY_KEY_INVALID"),
        ("x" * 10_240, "IDEMPOTENCY_KEY_INVALID"),
        ("a b", "IDEMPOTENCY_KEY_INVALID"),
        ("键", "IDEMPOTENCY_KEY_INVALID"),
        ("a\x00", "IDEMPOTENCY_KEY_INVALID"),
        ("a\n", "IDEMPOTENCY_KEY_INVALID"),
    ],
)
def test_bad_58_a_missing_or_odd_key_is_refused(key, code):
    with pytest.raises(Refusal) as refused:
        found(key)
    assert (refused.value.code, refused.value.problems[0].field) == (code, "key")
    assert not Division.objects.exists()


def test_inv_25_a_refusal_takes_back_the_effect_and_frees_the_key():
    def act():
        founding()()
        raise Refusal("NOT_TODAY")

    with pytest.raises(Refusal, match="NOT_TODAY"):
        found("k-1", act=act)
    assert not Division.objects.exists()
    assert not CommandReceipt.objects.exists()
    assert found("k-1", {"a": 2}) == {"division": "990199000000"}


def test_an_audited_refusal_is_noted_after_the_rollback_and_a_plain_one_is_not():
    case = str(uuid4())

    def attempt(refusal):
        def act():
            audit(VIEWER, action="decide", subject_kind="case", subject_id=case)
            raise refusal

        with pytest.raises(Refusal):
            once(VIEWER, key="k-1", command="decide", body={"case_id": case}, act=act)

    attempt(Refusal("NOT_TODAY"))
    assert not AuditRecord.objects.exists()
    attempt(NotFound(audited=True))
    record = AuditRecord.objects.get()
    assert (record.action, record.outcome) == ("decide", "NOT_FOUND")
    assert (record.subject_kind, record.subject_id) == ("case", case)
    assert (record.actor, record.request_id) == (f"account:{VIEWER.account_id}", "r-1")


def test_the_first_answer_is_told_in_the_types_in_which_it_is_stored():
    case = uuid4()
    first = found("k-1", act=lambda: {"case": case})
    assert first == {"case": str(case)} == found("k-1")


def test_a_fault_of_ours_is_no_refusal_and_leaves_nothing():
    def act():
        founding()()
        return {"x": 1 / 0}

    with pytest.raises(ZeroDivisionError):
        found("k-1", act=act)
    assert not Division.objects.exists()
    assert not CommandReceipt.objects.exists()


def test_a_broken_constraint_inside_the_act_is_not_taken_for_a_repetition():
    founding()()
    with pytest.raises(IntegrityError):
        found("k-1")
    assert not CommandReceipt.objects.exists()
