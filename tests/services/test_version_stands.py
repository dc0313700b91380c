"""The database itself keeps what was published: raw SQL cannot change, reopen or delete it."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from services.models import ItemVersion, ServiceItem

TODAY = timezone.localdate()


def make(state: str, number: int = 1) -> ItemVersion:
    item, _ = ServiceItem.objects.get_or_create(code="990100000001", defaults={"name": "事项"})
    return ItemVersion.objects.create(
        item=item,
        number=number,
        state=state,
        definition={"code": "990100000001"},
        digest="0" * 64,
        valid_from=TODAY,
    )


def run(sql: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE number = 1")
        return cursor.rowcount


UPDATE = "UPDATE services_itemversion SET "
FORBIDDEN = [
    "definition = '{}'",
    "digest = 'f'",
    "number = 9",
    "patch = '{\"ops\": []}'",
    "note = 'x'",
    "valid_until = valid_from",
    "state = 'draft'",
    "state = 'review'",
    "state = 'retired', definition = '{}'",
    "state = 'retired', valid_until = valid_from",
]


def _refuses(sql: str) -> None:
    with pytest.raises(IntegrityError, match="never"):
        run(sql)


def _a_published_version_stands() -> None:
    make("published")
    for change in FORBIDDEN:
        _refuses(UPDATE + change)
    _refuses("DELETE FROM services_itemversion")
    assert run(UPDATE + "state = 'retired', ended_as = 'replaced'") == 1
    for change in [*FORBIDDEN, "state = 'published'", "ended_as = 'withdrawn'"]:
        _refuses(UPDATE + change)
    _refuses("DELETE FROM services_itemversion")


def _a_draft_moves_forward_only_through_review() -> None:
    make("draft")
    assert run(UPDATE + "definition = '{}'") == 1
    _refuses(UPDATE + "state = 'published'")
    assert run(UPDATE + "state = 'review'") == 1
    assert run(UPDATE + "state = 'draft'") == 1
    assert run("DELETE FROM services_itemversion") == 1


def _options_keep_the_order_of_their_author() -> None:
    made = make("draft")
    ItemVersion.objects.filter(pk=made.pk).delete()
    options = {"b": "先", "aaa": "次", "a": "末"}
    made.definition, made.patch = {"z": 1, "options": options}, {"z": 1, "b": 2}
    ItemVersion.objects.bulk_create([made])
    read = ItemVersion.objects.get(pk=made.pk)
    assert [list(read.definition), list(read.patch)] == [["z", "options"], ["z", "b"]]
    assert list(read.definition["options"]) == ["b", "aaa", "a"]
    read.definition = {"y": [], "x": {}}
    read.save(update_fields=["definition"])
    assert list(ItemVersion.objects.get(pk=made.pk).definition) == ["y", "x"]


@pytest.mark.django_db
def test_raw_sql_cannot_change_or_delete_what_was_published():
    _a_published_version_stands()
    make("draft", 2)
    with transaction.atomic():
        ItemVersion.objects.filter(number=2).update(number=3)


@pytest.mark.django_db
def test_a_draft_is_published_out_of_review_alone_and_may_go_back():
    _a_draft_moves_forward_only_through_review()


@pytest.mark.django_db
def test_a_definition_is_read_in_the_order_of_its_author():
    _options_keep_the_order_of_their_author()


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize(
    "rule",
    [
        _a_published_version_stands,
        _a_draft_moves_forward_only_through_review,
        _options_keep_the_order_of_their_author,
    ],
)
def test_postgresql_keeps_what_was_published_just_so(rule):
    assert connection.vendor == "postgresql"
    rule()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "second",
    [{"valid_from": TODAY}, {"valid_from": None}, {"valid_until": TODAY.replace(year=2000)}],
)
def test_the_database_keeps_one_opening_a_day_and_no_end_before_the_beginning(second):
    first = make("published")
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.create(
            **{
                "item": first.item,
                "number": 2,
                "state": "published",
                "definition": {},
                "digest": "1" * 64,
                "valid_from": TODAY.replace(year=2999),
                **second,
            }
        )


@pytest.mark.django_db(transaction=True)
def test_the_owner_may_still_empty_the_database_and_the_triggers_are_back_after_it():
    make("published")
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    assert not ItemVersion.objects.exists()
    make("published")
    _refuses("DELETE FROM services_itemversion")
