"""The restaurant in the real way: separate processes on PostgreSQL and RabbitMQ, each killed once on the way."""

import psycopg
import pytest
from psycopg import sql

from keys.seal import inspect_seal
from tests.journeys.path import ALL_GOOD, ALL_VALID, decided

pytestmark = [pytest.mark.postgres, pytest.mark.broker, pytest.mark.journey]
DECISIONS = """
SELECT count(*), count(DISTINCT (d.approval_id, d.round)) FROM workflows_decision d
JOIN workflows_approval a ON a.id = d.approval_id WHERE a.case_id = %s
"""
CERTIFICATES = (
    "SELECT count(*), count(DISTINCT source_step) FROM ecert_certificate WHERE source_case = %s"
)
DUPLICATES = "SELECT coalesce(sum(duplicates), 0) FROM bus_inboxletter"
UNSENT = "SELECT count(*) FROM bus_outboxletter WHERE sent_at IS NULL"
WORKED_BUT_NOT_DONE = """
SELECT count(*) FROM bus_chore c JOIN workflows_document d ON d.id::text = c.subject
WHERE c.state = 'open' AND c.locked_until IS NOT NULL AND d.file_id IS NOT NULL
"""
SEALED = "SELECT count(*) FROM ecert_certificate WHERE source_case = %s AND status = 'valid'"


def test_flt_21_57_every_process_is_killed_at_its_worst_moment_and_the_restaurant_opens(running):
    stage, journey = running, running.journey()
    # Each dies by SIGKILL where its effect is in the world and not yet noted: sent and not marked
    # (P5), committed and not acknowledged (P9), done and not noted (P16).
    stage.replace("relay", TONGBAN_FAILPOINT="relay.confirmed")
    stage.replace("groups", TONGBAN_FAILPOINT="consumer.committed")
    stage.replace("desk", TONGBAN_FAILPOINT="consumer.committed")
    stage.replace("worker", TONGBAN_FAILPOINT="chore.worked")

    journey.apply()
    stage.eventually(lambda: stage.died("relay"), "the relay dies")
    stage.eventually(lambda: stage.died("groups"), "the consumer dies")
    stage.eventually(lambda: stage.rows(WORKED_BUT_NOT_DONE) != [(0,)], "the worker's child dies")
    stage.replace("relay")
    stage.replace("groups")
    stage.end_leases()
    stage.eventually(lambda: stage.rows(DUPLICATES)[0][0] >= 1, "a letter comes twice")

    journey.accept()
    stage.eventually(lambda: stage.died("desk"), "the desk's consumer dies")
    journey.decide("signage")  # no letter is needed to work
    journey.decide("waste")
    stage.replace("desk")
    stage.eventually(lambda: stage.rows(SEALED, journey.case) == [(1,)], "one is sealed")
    stage.replace("worker")
    stage.end_leases()

    stage.replace("web")
    stage.processes.wait_ready()
    case = journey.finish()
    assert (case["state"], case["outcome"]) == ("concluded", "approved")
    assert decided(case) == ALL_GOOD
    assert journey.verified() == ALL_VALID
    stage.eventually(lambda: stage.broken() == {}, "the queues are drained")
    assert stage.rows(DECISIONS, journey.case) == [(6, 6)]
    assert stage.rows(CERTIFICATES, journey.case) == [(3, 3)]
    assert stage.rows(DUPLICATES)[0][0] >= 2
    for one in journey.seen()["certificates"]:
        assert inspect_seal(stage.client.download(one["downloadUrl"])).holds
    journey.deliver()
    assert len(journey.seen()["deliveries"]) == 3
    assert stage.broken() == {}


def test_flt_11_with_the_broker_away_a_case_is_submitted_and_decided_and_letters_leave_later(
    running,
):
    stage, journey = running, running.journey(fire="denied")
    stage.wire.cut()
    journey.apply()
    journey.accept()
    journey.decide("signage")
    journey.decide("waste")
    for _ in range(2):  # the survey first, then what waited for it
        for who in ("fire", "lead"):
            journey.decide(who)
    case = journey.seen()
    assert case["outcome"] == "partly"
    assert decided(case) == ALL_GOOD | {("fire", "fire"): "denied"}
    assert stage.rows(UNSENT)[0][0] >= 10
    stage.wire.mend()
    stage.eventually(lambda: stage.rows(UNSENT) == [(0,)], "the letters leave")
    case = journey.finish()
    assert (case["state"], case["outcome"]) == ("concluded", "partly")
    stage.eventually(lambda: stage.broken() == {}, "the queues are drained")


@pytest.mark.parametrize(
    "table", ["workflows_caseevent", "people_auditrecord", "ecert_certificateuse"]
)
def test_atk_72_the_application_cannot_change_what_happened(stage, table):
    partitions = stage.rows(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", table
    )
    assert len(partitions) >= 2
    attempts = ("UPDATE {} SET actor = ''", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}")
    with psycopg.connect(stage.application_url, autocommit=True) as application:
        for name in (table, *(name for (name,) in partitions)):
            for attempt in attempts:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    application.execute(sql.SQL(attempt).format(sql.Identifier(name)))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("COPY people_person TO PROGRAM 'cat'")
