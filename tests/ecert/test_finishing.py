"""The sealed file: made once, whole, with the data inside, readable by other people's tools."""

import json
import re
import subprocess
from datetime import date

import pikepdf
import pytest
from PIL import Image

from bus.models import OutboxLetter
from ecert import commands
from ecert.models import Certificate
from ecert.queries import facts_of
from ecert.tasks import finish_certificate
from ecert.verification import verify_statement
from files.models import Blob
from files.queries import read
from keys.jose import read_statement
from keys.keystore import authority_certificate_pem
from keys.seal import inspect_seal
from people.models import AuditRecord

from .conftest import SYSTEM

OWNER = "market_regulation.990102000000"


@pytest.fixture
def finished(issue, citizen):
    certificate = issue()
    finish_certificate(str(certificate.pk))
    return Certificate.objects.get(pk=certificate.pk)


@pytest.fixture
def paper(finished, tmp_path):
    """The sealed file on the disk."""
    path = tmp_path / "certificate.pdf"
    path.write_bytes(read(finished.file))
    return path


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_finish_certificate_makes_it_valid_with_file_statement_and_letter(finished, citizen):
    assert finished.status == "valid"
    letter = OutboxLetter.objects.get(topic="certificate.issued")
    assert letter.subject == finished.source_number
    data = letter.envelope["data"]
    assert data["certificate"] == str(finished.pk)
    assert (data["case"], data["step"]) == (str(finished.source_case), "food")
    assert (data["type"], data["name"]) == ("FOOD_BUSINESS_LICENCE", "食品经营许可证")
    assert data["accounts"] == [str(citizen.account_id)]
    assert AuditRecord.objects.filter(action="complete_certificate").count() == 1


def test_inv_09_finishing_again_changes_nothing(finished):
    before = Certificate.objects.values().get(pk=finished.pk)
    finish_certificate(str(finished.pk))
    commands.complete_certificate(certificate_id=finished.pk, pdf=b"%PDF-other", statement="x")
    assert Certificate.objects.values().get(pk=finished.pk) == before
    assert (Blob.objects.count(), OutboxLetter.objects.count()) == (1, 1)


def test_flt_58_a_crash_before_the_commit_leaves_work_and_the_repetition_makes_one(issue):
    certificate = issue(source_number="")  # no letter may be without a subject: post fails
    with pytest.raises(Exception, match="subject"):
        finish_certificate(str(certificate.pk))
    left = Certificate.objects.get(pk=certificate.pk)
    assert (left.status, left.file, left.statement) == ("issuing", None, "")
    assert (Blob.objects.count(), OutboxLetter.objects.count()) == (0, 0)
    Certificate.objects.filter(pk=certificate.pk).update(source_number="990102-20260301-0001")
    finish_certificate(str(certificate.pk))
    assert (Blob.objects.count(), OutboxLetter.objects.count()) == (1, 1)


def test_a_certificate_revoked_while_its_file_is_made_stays_revoked(issue, approver):
    certificate = issue()
    commands.revoke_certificate(
        viewer=approver, key="r", certificate_id=certificate.pk, reason="申请材料不实"
    )
    finish_certificate(str(certificate.pk))
    assert Certificate.objects.get(pk=certificate.pk).status == "revoked"
    issued = OutboxLetter.objects.filter(topic="certificate.issued")
    assert (Blob.objects.count(), issued.count()) == (0, 0)


def test_a_new_version_supersedes_the_old_only_when_its_file_is_there(finished, issue):
    newer = issue(replaces=finished)
    assert facts_of([finished.pk])[0]["status"] == "valid"
    finish_certificate(str(newer.pk))
    old, new = facts_of([finished.pk, newer.pk])
    assert (old["status"], new["status"], new["version"]) == ("superseded", "valid", 2)


def test_the_statement_says_issuer_identifier_and_last_day(finished):
    claims = read_statement(finished.statement)
    assert (claims["iss"], claims["id"]) == (OWNER, finished.identifier)
    assert (claims["idx"], claims["until"]) == (finished.status_index, "2031-02-28")
    assert finished.holder_name not in str(claims)


def test_inv_11_the_file_equals_its_digest_and_the_seal_holds(finished):
    seal = inspect_seal(read(finished.file))
    assert seal.holds
    assert seal.owner == OWNER


def test_poppler_finds_the_signature_valid_trusted_and_total(paper, tmp_path):
    store = tmp_path / "nss"
    store.mkdir()
    root = tmp_path / "root.pem"
    root.write_bytes(authority_certificate_pem())
    run("certutil", "-N", "-d", f"sql:{store}", "--empty-password")
    run("certutil", "-A", "-d", f"sql:{store}", "-n", "root", "-t", "C,C,C", "-i", str(root))
    lines = [
        line.strip(" -") for line in run("pdfsig", "-nssdir", str(store), str(paper)).splitlines()
    ]
    assert "Signature Validation: Signature is Valid." in lines
    assert "Certificate Validation: Certificate is Trusted." in lines
    assert "Total document signed" in lines


def test_qpdf_finds_no_fault(paper):
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(paper))


def test_the_face_is_attached_as_data_and_the_file_is_pdf_a_3(paper, finished):
    with pikepdf.open(paper) as pdf:
        attached = pdf.attachments["certificate.json"].get_file().read_bytes()
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
    data = json.loads(attached)
    assert data["face"] == finished.face
    assert (data["identifier"], data["valid_until"]) == (finished.identifier, "2031-02-28")


def test_the_page_says_the_face_in_text_and_in_ink(paper, finished, tmp_path):
    text = "".join(run("pdftotext", "-layout", str(paper), "-").split())
    for said in (
        "食品经营许可证",
        finished.number,
        finished.holder_name,
        "热食类食品制售、冷食类食品制售",
    ):
        assert said in text
    assert "2026年3月1日至2031年2月28日" in text


def test_every_word_of_the_page_has_ink(paper, tmp_path):
    run("pdftoppm", "-r", "72", "-png", "-singlefile", str(paper), str(tmp_path / "page"))
    page = Image.open(tmp_path / "page.png").convert("L")
    words = re.findall(
        r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>',
        run("pdftotext", "-bbox", str(paper), "-"),
    )
    assert len(words) > 20
    for *box, word in words:
        left, top, right, bottom = (float(edge) for edge in box)
        cut = page.crop((int(left), int(top), int(right) + 1, int(bottom) + 1))
        dark = sum(cut.histogram()[:160]) / (cut.width * cut.height)
        assert dark > 0.02, word


def test_every_type_can_be_printed(types, department, person, enterprise, faces):
    for code, face in faces.items():
        kind = types[code]
        holder = {"person": person} if kind.holder_kind == "person" else {"enterprise": enterprise}
        certificate = commands.issue_certificate(
            viewer=SYSTEM,
            type_code=code,
            issuer=department(kind.issuer_function),
            face=face,
            source_case=person.pk,
            source_number="990102-20260301-0001",
            source_step=code,
            issued_on=date(2026, 3, 1),
            **holder,
        )
        finish_certificate(str(certificate.pk))
        certificate.refresh_from_db()
        assert inspect_seal(read(certificate.file)).holds, code


def test_a_telephone_reads_the_printed_code_as_the_very_statement_that_verifies(finished, paper):
    run("pdftoppm", "-r", "300", "-png", "-singlefile", str(paper), str(paper.with_suffix("")))
    read_by_zbar = run("zbarimg", "--quiet", "--raw", str(paper.with_suffix(".png"))).strip()
    assert read_by_zbar == finished.statement
    assert verify_statement(read_by_zbar).status == "valid"
