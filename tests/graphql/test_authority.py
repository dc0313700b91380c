"""The table of rights: complete, enforced on every field, and tried cell by cell at the door's own fields."""

import pytest
from graphql import GraphQLNonNull

from gateway import authority, right, rights
from gateway.authority import FieldWithoutRight, fields_of, guard, mask, rights_of
from gateway.documents import trusted
from gateway.schema import schema
from people.viewer import Viewer
from tests.graphql.asking import codes, key
from tests.unchanged import contents

SCHEMA = schema.graphql_schema
FIELDS = [(type_name, name) for type_name, name, _ in fields_of(SCHEMA)]
UNKNOWN = "01890000-0000-7000-8000-000000000000"
GIVEN = {
    "code": "nothing",
    "itemCode": "nothing",
    "id": UNKNOWN,
    "caseId": UNKNOWN,
    "approvalId": UNKNOWN,
    "certificateId": UNKNOWN,
    "messageId": UNKNOWN,
    "mandateId": UNKNOWN,
    "email": "nobody",
    "agentName": "某",
    "agentIdNumber": "110101190001010014",
    "validFrom": "2020-01-01",
    "validUntil": "2020-01-01",
    "sittingId": UNKNOWN,
    "idNumber": "110101190001010014",
    "name": "某",
    "revision": 1,
    "purpose": "material",
    "size": 0,
    "mediaType": "application/pdf",
    "material": "nothing",
    "ticketId": UNKNOWN,
    "fileId": UNKNOWN,
    "answers": {"enterprise.name": "x"},
    "items": [{"field": "enterprise.name", "message": "x"}],
    "reason": "理由",
    "reasonCode": "nothing",
    "expectedUntil": "2020-01-01",
    "documentId": UNKNOWN,
    "redirect": "别处",
    "method": "post",
    "receiver": "某",
    "outcome": "approved",
    "readingDigest": "0" * 64,
    "signInName": "nobody",
    "password": "nothing",
    "refreshToken": "nothing",
    "idempotencyKey": "0123456789",
}


@pytest.mark.parametrize(("type_name", "name"), FIELDS)
def test_inv_19_every_field_has_its_row(type_name, name):
    row = rights_of(type_name, name)
    assert row, f"{type_name}.{name}"
    assert set(row.values()) <= {right.YES, right.MASKED, right.NO}


def test_inv_19_no_row_speaks_of_a_field_that_is_not_there():
    known = {f"{type_name}.{name}" for type_name, name in FIELDS}
    listed = [
        f"{type_name}.{name}"
        for type_name, table in rights.TABLE.items()
        for names in table.fields
        for name in names.split()
    ]
    assert set(listed) <= known
    assert len(listed) == len(set(listed))


def test_a_schema_with_a_field_without_a_row_does_not_start(monkeypatch):
    table = {name: row for name, row in rights.TABLE.items() if name != "Message"}
    monkeypatch.setattr(authority, "TABLE", table)
    with pytest.raises(FieldWithoutRight) as missing:
        guard(SCHEMA)
    assert "Message.body" in str(missing.value)


def test_a_field_that_somebody_may_not_read_can_be_empty():
    for type_name, name, field in fields_of(SCHEMA):
        row = rights_of(type_name, name)
        if type_name == "Query":
            assert not isinstance(field.type, GraphQLNonNull), name
        assert row


def test_a_mask_keeps_the_first_character_only():
    assert [mask(value) for value in ("林小满", "欧阳", "", None, 7)] == [
        "林**",
        "欧*",
        "",
        None,
        None,
    ]


def test_every_type_field_argument_and_value_says_what_it_is():
    silent = []
    for type_name, name, field in fields_of(SCHEMA):
        if not field.description:
            silent.append(f"{type_name}.{name}")
        silent += [f"{type_name}.{name}({n})" for n, a in field.args.items() if not a.description]
    ours = {name: kind for name, kind in SCHEMA.type_map.items() if not name.startswith("__")}
    for name, kind in ours.items():
        inner = getattr(kind, "fields", {})
        silent += [f"{name}.{n}" for n, field in inner.items() if not field.description]
        silent += [] if kind.description else [name]
    assert silent == []


def viewers(city) -> dict[str, Viewer]:
    """One viewer of each kind."""
    return {
        "person": city.neighbour,
        "enterprise": city.stranger,
        "officer": city.officer("fire"),
    }


def refused(answer: dict) -> set[tuple[str, str]]:
    """(code, field) of the top-level errors."""
    return {(e["extensions"]["code"], e["extensions"]["field"]) for e in answer.get("errors", [])}


OPERATIONS = sorted({document.name for document in trusted().values()})


@pytest.mark.django_db
@pytest.mark.parametrize("operation", OPERATIONS)
def test_atk_43_every_operation_is_tried_by_everybody(operation, city, caller_of, anonymous):
    document = trusted()[operation]
    roots = [node.name.value for node in document.operation.selection_set.selections]
    kind = "Mutation" if document.is_mutation else "Query"
    wanted = {d.variable.name.value for d in document.operation.variable_definitions}
    given = {name: value for name, value in GIVEN.items() if name in wanted}
    callers = {"anonymous": anonymous} | {k: caller_of(v) for k, v in viewers(city).items()}
    for who, caller in callers.items():
        before = contents()
        answer = caller.ask(operation, **given)
        for root in roots:
            allowed = rights_of(kind, root)[who] == right.YES
            expected = "UNAUTHENTICATED" if who == "anonymous" else "FORBIDDEN"
            assert ((expected, root) not in refused(answer)) == allowed, (who, root, answer)
            assert "INTERNAL" not in codes(answer)
        if operation not in {"signOut"}:
            assert contents() == before


@pytest.mark.django_db
def test_atk_43_a_department_never_writes_through_an_applicants_document(city, caller_of):
    officer = caller_of(city.officer("fire"))
    answer = officer.ask("startCase", itemCode="99TCN0003", idempotencyKey=key())
    assert answer["data"] is None
    assert codes(answer) == ["FORBIDDEN"]
