"""Who holds which key: created once, loaded once, never a broken one."""

import multiprocessing
import stat

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID
from django.conf import settings
from joserfc.jwk import ECKey

from keys import jose, keystore
from keys.keyfiles import KeyFault
from keys.signer import new_signer

FIRE = "fire.990102000000"


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_key_files_are_for_us_alone(key_folder):
    for path in [key_folder, *key_folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert not [path for path in key_folder.rglob(".new-*")]


def test_ensuring_again_keeps_every_key(key_folder):
    before = {path: path.read_bytes() for path in key_folder.rglob("*.pem")}
    keystore.ensure_authority()
    keystore.ensure_owner(FIRE, "云州市云溪区消防救援大队")
    assert {path: path.read_bytes() for path in key_folder.rglob("*.pem")} == before


def first_run(folder, gate, results):
    settings.KEY_DIR = folder
    gate.wait()
    keystore.ensure_authority()
    keystore.ensure_owner(FIRE, "消防")
    key = keystore.signing_key(FIRE, "letter")
    results.put((key.kid, keystore.authority_certificate().serial_number))


def test_processes_at_the_first_run_end_with_the_same_keys(tmp_path):
    fork = multiprocessing.get_context("fork")
    gate, results = fork.Barrier(6), fork.Queue()
    workers = [
        fork.Process(target=first_run, args=(tmp_path / "keys", gate, results)) for _ in range(6)
    ]
    for worker in workers:
        worker.start()
    answers = {results.get(timeout=30) for _ in workers}
    for worker in workers:
        worker.join()
    assert len(answers) == 1
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == [
        "authority",
        FIRE,
        "platform",
    ]


def test_a_seal_certificate_names_the_department_in_chinese_and_is_issued_by_the_root(key_folder):
    certificate = keystore.seal_key(FIRE).certificate
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert names[0].value == "云州市云溪区消防救援大队"
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    root = x509.load_pem_x509_certificate(keystore.authority_certificate_pem())
    certificate.verify_directly_issued_by(root)
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_renamed_department_gets_a_new_seal_and_keeps_its_other_keys(key_folder):
    kid, old = keystore.signing_key(FIRE, "letter").kid, keystore.seal_key(FIRE).certificate
    keystore.ensure_owner(FIRE, "云溪区消防救援局")
    new = keystore.seal_key(FIRE).certificate
    assert new.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "云溪区消防救援局"
    assert new.serial_number != old.serial_number
    assert keystore.signing_key(FIRE, "letter").kid == kid


def test_a_retired_key_verifies_but_no_longer_signs(key_folder):
    token = jose.sign_statement(FIRE, {"id": "one", "idx": 1})
    (key_folder / FIRE / "statement.pem").rename(key_folder / FIRE / "statement.before.pem")
    keystore.ensure_owner(FIRE, "云州市云溪区消防救援大队")
    newer = jose.sign_statement(FIRE, {"id": "one", "idx": 1})
    assert newer.split(".")[0] != token.split(".")[0]
    assert jose.read_statement(token)["id"] == jose.read_statement(newer)["id"] == "one"
    assert len([key for key in jose.public_keys("statement")["keys"] if key["owner"] == FIRE]) == 2


def test_a_department_that_keeps_its_own_key_is_verified_but_not_signed_for(key_folder):
    theirs = ec.generate_private_key(ec.SECP256R1())
    public = theirs.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (key_folder / FIRE / "letter.pem").write_bytes(public)
    kid = keystore.thumbprint(theirs.public_key())
    assert keystore.verifying_key(FIRE, "letter", kid) == theirs.public_key()
    with pytest.raises(KeyFault, match="cannot sign a letter"):
        keystore.signing_key(FIRE, "letter")


def test_the_public_keys_are_a_jwk_set_with_thumbprints_and_no_secret(key_folder):
    for profile, count in {"access": 1, "statement": 3, "letter": 3}.items():
        keys = jose.public_keys(profile)["keys"]
        assert len(keys) == count
        for key in keys:
            assert "d" not in key
            assert ECKey.import_key(key).thumbprint() == key["kid"]
    assert {key["name"] for key in jose.public_keys("letter")["keys"]} >= {"通办平台"}


def test_a_key_is_loaded_once_and_not_at_every_call(key_folder):
    key = keystore.signing_key(FIRE, "letter").private
    assert keystore.signing_key(FIRE, "letter").private is key


BAD_KEYS = {
    "empty": b"",
    "one byte": b"x",
    "not PEM": b"x" * 200,
    "DER": ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    ),
    "rubbish between the lines": b"-----BEGIN PRIVATE KEY-----\n"
    + b"QUJD" * 40
    + b"\n-----END PRIVATE KEY-----\n",
    "another curve": pem(ec.generate_private_key(ec.SECP384R1())),
    "RSA": pem(rsa.generate_private_key(65537, 2048)),
    "no key": b"-----BEGIN CERTIFICATE-----\n" + b"QUJD" * 40 + b"\n-----END CERTIFICATE-----\n",
    "SM2": new_signer("SM2-SM3").private_pem(),
    "endless": b"-" * 30_000,
}


@pytest.mark.parametrize("content", BAD_KEYS.values(), ids=BAD_KEYS.keys())
def test_atk_53_a_bad_key_file_refuses_the_start_and_every_use(key_folder, content):
    (key_folder / "platform" / "access.pem").write_bytes(content)
    for act in (
        keystore.inspect_keys,
        lambda: keystore.signing_key("platform", "access"),
        lambda: jose.sign_access({"sub": "a", "jti": "b"}),
    ):
        with pytest.raises(KeyFault, match=r"access\.pem"):
            act()


def test_a_key_file_that_others_can_read_is_refused(key_folder):
    (key_folder / FIRE / "letter.pem").chmod(0o644)
    with pytest.raises(KeyFault, match="0600"):
        keystore.signing_key(FIRE, "letter")


def test_a_key_folder_that_is_open_to_others_is_refused(settings, tmp_path):
    settings.KEY_DIR = tmp_path / "open"
    settings.KEY_DIR.mkdir(mode=0o755)
    settings.KEY_DIR.chmod(0o755)
    with pytest.raises(KeyFault, match="0700"):
        keystore.ensure_authority()
    assert list(settings.KEY_DIR.iterdir()) == []


def test_a_certificate_beside_a_foreign_key_is_refused(key_folder):
    path = key_folder / FIRE / "seal.pem"
    foreign = pem(ec.generate_private_key(ec.SECP256R1()))
    path.write_bytes(foreign + path.read_bytes().split(b"-----END PRIVATE KEY-----\n")[1])
    with pytest.raises(KeyFault, match="another key"):
        keystore.seal_key(FIRE)


def test_without_keys_the_message_says_what_to_do(settings, tmp_path):
    settings.KEY_DIR = tmp_path / "nothing"
    keystore.inspect_keys()
    assert keystore.owners() == []
    with pytest.raises(KeyFault, match="load the city first"):
        keystore.signing_key("platform", "access")
    with pytest.raises(KeyFault, match="load the city first"):
        keystore.authority_certificate_pem()


@pytest.mark.parametrize(
    "owner", ["", "authority", "../fire", "fire/x", "Fire.1", ".new-1", "fire.", "a" * 90, "消防"]
)
def test_a_name_that_is_no_owner_gets_no_key(key_folder, owner):
    with pytest.raises(KeyFault):
        keystore.ensure_owner(owner, "某某")
    assert keystore.verifying_key(owner, "statement", "x" * 43) is None
