"""Sealed documents: accepted by poppler and qpdf, refused after any change (BAD-78)."""

import random
import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from weasyprint import HTML

from keys import keystore, seal
from tests.long_run import examples

FIRE = "fire.990102000000"
MARKET = "market_regulation.990102000000"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
REASON = "核发食品经营许可证"


@pytest.fixture(scope="module")
def page():
    """A page as the layouts make it: PDF/A-3 with Chinese text."""
    text = "<html lang=zh><title>许可证</title><h1>食品经营许可证</h1><p>云州市</p>"
    return HTML(string=text).write_pdf(pdf_variant="pdf/a-3b")


@pytest.fixture
def sealed(key_folder, page):
    return seal.seal_pdf(page, owner=FIRE, reason=REASON, at=AT)


@pytest.fixture
def poppler(key_folder, tmp_path):
    """Poppler's lines about a file, with our authority as the only trusted one."""
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "root.pem").write_bytes(keystore.authority_certificate_pem())
    make = ["certutil", "-N", "-d", f"sql:{trust}", "--empty-password"]
    subprocess.run(make, check=True)
    add = ["certutil", "-A", "-d", f"sql:{trust}", "-n", "root", "-t", "C,C,C"]
    subprocess.run([*add, "-i", trust / "root.pem"], check=True)

    def lines(pdf):
        (tmp_path / "file.pdf").write_bytes(pdf)
        command = ["pdfsig", "-nssdir", trust, tmp_path / "file.pdf"]
        text = subprocess.run(command, capture_output=True, text=True).stdout
        return [line.strip(" -") for line in text.splitlines()]

    return lines


def test_poppler_finds_the_seal_valid_trusted_and_over_the_whole_document(sealed, poppler):
    lines = poppler(sealed)
    assert "Signature Validation: Signature is Valid." in lines
    assert "Certificate Validation: Certificate is Trusted." in lines
    assert "Total document signed" in lines
    assert "Signer Certificate Common Name: 云州市云溪区消防救援大队" in lines
    assert "Signature Type: ETSI.CAdES.detached" in lines
    assert len([line for line in lines if line.startswith("Signature #")]) == 1


def test_poppler_refuses_a_changed_document_and_a_foreign_authority(sealed, poppler, settings):
    changed = sealed.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert "Signature Validation: Digest Mismatch." in poppler(changed)
    settings.KEY_DIR = settings.KEY_DIR.parent / "foreign"
    keystore.ensure_owner(FIRE, "云州市云溪区消防救援大队")
    blank = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(blank)
    foreign = seal.seal_pdf(blank.getvalue(), owner=FIRE, reason=REASON, at=AT)
    assert "Certificate Validation: Certificate is Trusted." not in poppler(foreign)


def test_qpdf_finds_nothing_wrong_and_the_pdf_a_marks_stay(sealed, page, tmp_path):
    (tmp_path / "file.pdf").write_bytes(sealed)
    checked = subprocess.run(["qpdf", "--check", tmp_path / "file.pdf"], capture_output=True)
    assert checked.returncode == 0, checked.stdout
    assert sealed.startswith(page)
    with pikepdf.open(BytesIO(sealed)) as document:
        assert document.open_metadata()["pdfaid:part"] == "3"


def test_a_seal_of_ours_holds_and_names_who_and_when(sealed):
    verdict = seal.inspect_seal(sealed)
    assert verdict.holds
    assert (verdict.intact, verdict.trusted, verdict.whole_file) == (True, True, True)
    assert (verdict.signer, verdict.owner) == ("云州市云溪区消防救援大队", FIRE)
    assert verdict.signed_at == AT
    assert verdict.reason_code == ""


def test_two_departments_seal_under_their_own_names(key_folder, page):
    other = seal.inspect_seal(seal.seal_pdf(page, owner=MARKET, reason=REASON, at=AT))
    assert (other.signer, other.owner) == ("云州市云溪区市场监督管理局", MARKET)


def places(sealed):
    """Bytes of every region: page, own revision, around the hole, signature, padding, trailer."""
    hole = sealed.rindex(b"/Contents <") + 10
    end = sealed.index(b">", hole)
    draw = random.Random(78)
    regions = [(8, hole - 1200), (hole - 1200, hole), (hole + 1, hole + 2900), (end - 3000, end)]
    spots = [draw.randrange(*region) for region in regions for _ in range(12)]
    head = range(hole + 1, hole + 90)  # lengths, versions and algorithms, which nothing signs
    return [*spots, *head, 0, 1, 2, 3, 4, hole, end, end + 1, *range(len(sealed) - 12, len(sealed))]


def test_bad_78_a_file_altered_by_one_byte_is_refused(sealed):
    for place in places(sealed):
        altered = bytearray(sealed)
        altered[place] = ord("0") if altered[place] != ord("0") else ord("1")
        verdict = seal.inspect_seal(bytes(altered))
        assert not verdict.holds, place
        assert verdict.reason_code in {"ALTERED", "SIGNATURE_INVALID"} or place < 5


def test_bad_78_a_signature_spelled_in_small_hex_digits_is_refused(sealed):
    hole = sealed.rindex(b"/Contents <") + 11
    spelled = sealed[:hole] + sealed[hole : hole + seal.RESERVED].lower()
    assert seal.inspect_seal(spelled + sealed[hole + seal.RESERVED :]).reason_code == "ALTERED"


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\0", b"%", b"%%EOF\n", b"x" * 5000])
def test_bad_78_a_file_with_bytes_appended_is_refused(sealed, tail):
    verdict = seal.inspect_seal(sealed + tail)
    assert not verdict.holds
    assert verdict.reason_code == "ALTERED"


def test_bad_78_a_truncated_file_is_refused(sealed):
    for length in [*range(len(sealed) - 60, len(sealed), 7), len(sealed) // 2]:
        assert seal.inspect_seal(sealed[:length]).reason_code in {"ALTERED", "NOT_SEALED"}


def test_bad_78_a_signature_copied_to_another_file_is_refused(sealed, key_folder, page):
    other = HTML(string="<h1>另一份</h1>").write_pdf(pdf_variant="pdf/a-3b")
    revision = sealed[len(page) :]
    assert seal.inspect_seal(other + revision).reason_code == "ALTERED"
    theirs = seal.seal_pdf(other, owner=FIRE, reason=REASON, at=AT)
    spot, hole = (file.rindex(b"/Contents <") + 11 for file in (theirs, sealed))
    copied = theirs[:spot] + sealed[hole : hole + seal.RESERVED] + theirs[spot + seal.RESERVED :]
    assert seal.inspect_seal(copied).reason_code == "ALTERED"


def test_bad_78_a_later_revision_that_shows_another_page_is_refused(sealed):
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = writer.root["/Pages"]["/Count"]
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)
    verdict = seal.inspect_seal(changed.getvalue())
    assert (verdict.reason_code, verdict.whole_file) == ("ALTERED", False)


def test_bad_78_a_signature_dictionary_built_to_confuse_is_refused(sealed):
    start = sealed.rindex(b"/ByteRange [") + 11
    end = sealed.index(b"]", start)
    ranges = [b"0 0 0 0", b"0 -1 0 -1", b"9" * 30, b"0 10 20", b"null", b"/A /B /C /D", b""]
    for text in ranges:
        forged = sealed[:start] + b"[" + text.ljust(end - start - 1) + sealed[end:]
        assert not seal.inspect_seal(forged).holds
    for old, new in [
        (b"/Contents <", b"/Contents ("),
        (b"/Contents", b"/Content_"),
        (b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1 "),
        (b"/Sig", b"/Sog"),
    ]:
        assert not seal.inspect_seal(sealed.replace(old, new)).holds


@limits(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(150))
@given(st.integers(0, 2100), st.binary(min_size=1, max_size=12))
def test_bad_78_rubbish_inside_a_signature_is_refused_and_never_a_fault(sealed, place, rubbish):
    start = sealed.rindex(b"/Contents <") + 11 + 2 * (place // 2)
    digits = rubbish.hex().upper().encode()
    end = start + len(digits)
    forged = sealed[:start] + digits + sealed[end:]
    if forged != sealed:
        assert not seal.inspect_seal(forged).holds


def test_a_file_that_we_did_not_seal_is_never_opened_by_a_reader(sealed):
    bomb = b"%PDF-1.7\n" + b"[" * 3_000_000 + b"/ByteRange [0 9 9 9]"
    assert seal.inspect_seal(bomb).reason_code == "ALTERED"
    deep = sealed.replace(b"/Type", b"[[[[[", 1)
    assert seal.inspect_seal(deep).reason_code == "ALTERED"


def test_a_seal_of_another_authority_is_not_trusted(sealed, settings, tmp_path):
    settings.KEY_DIR = tmp_path / "another"
    keystore.ensure_owner(FIRE, "云州市云溪区消防救援大队")
    verdict = seal.inspect_seal(sealed)
    assert (verdict.intact, verdict.trusted) == (True, False)
    assert (verdict.holds, verdict.reason_code) == (False, "NOT_TRUSTED")
    assert verdict.signer == verdict.owner == ""


@pytest.mark.parametrize("content", [b"", b"%PDF", b" %PDF-1.7", b"PK\x03\x04", b"[" * 9999])
def test_what_is_no_pdf_has_no_seal(key_folder, content):
    assert seal.inspect_seal(content).reason_code == "NOT_A_PDF"


def test_a_pdf_without_a_seal_is_told_apart(key_folder, page):
    assert seal.inspect_seal(page).reason_code == "NOT_SEALED"


def test_what_cannot_be_sealed_is_refused(key_folder, page, sealed):
    refused = [
        {"pdf": b"no pdf"},
        {"pdf": page[: len(page) // 2]},
        {"pdf": sealed},
        {"pdf": encrypted(page)},
        {"at": AT.replace(tzinfo=None)},
        {"at": datetime(2019, 12, 31, tzinfo=UTC)},
        {"at": datetime(2040, 1, 1, tzinfo=UTC)},
    ]
    right = {"pdf": page, "owner": FIRE, "reason": REASON, "at": AT}
    for change in refused:
        with pytest.raises(seal.SealFault):
            seal.seal_pdf(**(right | change))
    with pytest.raises(keystore.KeyFault):
        seal.seal_pdf(**(right | {"owner": "nobody.990102000000"}))


def encrypted(page):
    file = BytesIO()
    with pikepdf.open(BytesIO(page)) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="o", user=""))
    return file.getvalue()


def test_without_an_authority_a_seal_is_a_fault_of_ours_and_not_an_invalid_one(
    sealed, settings, tmp_path
):
    settings.KEY_DIR = tmp_path / "nothing"
    with pytest.raises(keystore.KeyFault, match="load the city first"):
        seal.inspect_seal(sealed)
