"""Commands sent twice at the same instant, on PostgreSQL: one effect, one answer, or a clear refusal."""

import threading
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction

from keys import keystore
from people.commands import enter_account, enter_person, once, refresh_session, sign_in
from people.errors import Refusal
from people.models import Account, AuditRecord, CommandReceipt, Division
from people.viewer import Viewer
from tests.long_run import rounds
from tests.together import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

VIEWER = Viewer(kind="person", account_id=uuid4())
SYSTEM = Viewer.system("tests")


def founding(key, body, code="990199000000", meanwhile=lambda: None):
    def act():
        Division.objects.create(code=code, name="试验区", valid_from="2026-01-01")
        meanwhile()
        return {"division": code}

    return lambda: once(VIEWER, key=key, command="found", body=body, act=act)


def test_inv_02_the_same_key_at_the_same_instant_200_times_has_one_effect_each():
    for turn in range(rounds(200)):
        act = founding(f"k-{turn}", {"a": 1}, code=f"99{turn:04}000000")
        assert at_once(act, act) == [{"division": f"99{turn:04}000000"}] * 2
    assert Division.objects.count() == CommandReceipt.objects.count() == rounds(200)


def test_bad_57_the_same_key_with_two_bodies_at_once_has_one_winner():
    for turn in range(rounds(50)):
        bodies = ({"a": 1}, {"a": 2})
        acts = [founding(f"k-{turn}", body, code=f"99{turn:04}000000") for body in bodies]
        answers = at_once(*acts)
        assert answers.count("IDEMPOTENCY_CONFLICT") == 1
    assert Division.objects.count() == rounds(50)


def test_who_waits_for_a_refused_twin_takes_effect_itself():
    entered, leave = threading.Event(), threading.Event()

    def refused():
        entered.set()
        leave.wait(timeout=20)
        raise Refusal("NOT_TODAY")

    def first():
        return once(VIEWER, key="k", command="found", body={"a": 1}, act=refused)

    def later():
        entered.wait(timeout=20)
        threading.Timer(0.2, leave.set).start()
        return founding("k", {"a": 1})()

    assert at_once(first, later) == ["NOT_TODAY", {"division": "990199000000"}]


def test_flt_46_a_deadlock_is_tried_again_and_both_take_effect():
    for code in ("990191000000", "990192000000"):
        Division.objects.create(code=code, name="试验区", valid_from="2026-01-01")
    meeting = threading.Barrier(2)

    def crossing(key, first, second):
        tries = []

        def act():
            tries.append(1)
            Division.objects.filter(code=first).update(name=f"{key} {first}")
            if len(tries) == 1:
                meeting.wait(timeout=20)
            Division.objects.filter(code=second).update(name=f"{key} {second}")
            return {"tries": len(tries)}

        return lambda: once(VIEWER, key=key, command="cross", body={}, act=act)

    answers = at_once(
        crossing("a", "990191000000", "990192000000"), crossing("b", "990192000000", "990191000000")
    )
    assert sorted(answer["tries"] for answer in answers) == [1, 2]
    assert CommandReceipt.objects.count() == 2


def test_flt_47_rows_held_by_another_make_the_command_busy_and_change_nothing():
    Division.objects.create(code="990191000000", name="试验区", valid_from="2026-01-01")
    held, leave = threading.Event(), threading.Event()

    def holding():
        with transaction.atomic():
            Division.objects.select_for_update().get(code="990191000000")
            held.set()
            leave.wait(timeout=30)
        return "held"

    def act():
        Division.objects.filter(code="990191000000").update(name="另一名")
        return {}

    def waiting():
        held.wait(timeout=20)
        try:
            return once(VIEWER, key="k", command="rename", body={}, act=act)
        finally:
            leave.set()

    assert at_once(holding, waiting) == ["held", "BUSY"]
    assert Division.objects.get().name == "试验区"
    assert not CommandReceipt.objects.exists()


def test_flt_41_a_killed_connection_is_tried_again_with_one_effect():
    tries = []

    def act():
        tries.append(1)
        Division.objects.create(code="990199000000", name="试验区", valid_from="2026-01-01")
        if len(tries) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return {"tries": len(tries)}

    assert once(VIEWER, key="k", command="found", body={}, act=act) == {"tries": 2}
    assert Division.objects.count() == 1


def test_guesses_sent_at_once_cannot_outrun_the_lock_out():
    enter_account(viewer=SYSTEM, sign_in_name="race", password="right")
    at_once(*[lambda: sign_in(sign_in_name="race", password="wrong")] * 8)
    row = Account.objects.get()
    assert row.locked_until is not None
    assert AuditRecord.objects.filter(outcome="SIGN_IN_FAILED").count() == 8


def test_atk_58_a_refresh_token_used_twice_at_the_same_instant_has_one_successor():
    person = enter_person(viewer=SYSTEM, name="林小满", id_number="110101190001010014")
    enter_account(viewer=SYSTEM, sign_in_name="race", password="right", person=person)
    keystore.ensure_authority()
    for _ in range(rounds(20)):
        token = sign_in(sign_in_name="race", password="right").refresh_token
        twins = at_once(*[partial(refresh_session, refresh_token=token)] * 2)
        first, second = (twin.refresh_token for twin in twins)
        assert first == second != token
    assert AuditRecord.objects.filter(action="refresh_session").count() == rounds(20)
    assert not AuditRecord.objects.filter(outcome="REFRESH_TOKEN_REUSED").exists()
