"""The tables that only grow are divided by month on PostgreSQL."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from bus.models import InboxLetter, OutboxLetter
from bus.partitions import ensure_partitions
from keys.time_ordered import first_id_of, time_ordered_id

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def partition_of(identifier: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableoid::regclass::text FROM bus_outboxletter WHERE id = %s", [identifier]
        )
        return str(cursor.fetchone()[0])


def letter(identifier: UUID) -> OutboxLetter:
    return OutboxLetter.objects.create(id=identifier, topic="a.b", subject="1", envelope={})


def test_a_new_letter_lies_in_the_partition_of_its_month() -> None:
    row = letter(time_ordered_id())
    assert partition_of(row.id) == f"bus_outboxletter_{datetime.now(tz=UTC):%Yy%mm}"


def test_the_inbox_keeps_one_row_a_letter_and_consumer_across_partitions() -> None:
    identifier = time_ordered_id()
    for consumer in ("one", "two"):
        InboxLetter.objects.create(letter_id=identifier, consumer=consumer, body_digest=b"")
    _, again = InboxLetter.objects.get_or_create(letter_id=identifier, consumer="one")
    assert not again
    assert InboxLetter.objects.filter(letter_id=identifier).count() == 2


def test_a_month_made_late_takes_its_rows_out_of_the_default_partition() -> None:
    far = timezone.now() + timedelta(days=31 * 8)
    row = letter(UUID(int=first_id_of(far).int + 7))
    assert partition_of(row.id) == "bus_outboxletter_default"
    made = ensure_partitions(months_ahead=10)
    assert f"bus_outboxletter_{far.astimezone(UTC):%Yy%mm}" in made
    assert partition_of(row.id) == f"bus_outboxletter_{far.astimezone(UTC):%Yy%mm}"
    assert ensure_partitions(months_ahead=10) == []


def test_the_index_of_unsent_letters_is_on_every_partition() -> None:
    made = [
        name for name in ensure_partitions(months_ahead=5) if name.startswith("bus_outboxletter")
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [made[0]])
        definitions = [row[0] for row in cursor.fetchall()]
    assert any("(due_at, id) WHERE (sent_at IS NULL)" in text for text in definitions)
