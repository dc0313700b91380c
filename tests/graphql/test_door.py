"""The door over HTTP: what is refused before it runs, under which status, and what nobody is told."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils.timezone import now
from graphql import ExecutionResult, GraphQLError

from bus.models import OutboxLetter
from gateway import door
from gateway.documents import manifest
from gateway.view import respond
from people.errors import Refusal
from people.models import AuditRecord, CommandReceipt, Session
from people.viewer import Viewer
from tests.graphql.asking import codes

pytestmark = pytest.mark.django_db
ME = {"document": "me"}


def test_atk_23_26_only_post(client):
    for method in ("get", "put", "patch", "delete", "options", "head", "trace"):
        answer = getattr(client, method)("/graphql")
        assert answer.status_code == 405, method
        assert answer["Allow"] == "POST"
    answer = client.get("/graphql?query={me{name}}", headers={"X-HTTP-Method-Override": "POST"})
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/graphql",
        "",
    ],
)
def test_bad_11_atk_24_only_json(anonymous, content_type):
    answer = anonymous.send(b'{"document": "me"}', content_type=content_type)
    assert answer.status_code == 415
    assert codes(answer.json()) == ["UNSUPPORTED_MEDIA_TYPE"]


def test_bad_04_06_other_encodings_and_compressed_bodies(anonymous):
    answer = anonymous.send(b"{}", content_type="application/json; charset=gb18030")
    assert (answer.status_code, codes(answer.json())) == (400, ["BAD_ENCODING"])
    answer = anonymous.send(b"{}", **{"Content-Encoding": "gzip"})
    assert codes(answer.json()) == ["UNSUPPORTED_MEDIA_TYPE"]
    assert anonymous.send(ME, content_type="application/json; charset=UTF-8").status_code == 200


def test_atk_17_nothing_is_read_from_the_address(anonymous):
    for words in ("query={me{name}}", "variables={}", "a=b"):
        answer = anonymous.client.post(f"/graphql?{words}", ME, content_type="application/json")
        assert (answer.status_code, codes(answer.json())) == (400, ["BAD_REQUEST"])


def test_bad_01_02_21_an_empty_a_broken_and_an_endless_body(anonymous):
    assert codes(anonymous.send(b" ").json()) == ["BAD_REQUEST"]
    assert codes(anonymous.send(b"{").json()) == ["BAD_JSON"]
    for size in (300_000, 5_000_000):
        answer = anonymous.send(b'{"document": "' + b"x" * size + b'"}')
        assert (answer.status_code, codes(answer.json())) == (413, ["REQUEST_TOO_LARGE"])


def test_a_trusted_document_is_named_by_its_hash_or_by_its_operation(anonymous):
    by_name = anonymous.send({"document": "catalogue"})
    by_hash = anonymous.send({"document": manifest()["catalogue"], "operationName": "catalogue"})
    assert by_name.status_code == by_hash.status_code == 200
    assert by_name.json() == by_hash.json()
    assert by_name.json()["data"]["catalogue"]["nodes"] == []


def test_atk_18_an_unknown_document_is_not_found(anonymous):
    for name in ("0" * 64, "nothing", "../schema", manifest()["me"].upper()):
        answer = anonymous.send({"document": name})
        assert (answer.status_code, codes(answer.json())) == (400, ["PERSISTED_QUERY_NOT_FOUND"])


def test_bad_14_an_operation_name_that_is_not_the_documents(anonymous):
    answer = anonymous.send({"document": "me", "operationName": "case"})
    assert codes(answer.json()) == ["BAD_REQUEST"]


def test_texts_of_ones_own_run_only_where_the_settings_say_so(anonymous, settings):
    text = {"query": "{ catalogue { nodes { name } } }"}
    assert codes(anonymous.send(text).json()) == ["AD_HOC_NOT_ALLOWED"]
    settings.AD_HOC_QUERIES = True
    assert anonymous.send(text).json() == {"data": {"catalogue": {"nodes": []}}}
    assert codes(anonymous.query("{ __schema { types { name } } }")) == ["INTROSPECTION_DISABLED"]


def test_bad_13_variables_are_judged_all_at_once(anonymous):
    answer = anonymous.send({"document": "signIn", "variables": {"signInName": 7, "isStaff": True}})
    assert answer.status_code == 400
    told = {e["extensions"]["field"]: e["extensions"]["code"] for e in answer.json()["errors"]}
    assert told == dict.fromkeys(["isStaff", "signInName", "password"], "BAD_VARIABLES")


def test_bad_13_an_id_that_is_none(anonymous):
    answer = anonymous.ask("case", id="1 or 1=1")
    assert codes(answer) == ["BAD_VARIABLES"]


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Basic abc", "Bearer not.a.token", "Bearer " + "x" * 5_000, "null"],
)
def test_atk_61_a_token_that_is_not_good_is_not_taken_for_nobody(anonymous, header):
    answer = anonymous.send({"document": "catalogue"}, Authorization=header)
    assert (answer.status_code, codes(answer.json())) == (401, ["UNAUTHENTICATED"])
    assert answer["WWW-Authenticate"] == "Bearer"


def test_atk_24_no_cookie_opens_anything_here(city, caller_of):
    owner = caller_of(city.owner)
    for name in ("seat", "sessionid", "access_token", "Authorization"):
        owner.client.cookies[name] = owner.token
    owner.token = ""
    assert codes(owner.ask("me")) == ["UNAUTHENTICATED"]


def test_each_answer_names_its_request(anonymous):
    answer = anonymous.send({"document": "me"})
    request_id = answer["X-Request-ID"]
    assert answer.json()["errors"][0]["extensions"]["requestId"] == request_id
    assert anonymous.send({"document": "me"})["X-Request-ID"] != request_id
    assert answer["Cache-Control"] == "no-store"


def test_messages_follow_the_readers_language(anonymous):
    chinese = anonymous.ask("me")["errors"][0]["message"]
    english = anonymous.send({"document": "me"}, **{"Accept-Language": "en"}).json()
    assert chinese == "请先登录"
    assert english["errors"][0]["message"] == "Please sign in first"


def test_inv_25_nothing_is_written_when_a_request_is_refused(anonymous):
    anonymous.ask("startCase", itemCode="99TCN0003", idempotencyKey="k")
    anonymous.ask("submitCase", caseId="0", revision=1, idempotencyKey="k")
    anonymous.send(b"[]")
    assert not CommandReceipt.objects.exists()
    assert not AuditRecord.objects.exists()
    assert not Session.objects.exists()


def test_a_fault_shows_nothing_of_itself(anonymous, settings):
    settings.PASSWORD_HASHERS = ["nowhere.Hasher"]
    answer = anonymous.send(
        {"document": "signIn", "variables": {"signInName": "owner", "password": "secret-word"}}
    )
    assert answer.status_code == 200
    assert codes(answer.json()) == ["INTERNAL"]
    assert answer.json()["data"] is None
    assert "系统出了点问题" in answer.json()["errors"][0]["message"]
    assert "Hasher" not in json.dumps(answer.json())


def test_inv_31_atk_71_no_line_of_the_log_holds_what_people_wrote(anonymous, capfd):
    marker = "marker-8d1f"
    anonymous.ask("signIn", signInName=marker, password=marker)
    anonymous.ask("verifyCertificate", identifier=f"{marker}\n\x1b[31mfake")
    anonymous.send(f'{{"document": "{marker}\\n"}}'.encode())
    anonymous.send(ME, Authorization=f"Bearer {marker}")
    captured = capfd.readouterr()
    assert marker not in captured.out + captured.err


def test_health_is_told_to_probes(client):
    assert client.get("/healthz").json() == {"status": "alive"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["database"] == "ok"
    assert ready.json()["oldest_unsent_seconds"] is None


def test_readyz_says_503_when_letters_stand_still(client):
    OutboxLetter.objects.create(
        topic="case.submitted", subject="1", envelope={}, created_at=now() - timedelta(hours=1)
    )
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["status"] == "not ready"
    assert 3500 < ready.json()["oldest_unsent_seconds"] < 3700


def test_readyz_says_503_before_the_tables_are_made(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bus_outboxletter RENAME TO elsewhere")
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["database"]) == (503, "without tables")


def test_flt_37_without_a_database_the_answer_is_503_and_says_when_to_come_again():
    away = GraphQLError("x", original_error=OperationalError("host=secret"))
    answer = door.shown(ExecutionResult(None, [away]), "request-1")
    assert (answer.status, codes(answer.body)) == (503, ["SERVICE_UNAVAILABLE"])
    assert "secret" not in json.dumps(answer.body)
    assert respond(answer, "request-1")["Retry-After"] == "5"


def test_errors_of_one_answer_are_capped():
    many = [GraphQLError("x", original_error=Refusal("NOT_FOUND")) for _ in range(50)]
    answer = door.shown(ExecutionResult({}, many), "request-1")
    assert len(codes(answer.body)) == door.MOST_ERRORS


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\uffff"])
def test_bad_16_what_a_page_asks_is_judged_like_what_is_posted(odd):
    for variables in ({"code": odd}, {"code": "x", "more": [{odd: 1}]}):
        assert codes(door.execute("serviceItem", variables, Viewer.anonymous())) == [
            "INVALID_CHARACTERS"
        ]
