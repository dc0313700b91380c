"""Files through the door: a ticket, one PUT, attached, read by whom it is for, fetched as a file and nothing else."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from files.commands import receive, sweep_uploads
from files.models import Blob, UploadTicket
from notifications.models import DemoText
from notifications.sms import send_code
from people.models import AuditRecord, Officer
from people.viewer import Viewer
from tests.city import officer_viewer
from tests.graphql.asking import Caller, codes, done, key, told
from tests.supplies import ANSWERS, ITEM, PDF, draft, pdf, publish_signboard, submitted
from workflows.models import Case, CaseFile

pytestmark = pytest.mark.django_db
OWNER = ("110101190003070029", "林小满", "91990102MA9TB00184")


@pytest.fixture
def owner(city, caller_of) -> Caller:
    publish_signboard()
    return caller_of(city.owner)


def asked(caller: Caller, content: bytes, name: str = "图.pdf", **other: object) -> dict:
    """A ticket for the content."""
    given = {"purpose": "material", "name": name, "size": len(content), "mediaType": PDF, **other}
    return caller.ask("requestUpload", idempotencyKey=key(), **given)


def put(url: str, content: bytes, **headers: str):
    """Sends the bytes as somebody without a session or a CSRF token."""
    client = Client(enforce_csrf_checks=True)
    return client.put(url, content, content_type="application/octet-stream", headers=headers)


def test_request_upload_attach_file_detach_file_promise_material(owner, city, caller_of):
    case, content = draft(city), pdf("图")
    ticket = done(asked(owner, content), "requestUpload")["upload"]
    sent = put(ticket["url"], content)
    assert (sent.status_code, sent.json()["state"]) == (200, "checked")
    about = {"caseId": str(case.pk), "material": "drawing"}
    done(
        owner.ask("attachFile", idempotencyKey=key(), ticketId=ticket["id"], **about), "attachFile"
    )
    promise = {"caseId": str(case.pk), "material": "safety", "idempotencyKey": key()}
    done(owner.ask("promiseMaterial", **promise), "promiseMaterial")
    shown = owner.ask("case", id=str(case.pk))["data"]["case"]
    assert {"attachFile", "detachFile", "promiseMaterial"} <= set(shown["allowedActions"])
    materials = {one["id"]: one for one in shown["materials"]}
    file = materials["drawing"]["files"][0]
    assert (file["name"], file["size"], file["stateName"]) == ("图.pdf", len(content), "已通过检查")
    assert [m for m, one in materials.items() if one["isMissing"]] == ["deed", "lease"]
    fetched = Client().get(file["downloadUrl"])
    assert fetched.content == content
    assert fetched["Content-Disposition"].startswith("attachment")
    assert (fetched["X-Content-Type-Options"], fetched["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox",
    )
    labels = [label for line in shown["timeline"] for label in line["fieldLabels"]]
    assert "招牌效果图" in labels
    about = {"caseId": str(case.pk), "fileId": file["id"], "idempotencyKey": key()}
    stranger = caller_of(city.stranger)
    assert told(stranger.ask("detachFile", **about), "detachFile") == {"caseId": "NOT_FOUND"}
    done(owner.ask("detachFile", **about), "detachFile")
    assert not CaseFile.objects.filter(case=case).exists()


def test_atk_28_wrong_expired_and_used_addresses_are_answered_alike(owner, caplog):
    content = pdf("1")
    used = done(asked(owner, content), "requestUpload")["upload"]["url"]
    put(used, content)
    late = done(asked(owner, content), "requestUpload")["upload"]
    UploadTicket.objects.filter(pk=late["id"]).update(expires_at=timezone.now())
    open_one = done(asked(owner, content), "requestUpload")["upload"]["url"]
    answers = [put(url, content) for url in (used, late["url"], open_one[:-1] + "_", "/uploads/x")]
    said = {(a.status_code, a.json()["errors"][0]["message"]) for a in answers}
    assert said == {(404, "上传地址无效或者已经用过，请重新选择文件")}
    assert Client().get(open_one).status_code == 405
    assert put(open_one, content).status_code == 200
    assert "/uploads/" not in caplog.text  # an address is a right, and stays out of the log


def test_flt_58_while_one_sends_by_a_ticket_another_is_sent_away(owner):
    content = pdf("1")
    ticket = done(asked(owner, content), "requestUpload")["upload"]
    token, meanwhile = ticket["url"].rpartition("/")[2], []

    def slowly():
        meanwhile.append(put(ticket["url"], content).json()["errors"][0]["message"])
        yield content

    assert receive(token, slowly(), len(content)).state == "checked"
    assert meanwhile == ["上传地址无效或者已经用过，请重新选择文件"]


def test_bad_69_bad_27_a_ticket_is_refused_for_what_will_not_be_taken(owner, settings):
    settings.UPLOAD_MOST_BYTES_A_DAY = 1000
    content = b"x" * 600
    cases = [
        (asked(owner, content, "../../etc/passwd"), {"name": "INVALID_FILENAME"}),
        (asked(owner, content, "a%2e%2e.pdf"), {"name": "INVALID_FILENAME"}),
        (asked(owner, b""), {"size": "EMPTY_FILE"}),
        (asked(owner, content, size=20_000_001), {"size": "FILE_TOO_LARGE"}),
        (asked(owner, content, mediaType="image/svg+xml"), {"mediaType": "FILE_TYPE_NOT_ALLOWED"}),
    ]
    assert [told(answer, "requestUpload") for answer, _ in cases] == [one for _, one in cases]
    done(asked(owner, content), "requestUpload")
    assert told(asked(owner, content), "requestUpload") == {"size": "QUOTA_EXCEEDED"}


def test_bad_68_bad_69_more_bytes_than_told_or_fewer_or_none_leave_nothing(owner):
    content = pdf("1")
    before = Blob.objects.count()
    url = done(asked(owner, content), "requestUpload")["upload"]["url"]
    assert codes(put(url, content + b"x").json()) == ["FILE_TOO_LARGE"]
    url = done(asked(owner, content), "requestUpload")["upload"]["url"]
    in_pieces = put(url, content, **{"Transfer-Encoding": "chunked"})
    assert codes(in_pieces.json()) == ["UPLOAD_INCOMPLETE"]
    assert put(url, content).status_code == 200
    url = done(asked(owner, content), "requestUpload")["upload"]["url"]
    assert codes(put(url, b"").json()) == ["EMPTY_FILE"]
    assert Blob.objects.count() == before + 1
    assert not any(path.name != "stray" for path in Path(settings.INCOMING_DIR).glob("*"))


def test_flt_58_uploads_that_come_to_nothing_leave_neither_rows_nor_bytes(owner, city):
    kept = submitted(city, promising=False)
    alone = pdf("niemand")
    url = done(asked(owner, alone), "requestUpload")["upload"]["url"]
    put(url, alone)
    blob = UploadTicket.objects.get(used_at=None).blob
    done(asked(owner, alone), "requestUpload")  # and never sent
    stray = Path(settings.INCOMING_DIR) / "stray"
    stray.write_bytes(b"%PDF-")
    assert sweep_uploads() == 0
    past = timezone.now() - timedelta(days=2)
    UploadTicket.objects.update(expires_at=past)
    os.utime(stray, (0, 0))
    assert sweep_uploads() == 2
    assert not stray.exists()
    assert not Blob.objects.filter(pk=blob.pk).exists()
    assert not (Path(settings.FILES_DIR) / blob.path).exists()
    assert all(file.blob is not None for file in CaseFile.objects.filter(case=kept))


def test_inv_17_an_officer_sees_the_files_of_the_reading_and_each_download_is_audited(
    owner, city, caller_of
):
    case = submitted(city, promising=False)
    reader = city.officer("urban_management")
    officer = caller_of(reader)
    approval = case.approvals.get()
    reading = officer.ask("approval", id=str(approval.pk))["data"]["approval"]["reading"]
    files = {m["name"]: [f["name"] for f in m["files"]] for m in reading["materials"]}
    assert (files["招牌效果图"], files["房屋租赁合同"]) == (["图纸.pdf"], [])
    address = next(m for m in reading["materials"] if m["files"])["files"][0]["downloadUrl"]
    assert Client().get(address).content == pdf("图")
    deed = CaseFile.objects.get(case=case, material="deed")
    token = {"Authorization": f"Bearer {officer.token}"}
    refused = Client().get(f"/download/files/{deed.pk}", headers=token)
    assert refused.status_code == 404
    drawing = CaseFile.objects.get(case=case, material="drawing")
    read = AuditRecord.objects.get(action="download_file")
    assert (read.subject_kind, read.subject_id) == ("case_file", str(drawing.pk))
    assert (read.actor, read.acting_for) == (reader.actor, reader.acting_for)
    assert read.details == {}


def test_atk_42_a_clerk_sends_a_file_in_a_sitting_and_nobody_gets_it_outside(
    owner, city, caller_of, settings
):
    settings.SMS_CHANNEL = "notifications.sms.DemoOutbox"
    desk = caller_of(clerk())
    served = sitting_of(desk, *OWNER)
    started = done(served.ask("startCase", itemCode=ITEM, idempotencyKey=key()), "startCase")
    case = {"caseId": started["case"]["id"]}
    done(served.ask("grantUse", idempotencyKey=key(), **case), "grantUse")
    revision = Case.objects.get(pk=case["caseId"]).revision
    answers = {"answers": ANSWERS, "revision": revision, "idempotencyKey": key()}
    done(served.ask("saveAnswers", **case, **answers), "saveAnswers")
    for material in ("drawing", "lease", "safety"):
        content = pdf(material)
        ticket = done(asked(served, content), "requestUpload")["upload"]
        assert put(ticket["url"], content).status_code == 200
        attach = case | {"material": material, "ticketId": ticket["id"]}
        assert codes(desk.ask("attachFile", idempotencyKey=key(), **attach)) == ["FORBIDDEN"]
        answer = owner.ask("attachFile", idempotencyKey=key(), **attach)
        assert told(answer, "attachFile") == {"ticketId": "NOT_FOUND"}
        done(served.ask("attachFile", idempotencyKey=key(), **attach), "attachFile")
    revision = Case.objects.get(pk=case["caseId"]).revision
    done(served.ask("submitCase", **case, revision=revision, idempotencyKey=key()), "submitCase")
    file = CaseFile.objects.filter(case=case["caseId"]).first()

    def status(caller: Caller) -> int:
        token = {"Authorization": f"Bearer {caller.token}"}
        return Client().get(f"/download/files/{file.pk}", headers=token).status_code

    assert status(served) == 200
    assert AuditRecord.objects.filter(action="download_file", subject_id=str(file.pk)).count() == 1
    assert status(desk) == 404
    assert status(sitting_of(desk, "110101190311210062", "陈默")) == 404
    assert status(served) == 401  # the next person's sitting ended this one
    assert status(owner) == 200  # it is the owner's own file


def clerk() -> Viewer:
    """A clerk of the town's counter."""
    name = "liuxi.chuangkou.yi"
    office = Officer.objects.select_related("department").get(account__sign_in_name=name)
    return officer_viewer(office, office.department)


def sitting_of(desk: Caller, number: str, name: str, acting_for: str = "") -> Caller:
    """The sitting in which the clerk serves a person, with the person's code."""
    given = {"idNumber": number, "name": name, "actingFor": acting_for, "itemCode": ITEM}
    began = desk.ask("beginSitting", idempotencyKey=key(), **given)
    sitting = done(began, "beginSitting")["sitting"]["id"]
    send_code(sitting)
    code = DemoText.objects.get(pk=sitting).text.split("验证码")[1][:6]
    opened = desk.ask("confirmSitting", sittingId=sitting, code=code, idempotencyKey=key())
    return Caller(Client(), done(opened, "confirmSitting")["signedIn"]["accessToken"])
