"""Files through the door: a ticket, one PUT, attached, read by whom it is for, fetched as a file and nothing else."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from files.commands import sweep_uploads
from files.models import Blob, UploadTicket
from tests.graphql.asking import Caller, codes, done, key, told
from tests.supplies import PDF, draft, pdf, publish_signboard, submitted
from workflows.models import CaseFile

pytestmark = pytest.mark.django_db


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


def test_an_officer_sees_the_files_of_the_reading_and_downloads_them(owner, city, caller_of):
    case = submitted(city, promising=False)
    officer = caller_of(city.officer("urban_management"))
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
