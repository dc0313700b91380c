"""What a stranger is told: each status its own, an altered file never valid, nothing personal."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from ecert import commands
from ecert.identifier import check_character
from ecert.models import Certificate
from ecert.tasks import finish_certificate
from ecert.verification import verify_identifier, verify_pdf, verify_statement
from files.queries import read
from files.storage import keep
from keys.jose import sign_statement
from keys.keystore import ensure_owner
from keys.seal import seal_pdf

from .conftest import SYSTEM

OWNER = "market_regulation.990102000000"


@pytest.fixture
def finished(issue):
    certificate = issue()
    finish_certificate(str(certificate.pk))
    return Certificate.objects.get(pk=certificate.pk)


@pytest.fixture
def pdf(finished):
    return read(finished.file)


def set_row(certificate, **values):
    Certificate.objects.filter(pk=certificate.pk).update(**values)


def all_three(certificate, pdf):
    """The statuses that identifier, file and statement lead to."""
    return {
        verify_identifier(certificate.identifier).status,
        verify_pdf(pdf).status,
        verify_statement(certificate.statement).status,
    }


def test_verify_certificate_by_identifier_file_and_statement(finished, pdf):
    assert all_three(finished, pdf) == {"valid"}
    verdict = verify_identifier(f" {finished.identifier.lower()} ")
    assert verdict.is_valid
    assert (verdict.type_name, verdict.number) == ("食品经营许可证", finished.number)
    assert verdict.holder == finished.holder_name
    assert verdict.issuer == "云澜市明湖区市场监督管理局"
    assert verdict.valid_until == finished.valid_until


@pytest.mark.parametrize("status", ["suspended", "revoked", "cancelled", "superseded"])
def test_bad_79_each_recorded_status_is_told(finished, pdf, status):
    set_row(finished, status=status)
    assert all_three(finished, pdf) == {status}


def test_bad_79_expired_and_not_yet_valid_are_told(finished, pdf):
    today = timezone.localdate()
    set_row(finished, valid_from=today - timedelta(9), valid_until=today - timedelta(1))
    assert all_three(finished, pdf) == {"expired"}
    set_row(finished, valid_from=today + timedelta(1), valid_until=None)
    assert all_three(finished, pdf) == {"not_yet"}


def test_inv_12_after_the_revocation_nobody_is_told_valid(finished, pdf, approver):
    commands.revoke_certificate(
        viewer=approver, key="r", certificate_id=finished.pk, reason="隐瞒有关情况"
    )
    assert all_three(finished, pdf) == {"revoked"}


def test_a_certificate_that_is_still_being_made_is_not_found(issue):
    assert verify_identifier(issue().identifier).status == "not_found"


def test_bad_78_any_altered_byte_is_never_valid(finished, pdf):
    for place in range(0, len(pdf), max(1, len(pdf) // 60)):
        altered = bytearray(pdf)
        altered[place] ^= 0x01
        verdict = verify_pdf(bytes(altered))
        assert verdict.status in {"altered", "unknown_issuer", "not_found"}
        assert verdict.identifier == ""


def test_bad_78_a_changed_content_and_appended_bytes_are_altered(finished, pdf):
    place = pdf.index(b"/Type /Catalog")
    for altered in (pdf + b"\n% more", pdf[:place] + b"/Type /Cataloh" + pdf[place + 14 :]):
        assert verify_pdf(altered).status == "altered"


def test_bad_78_a_file_we_sealed_but_never_kept_is_not_found(finished, pdf):
    unsealed = pdf[: pdf.index(b"%%EOF") + 6]
    other = seal_pdf(unsealed, owner=OWNER, reason="x", at=timezone.now())
    assert verify_pdf(other).status == "not_found"


def test_a_file_sealed_by_another_department_is_of_an_unknown_issuer(finished, pdf):
    other = seal_pdf(
        pdf[: pdf.index(b"%%EOF") + 6],
        owner="fire.990102000000",
        reason="x",
        at=timezone.now(),
    )
    blob = keep(other, media_type="application/pdf", name="other.pdf")
    assert blob.digest == hashlib.sha256(other).hexdigest()
    set_row(finished, file=blob)
    assert verify_pdf(other).status == "unknown_issuer"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"MZ\x90", "不是文件".encode() * 1000])
def test_what_is_no_certificate_is_not_found(db, content):
    verdict = verify_pdf(content)
    assert verdict.status == "not_found"
    assert verdict.reason in {"NOT_A_PDF", "NOT_SEALED"}


@pytest.mark.parametrize("text", ["", "1.2.156", "<script>", "九" * 100_000, "x\x00y"])
def test_text_that_is_nothing_of_ours_is_not_found(db, text):
    assert verify_identifier(text).status == "not_found"
    assert verify_statement(text).status == "not_found"


def test_a_mistyped_identifier_is_not_found(finished):
    wrong = finished.identifier[:-1] + ("0" if finished.identifier[-1] != "0" else "1")
    assert verify_identifier(wrong).status == "not_found"
    body = "11990000000030023000211990102000000000F" + "A" * 20 + "001"
    unknown = f"1.2.156.3005.2.{body[:21]}.{body[21:39]}.{body[39:59]}.001.{check_character(body)}"
    assert verify_identifier(unknown).status == "not_found"


def test_a_statement_with_another_content_or_key_is_altered_or_unknown(finished):
    header, payload, signature = finished.statement.split(".")
    flipped = payload[:20] + ("A" if payload[20] != "A" else "B") + payload[21:]
    assert verify_statement(f"{header}.{flipped}.{signature}").status in {"altered", "not_found"}
    ensure_owner("ecology.990102000000", "云澜市明湖区生态环境局")
    claims = {"id": finished.identifier, "idx": finished.status_index}
    assert verify_statement(sign_statement("ecology.990102000000", claims)).status == "altered"
    assert verify_statement(sign_statement(OWNER, claims)).status == "altered"
    elsewhere = sign_statement(OWNER, {"id": "1.2.156.3005.2.none", "idx": 1})
    assert verify_statement(elsewhere).status == "not_found"


def test_a_persons_name_is_masked_and_no_face_is_told(id_card):
    verdict = verify_identifier(id_card.identifier)
    assert verdict.status == "valid"
    assert verdict.holder == "林**"
    assert "110101190001010014" not in repr(verdict)
    assert "林小满" not in repr(verdict)


def test_an_entered_certificate_is_verified_by_its_identifier(licence):
    assert verify_identifier(licence.identifier).status == "valid"
    assert SYSTEM.kind == "system"
