"""The restaurant's way through the door: every document of the path, sent by whom it is for."""

from urllib.parse import unquote

import pytest

from ecert.tasks import finish_certificate
from keys.time_ordered import time_ordered_id
from notifications.models import Message
from tests.city import City
from tests.graphql.asking import Caller, codes, done, key, told
from tests.restaurant import GOOD, ITEM, TYPED, accepted, draft, submitted
from workflows.tasks import finish_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(city: City, caller_of) -> Caller:
    """The restaurant's legal representative."""
    return caller_of(city.owner)


@pytest.fixture
def lead(city: City, caller_of) -> Caller:
    """An officer of the lead department."""
    return caller_of(city.officer("market_regulation"))


def test_start_case_grant_use_save_answers_submit_case(owner, lead):
    item = owner.ask("serviceItem", code=ITEM)["data"]["serviceItem"]
    fields = [field for section in item["form"]["sections"] for field in section["fields"]]
    assert len(fields) >= 25
    assert sum(field["prefillable"] for field in fields) >= 14
    assert [step["departments"] for step in item["steps"] if step["kind"] == "approve"]

    case = done(owner.ask("startCase", itemCode=ITEM, idempotencyKey=key()), "startCase")["case"]
    assert case["allowedActions"] == ["saveAnswers", "grantUse", "submitCase", "withdrawCase"]
    form = owner.ask("caseForm", id=case["id"])["data"]["case"]
    assert form["answers"] == []
    wanted = {one["typeName"]: one for one in form["wantedCertificates"]}
    assert wanted["营业执照"]["isGranted"] is False
    assert "名称" in "".join(wanted["营业执照"]["fieldLabels"])

    granted = done(owner.ask("grantUse", caseId=case["id"], idempotencyKey=key()), "grantUse")
    form = owner.ask("caseForm", id=case["id"])["data"]["case"]
    assert form["prefilledCount"] == len([a for a in form["answers"] if a["source"]]) >= 14
    name = next(a for a in form["answers"] if a["path"] == "enterprise.name")
    assert name["isReadOnly"]
    assert name["source"]["kind"] == "certificate"
    assert name["source"]["words"].startswith("来自营业执照")
    assert all(one["isGranted"] for one in form["wantedCertificates"])

    saved = done(
        owner.ask(
            "saveAnswers",
            caseId=case["id"],
            revision=granted["case"]["revision"],
            answers=TYPED,
            idempotencyKey=key(),
        ),
        "saveAnswers",
    )
    sent = done(
        owner.ask(
            "submitCase",
            caseId=case["id"],
            revision=saved["case"]["revision"],
            idempotencyKey=key(),
        ),
        "submitCase",
    )
    assert sent["case"]["state"] == "submitted"
    assert sent["case"]["number"]
    intake = lead.ask("worklist")["data"]["intake"]["nodes"]
    assert [row["number"] for row in intake] == [sent["case"]["number"]]
    assert intake[0]["clock"]["daysLeft"] == 5


def test_accept_case_claim_approval_decide_approval_record_delivery(city, caller_of, owner, lead):
    case_id = str(submitted(city).pk)
    kept = done(lead.ask("acceptCase", caseId=case_id, idempotencyKey=key()), "acceptCase")
    assert kept["case"]["state"] == "reviewing"
    for _ in range(2):  # what waits for the joint inspection opens in the second round
        for function in ("market_regulation", "fire", "urban_management", "ecology"):
            decide_everything(caller_of(city.officer(function)))
    case = owner.ask("case", id=case_id)["data"]["case"]
    assert (case["state"], case["outcome"]) == ("decided", "approved")
    assert all(approval["decision"] for approval in case["approvals"])
    assert [c["status"] for c in case["certificates"]] == ["issuing"] * 3
    assert not any(c["downloadUrl"] for c in case["certificates"])
    assert {d["kindName"] for d in case["documents"]} == {"收件凭证", "受理通知书", "准予决定书"}
    sentences = [event["sentence"] for event in case["timeline"]]
    assert "全部环节已有决定：准予" in sentences
    assert not any("{" in sentence or "…" in sentence for sentence in sentences)
    finish_certificate(case["certificates"][0]["id"])
    finish_document(case["documents"][0]["id"])
    case = owner.ask("case", id=case_id)["data"]["case"]
    assert_verified(owner, case["certificates"][0])
    assert owner.client.get(case["documents"][0]["downloadUrl"]).content.startswith(b"%PDF")
    record_delivery(owner, lead, case)


def decide_everything(officer: Caller) -> None:
    """Claims and decides all that waits for an officer, on what the reading shows."""
    for row in officer.ask("worklist")["data"]["worklist"]["nodes"]:
        claimed = officer.ask("claimApproval", approvalId=row["id"], idempotencyKey=key())
        assert done(claimed, "claimApproval")["approval"]["isMine"]
        approval = officer.ask("approval", id=row["id"])["data"]["approval"]
        outcome = GOOD[approval["kind"]]
        assert outcome in [choice["code"] for choice in approval["outcomes"]]
        answer = officer.ask(
            "decideApproval",
            approvalId=row["id"],
            outcome=outcome,
            reason="",
            readingDigest=approval["reading"]["digest"],
            idempotencyKey=key(),
        )
        assert done(answer, "decideApproval")["approval"]["state"] == "decided"


def assert_verified(owner: Caller, certificate: dict) -> None:
    """A stranger finds the certificate valid, and its holder may fetch the file."""
    stranger = Caller(owner.client)
    verdict = stranger.ask("verifyCertificate", identifier=certificate["identifier"])
    assert verdict["data"]["verifyCertificate"]["isValid"]
    own = owner.ask("certificate", id=certificate["id"])["data"]["certificate"]
    assert own["face"]
    file = owner.client.get(certificate["downloadUrl"])
    assert file.content.startswith(b"%PDF")
    kept_as = unquote(file["Content-Disposition"])
    assert kept_as.startswith("attachment")
    assert f"{own['typeName']} {own['number']}.pdf" in kept_as


def record_delivery(owner: Caller, lead: Caller, case: dict) -> None:
    """The lead notes how a result was handed out; the owner sees it."""
    answer = lead.ask(
        "recordDelivery",
        caseId=case["id"],
        certificateId=case["certificates"][0]["id"],
        method="collected",
        receiver="林小满",
        idempotencyKey=key(),
    )
    assert done(answer, "recordDelivery")["case"]["deliveries"][0]["methodName"] == "窗口领取"
    assert owner.ask("case", id=case["id"])["data"]["case"]["deliveries"]


def test_request_corrections_answer_corrections(city, owner, lead):
    case = submitted(city)
    asked = lead.ask(
        "requestCorrections",
        caseId=str(case.pk),
        items=[{"field": "business.seats", "message": "座位数与布局不符"}],
        idempotencyKey=key(),
    )
    assert done(asked, "requestCorrections")["case"]["state"] == "correcting"
    shown = owner.ask("caseForm", id=str(case.pk))["data"]["case"]
    assert shown["corrections"] == [
        {"field": "business.seats", "label": "就餐座位数", "message": "座位数与布局不符"}
    ]
    answered = owner.ask(
        "answerCorrections",
        caseId=str(case.pk),
        revision=shown["revision"],
        answers={"business.seats": 90},
        idempotencyKey=key(),
    )
    assert done(answered, "answerCorrections")["case"]["state"] == "submitted"


def test_decline_case_tells_the_reason(city, owner, lead):
    case_id = str(submitted(city).pk)
    declined = lead.ask(
        "declineCase",
        caseId=case_id,
        reason="不属于本部门职权",
        redirect="青石区市场监督管理局",
        idempotencyKey=key(),
    )
    assert done(declined, "declineCase")["case"]["state"] == "not_accepted"
    shown = owner.ask("case", id=case_id)["data"]["case"]
    assert shown["reason"] == "不属于本部门职权"
    assert shown["allowedActions"] == []


def test_withdraw_case_ends_it(city, owner):
    case_id = str(draft(city).pk)
    answer = owner.ask("withdrawCase", caseId=case_id, idempotencyKey=key())
    assert done(answer, "withdrawCase")["case"]["state"] == "withdrawn"


def test_a_department_sees_the_case_only_through_its_reading(city, caller_of):
    case_id = str(accepted(city).pk)
    ecology = caller_of(city.officer("ecology"))
    row = ecology.ask("worklist")["data"]["worklist"]["nodes"][0]
    approval = ecology.ask("approval", id=row["id"])["data"]["approval"]
    sections = {value["path"].partition(".")[0] for value in approval["reading"]["values"]}
    assert "waste" in sections
    assert "representative" not in sections
    answer = ecology.ask("case", id=case_id)
    assert answer["data"]["case"] is None
    assert set(codes(answer)) == {"FORBIDDEN"}


def test_messages_read_message(city, owner, caller_of):
    message = Message.objects.create(
        account_id=city.owner.account_id,
        event_id=time_ordered_id(),
        topic="case.accepted",
        params={"number": "990102-1"},
    )
    shown = owner.ask("messages")["data"]["messages"]["nodes"]
    assert [(m["title"], m["caseNumber"], m["readAt"]) for m in shown] == [
        ("已受理", "990102-1", None)
    ]
    assert owner.ask("unreadMessages")["data"] == {"unreadMessages": 1}
    read = owner.ask("readMessage", messageId=str(message.pk), idempotencyKey=key())
    assert done(read, "readMessage")["message"]["readAt"]
    assert owner.ask("unreadMessages")["data"] == {"unreadMessages": 0}
    stranger = caller_of(city.stranger)
    assert stranger.ask("messages")["data"]["messages"]["nodes"] == []
    answer = stranger.ask("readMessage", messageId=str(message.pk), idempotencyKey=key())
    assert told(answer, "readMessage") == {"messageId": "NOT_FOUND"}
