"""Entering who there is: once, with numbers sealed, and every change noted."""

import pytest

from keys import vault
from people import commands
from people.errors import Refusal
from people.models import Account, AuditRecord, Enterprise, Person
from people.viewer import Viewer

SYSTEM = Viewer.system("tests")


def enter_person(**changes):
    named = {"name": "林小满", "id_number": "11010519491231002x", "phone": "13800138000"}
    return commands.enter_person(viewer=SYSTEM, **(named | changes))


def test_a_number_is_sealed_found_by_its_digest_and_shown_by_its_mask(db):
    person = enter_person()
    person.refresh_from_db()
    assert vault.unseal(person.id_number_sealed) == "11010519491231002X"
    assert person.id_number_mask == "110***********002X"
    assert person.phone_mask == "138****8000"
    stored = b"".join(bytes(value) for value in (person.id_number_sealed, person.phone_sealed))
    assert b"1949" not in stored
    assert b"1380" not in stored
    assert enter_person(id_number="11010519491231002X").pk == person.pk


def test_entering_the_same_again_changes_and_notes_nothing(db, enterprise):
    enter_person()
    before = AuditRecord.objects.count()
    enter_person()
    assert AuditRecord.objects.count() == before
    assert Person.objects.count() == 2


def test_a_change_is_noted_by_the_names_of_its_fields(enterprise, person):
    commands.enter_enterprise(
        viewer=SYSTEM,
        credit_code=enterprise.credit_code,
        name=enterprise.name,
        legal_representative=person,
        address="云澜市青石区",
    )
    record = AuditRecord.objects.filter(subject_kind="enterprise").latest("id")
    assert record.details == {"fields": ["address"]}
    assert Enterprise.objects.get().address == "云澜市青石区"


def test_bad_34_another_name_for_a_known_number_is_a_mismatch_that_tells_nothing(db):
    enter_person()
    with pytest.raises(Refusal) as refused:
        enter_person(name="林大满")
    problem = refused.value.problems[0]
    assert (problem.code, problem.field, dict(problem.params)) == ("IDENTITY_MISMATCH", "", {})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id_number": "110105194912310026"}, "INVALID_ID_NUMBER"),
        ({"id_number": "110105491231002"}, "ID_NUMBER_OUTDATED"),
        ({"name": "林\x00满"}, "INVALID_CHARACTERS"),
        ({"phone": "12345"}, "INVALID_PHONE"),
    ],
)
def test_inv_25_a_wrong_number_or_name_enters_nobody(db, changes, code):
    with pytest.raises(Refusal) as refused:
        enter_person(**changes)
    assert refused.value.code == code
    assert not Person.objects.exists()
    assert not AuditRecord.objects.exists()


def test_an_account_keeps_its_password_and_its_person(account, other_person):
    before = account.password
    commands.enter_account(
        viewer=SYSTEM, sign_in_name="linxiaoman", password="another", person=account.person
    )
    assert Account.objects.get().password == before
    with pytest.raises(Refusal, match="SIGN_IN_NAME_TAKEN"):
        commands.enter_account(
            viewer=SYSTEM, sign_in_name="linxiaoman", password="x", person=other_person
        )


def test_only_processes_enter(person):
    viewer = Viewer(kind="person", person_id=person.pk)
    with pytest.raises(Refusal, match="FORBIDDEN"):
        commands.enter_person(viewer=viewer, name="周闻", id_number="440524188001010014")
    assert Person.objects.count() == 1
