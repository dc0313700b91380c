"""Refused mutations: all problems at once with their labels, nothing changed, "not yours" like "not there"."""

from uuid import uuid4

import pytest

from gateway.verbs import MOST_TOLD
from people.models import AuditRecord
from tests.graphql.asking import Caller, codes, done, key, told
from tests.restaurant import ITEM, accepted, approval_of, draft, submitted
from tests.unchanged import contents
from workflows.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(city, caller_of) -> Caller:
    """The restaurant's legal representative."""
    return caller_of(city.owner)


def submit(caller: Caller, case: Case, with_key: str) -> dict:
    """Sends a draft in."""
    return caller.ask(
        "submitCase", caseId=str(case.pk), revision=case.revision, idempotencyKey=with_key
    )


def test_bad_48_missing_fields_are_told_at_once_by_their_labels(owner):
    case = done(owner.ask("startCase", itemCode=ITEM, idempotencyKey=key()), "startCase")["case"]
    before = contents()
    answer = owner.ask("submitCase", caseId=case["id"], revision=1, idempotencyKey=key())
    errors = answer["data"]["submitCase"]["errors"]
    sentences = {entry["field"]: entry["message"] for entry in errors}
    assert answer["data"]["submitCase"]["case"] is None
    assert len(errors) > 10
    assert sentences["representative.phone"] == "请填写“联系电话”"
    assert "缺少材料" in sentences["materials.identity"]
    assert contents() == before


def test_bad_49_28_48_wrong_answers_are_told_by_field(city, owner):
    case = draft(city)
    before = contents()
    answer = owner.ask(
        "saveAnswers",
        caseId=str(case.pk),
        revision=case.revision,
        answers={
            "premises.secret": 1,
            "representative.phone": "12345",
            "staff.manager_id_number": "110101190001010015",
            "business.seats": "１,000",
            "business.type": "bar",
            "staff.workers": [{"name": "张三", "id_number": "1", "examined_on": "2025-02-29"}],
        },
        idempotencyKey=key(),
    )
    found = told(answer, "saveAnswers")
    assert found["premises.secret"] == "UNKNOWN_FIELD"
    assert found["representative.phone"] == "INVALID_PHONE"
    assert found["staff.manager_id_number"] == "INVALID_ID_NUMBER"
    assert found["business.seats"] == "INVALID_NUMBER"
    assert found["business.type"] == "INVALID_CHOICE"
    assert found["staff.workers.0.examined_on"] == "INVALID_DATE"
    errors = answer["data"]["saveAnswers"]["errors"]
    row = next(e for e in errors if e["field"] == "staff.workers.0.examined_on")
    assert row["message"].startswith("“其他接触直接入口食品的人员·体检日期（第1行）”")
    assert contents() == before


def test_a_prefilled_authoritative_value_cannot_be_altered(city, owner):
    case = draft(city)
    answer = owner.ask(
        "saveAnswers",
        caseId=str(case.pk),
        revision=case.revision,
        answers={"enterprise.name": "别的公司"},
        idempotencyKey=key(),
    )
    assert told(answer, "saveAnswers") == {"enterprise.name": "READ_ONLY_FIELD"}


def test_bad_46_a_number_that_loses_digits(city, owner):
    answer = owner.ask(
        "saveAnswers",
        caseId=str(draft(city).pk),
        revision=1,
        answers={"business.seats": 2**53 + 1},
        idempotencyKey=key(),
    )
    assert codes(answer) == ["INVALID_NUMBER"]


def test_bad_56_57_inv_02_a_key_is_one_act(city, owner):
    case, one = draft(city), key()
    first, again = submit(owner, case, one), submit(owner, case, one)
    assert done(first, "submitCase") == done(again, "submitCase")
    assert Case.objects.count() == 1
    answer = owner.ask("submitCase", caseId=str(case.pk), revision=1, idempotencyKey=one)
    assert told(answer, "submitCase") == {"idempotencyKey": "IDEMPOTENCY_CONFLICT"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "IDEMPOTENCY_KEY_REQUIRED"),
        ("x" * 10_000, "IDEMPOTENCY_KEY_INVALID"),
        ("a b", "IDEMPOTENCY_KEY_INVALID"),
    ],
)
def test_bad_58_a_key_that_is_none(owner, given, code):
    before = contents()
    answer = owner.ask("startCase", itemCode=ITEM, idempotencyKey=given)
    assert told(answer, "startCase") == {"idempotencyKey": code}
    missing = owner.send({"document": "startCase", "variables": {"itemCode": ITEM}})
    assert codes(missing.json()) == ["BAD_VARIABLES"]
    assert contents() == before


def test_bad_64_an_old_revision_is_stale(city, owner):
    case = draft(city)
    answer = owner.ask(
        "saveAnswers", caseId=str(case.pk), revision=1, answers={}, idempotencyKey=key()
    )
    assert told(answer, "saveAnswers") == {"revision": "STALE_VERSION"}


def test_bad_59_an_act_that_the_state_does_not_allow(city, caller_of):
    case = accepted(city)
    answer = caller_of(city.officer("market_regulation")).ask(
        "acceptCase", caseId=str(case.pk), idempotencyKey=key()
    )
    error = answer["data"]["acceptCase"]["errors"][0]
    assert error["code"] == "ILLEGAL_TRANSITION"
    assert error["message"] == "当前状态为“审批中”，不能受理"


def test_bad_61_a_denial_without_a_reason(city, caller_of):
    approval = approval_of(accepted(city), "signage")
    before = contents()
    officer = caller_of(city.officer("urban_management"))
    digest = officer.ask("approval", id=str(approval.pk))["data"]["approval"]["reading"]["digest"]
    for reason, code in (("", "REASON_REQUIRED"), ("长" * 10_000, "TOO_LONG")):
        answer = officer.ask(
            "decideApproval",
            approvalId=str(approval.pk),
            outcome="denied",
            reason=reason,
            readingDigest=digest,
            idempotencyKey=key(),
        )
        assert told(answer, "decideApproval") == {"reason": code}
    assert {k: v for k, v in contents().items() if "Session" not in k} == {
        k: v for k, v in before.items() if "Session" not in k
    }


def test_inv_20_atk_42_not_yours_and_not_there_are_one_answer(city, caller_of):
    case = submitted(city)
    stranger = caller_of(city.stranger)
    yours, nowhere = (stranger.ask("case", id=i) for i in (str(case.pk), str(uuid4())))
    for answer in (yours, nowhere):
        assert answer["data"]["case"] is None
        answer["errors"][0]["extensions"].pop("requestId")
    assert yours == nowhere
    assert codes(yours) == ["NOT_FOUND"]
    for identifier in (str(case.pk), str(uuid4())):
        answer = stranger.ask("withdrawCase", caseId=identifier, idempotencyKey=key())
        assert told(answer, "withdrawCase") == {"caseId": "NOT_FOUND"}


def test_atk_36_another_departments_approval_is_not_there_and_the_attempt_is_noted(city, caller_of):
    approval = approval_of(accepted(city), "signage")
    fire = caller_of(city.officer("fire"))
    assert codes(fire.ask("approval", id=str(approval.pk))) == ["NOT_FOUND"]
    answer = fire.ask(
        "decideApproval",
        approvalId=str(approval.pk),
        outcome="denied",
        reason="不同意设置",
        readingDigest="0" * 64,
        idempotencyKey=key(),
    )
    assert told(answer, "decideApproval") == {"approvalId": "NOT_FOUND"}
    assert AuditRecord.objects.filter(action="decide_approval", outcome="NOT_FOUND").exists()


def test_atk_31_there_is_no_node_and_no_way_from_an_approval_to_its_case(ad_hoc, anonymous):
    assert codes(anonymous.query('{ node(id: "x") { id } }')) == ["QUERY_INVALID"]
    text = "query q($id: UUID!) { approval(id: $id) { case { answers { value } } } }"
    assert codes(anonymous.query(text, id=str(uuid4()))) == ["QUERY_INVALID"]


def test_atk_34_86_87_no_list_filters_or_sorts_by_what_the_client_names(ad_hoc, anonymous):
    for arguments in ('orderBy: "id"', 'state: "draft"', 'idNumber_Startswith: "1"'):
        text = "{ myCases(%s) { nodes { id } } }" % arguments  # noqa: UP031 - braces
        assert codes(anonymous.query(text)) == ["QUERY_INVALID"]


def test_atk_41_nothing_but_the_arguments_is_taken(owner):
    answer = owner.ask("startCase", itemCode=ITEM, idempotencyKey=key(), state="concluded")
    assert codes(answer) == ["BAD_VARIABLES"]


def test_atk_41_nor_inside_an_input(city, caller_of):
    lead = caller_of(city.officer("market_regulation"))
    items = [{"field": "business.seats", "message": "x", "state": "concluded"}]
    answer = lead.ask("requestCorrections", caseId=str(uuid4()), items=items, idempotencyKey=key())
    assert codes(answer) == ["UNKNOWN_FIELD"]
    assert answer["errors"][0]["extensions"]["field"] == "items.0.state"


def test_atk_33_an_officers_name_is_masked_for_the_applicant(city, caller_of, owner):
    case = accepted(city)
    officer = caller_of(city.officer("ecology"))
    row = officer.ask("worklist")["data"]["worklist"]["nodes"][0]
    digest = officer.ask("approval", id=row["id"])["data"]["approval"]["reading"]["digest"]
    answer = officer.ask(
        "decideApproval",
        approvalId=row["id"],
        outcome="agree",
        reason="",
        readingDigest=digest,
        idempotencyKey=key(),
    )
    done(answer, "decideApproval")
    shown = owner.ask("case", id=str(case.pk))["data"]["case"]["approvals"]
    names = [a["decision"]["officerName"] for a in shown if a["decision"]]
    assert len(names) == 1
    assert names[0].endswith("*")


def test_bad_14_null_for_an_argument_that_may_be_left_out_is_leaving_it_out(city, caller_of):
    case = accepted(city)
    officer = caller_of(city.officer("urban_management"))
    approval = approval_of(case, "signage")
    digest = officer.ask("approval", id=str(approval.pk))["data"]["approval"]["reading"]["digest"]
    decided = officer.ask(
        "decideApproval",
        approvalId=str(approval.pk),
        outcome="approved",
        reason="",
        basis=None,
        findings=None,
        readingDigest=digest,
        idempotencyKey=key(),
    )
    assert done(decided, "decideApproval")["approval"]["state"] == "decided"
    owner = caller_of(city.owner)
    withdrawn = owner.ask(
        "withdrawCase", caseId=str(draft(city).pk), reason=None, idempotencyKey=key()
    )
    assert done(withdrawn, "withdrawCase")["case"]["state"] == "withdrawn"
    assert codes(owner.ask("verifyCertificate", identifier=None, statement=None)) == ["REQUIRED"]


def test_a_quarter_megabyte_of_wrong_answers_is_not_answered_with_megabytes(city, owner):
    case = draft(city)
    row = {f"column{number}": 1 for number in range(10_000)}
    answer = owner.ask(
        "saveAnswers",
        caseId=str(case.pk),
        revision=case.revision,
        answers={"staff.workers": [row]},
        idempotencyKey=key(),
    )
    assert len(answer["data"]["saveAnswers"]["errors"]) == MOST_TOLD
