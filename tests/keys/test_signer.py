"""One way to sign for three algorithms; SM2 with SM3 is proven against openssl."""

import subprocess
from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from keys import signer, sm2
from keys.keyfiles import KeyFault

DATA = "核准开办餐饮店".encode()
SM2_ID = "distid:1234567812345678"


@pytest.fixture(scope="module", params=signer.ALGORITHMS)
def holder(request):
    return signer.new_signer(request.param)


def openssl(*arguments, **named):
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, **named)


def test_what_a_signer_signs_its_public_half_verifies(holder):
    signature = holder.sign(DATA)
    assert holder.verify(DATA, signature)
    assert holder.verifier().verify(DATA, signature)
    assert not holder.verify(DATA + b" ", signature)
    assert not holder.verify(b"", signature)


def test_a_signature_altered_or_invented_is_false_and_no_fault(holder):
    signature = holder.sign(DATA)
    for place in range(0, len(signature), 5):
        other = bytearray(signature)
        other[place] ^= 0x10
        assert not holder.verify(DATA, bytes(other))
    for rubbish in (b"", b"\0", signature[:-1], signature + b"\0", b"\x30\x00", b"\xff" * 300):
        assert not holder.verify(DATA, rubbish)


def test_a_key_survives_its_pem(holder):
    again = signer.signer_from_pem(holder.algorithm, holder.private_pem())
    assert again.public_pem() == holder.public_pem()
    assert holder.verify(DATA, again.sign(DATA))


def test_without_the_private_half_nothing_is_signed(holder):
    public = holder.verifier()
    with pytest.raises(KeyFault):
        public.sign(DATA)
    with pytest.raises(KeyFault):
        public.private_pem()


@pytest.mark.parametrize("algorithm", signer.ALGORITHMS)
def test_a_key_of_another_algorithm_or_none_is_refused(algorithm, holder):
    contents = [b"", b"x", b"-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n"]
    if holder.algorithm != algorithm:
        contents += [holder.private_pem(), holder.public_pem()]
    for content in contents:
        with pytest.raises(KeyFault):
            signer.signer_from_pem(algorithm, content)


def test_a_short_rsa_key_and_an_unknown_algorithm_are_refused():
    short = rsa.generate_private_key(65537, 1024)
    content = short.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(KeyFault, match="1024 bits"):
        signer.signer_from_pem("RS256", content)
    with pytest.raises(KeyFault):
        signer.new_signer("HS256")


def test_openssl_accepts_every_sm2_signature_of_ours(tmp_path):
    for number in range(12):
        ours = signer.new_signer("SM2-SM3")
        files = {"data": DATA + bytes([number]), "key": ours.public_pem()}
        files["signature"] = ours.sign(files["data"])
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        command = f"pkeyutl -verify -rawin -digest sm3 -pkeyopt {SM2_ID} -pubin -inkey key"
        verdict = openssl(*command.split(), "-in", "data", "-sigfile", "signature", cwd=tmp_path)
        assert b"Signature Verified Successfully" in verdict.stdout, verdict.stderr


def test_we_accept_sm2_signatures_and_keys_of_openssl(tmp_path):
    openssl("genpkey", "-algorithm", "SM2", "-out", "key", cwd=tmp_path)
    (tmp_path / "data").write_bytes(DATA)
    command = f"pkeyutl -sign -rawin -digest sm3 -pkeyopt {SM2_ID} -inkey key -in data"
    signature = openssl(*command.split(), cwd=tmp_path).stdout
    ours = signer.signer_from_pem("SM2-SM3", (tmp_path / "key").read_bytes())
    assert ours.verify(DATA, signature)
    public = openssl("pkey", "-in", "key", "-pubout", cwd=tmp_path).stdout
    assert public == ours.public_pem()
    assert signer.signer_from_pem("SM2-SM3", public).verify(DATA, signature)


def test_openssl_reads_our_private_sm2_key(tmp_path):
    ours = signer.new_signer("SM2-SM3")
    (tmp_path / "key").write_bytes(ours.private_pem())
    assert openssl("pkey", "-in", "key", "-pubout", cwd=tmp_path).stdout == ours.public_pem()
    assert openssl("pkey", "-in", "key", "-check", "-noout", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(("private", "start"), [(11, "04"), (307, "0404"), (327, "00")])
def test_an_sm2_key_that_starts_with_zeros_or_with_04_keeps_them(private, start):
    ours = signer.Sm2Signer(sm2.Sm2Key(sm2._FIELD.kG(private), private))
    assert ("0342000" + "4" + start) in pem_bytes(ours.public_pem()).hex()
    again = signer.signer_from_pem("SM2-SM3", ours.private_pem())
    assert again.public_pem() == ours.public_pem()
    assert again.verifier().verify(DATA, ours.sign(DATA))


def pem_bytes(content):
    return b64decode(b"".join(content.split(b"\n")[1:-2]))


def test_sm2_numbers_out_of_range_and_points_off_the_curve_are_refused():
    ours = signer.new_signer("SM2-SM3")
    order = sm2._FIELD.fpn.p
    r, s = decode_dss_signature(ours.sign(DATA))
    for pair in ((0, s), (r, 0), (r, order), (order, s), (r, order - r), (r + order, s)):
        assert not ours.verify(DATA, encode_dss_signature(*pair))
    for point in ((1, 1), (0, 0)):
        with pytest.raises(KeyFault):
            sm2.Sm2Key(point)
    with pytest.raises(KeyFault):
        sm2.Sm2Key(sm2._FIELD.kG(5), 6)


def test_a_large_document_is_hashed_by_openssl_and_not_by_python():
    hashed = sm2._FastSm3()
    hashed.update(b"abc")
    assert hashed.value().hex().startswith("66c7f0f4")
    data = b"x" * 20_000_000
    whole = Hash(SM3())
    whole.update(data)
    hashed.reset()
    hashed.update(data)
    assert hashed.value() == whole.finalize()
