"""The attacks on tokens of the acceptance list (ATK-51 to ATK-57), and rubbish of every kind."""

import json

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from keys import jose, keystore
from keys.compact import decoded, encoded
from tests.long_run import examples

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.mark.parametrize("name", ["none", "None", "nOnE", "NONE", "", None, 0, ["ES256"], ...])
def test_atk_51_a_token_without_a_signature_is_refused(forger, refusal, name):
    header, claims = forger.header(alg=name), forger.claims()
    assert refusal(jose.read_access, forger.signed(header, claims)) == "algorithm"
    assert refusal(jose.read_access, forger.join(header, claims, b"\0" * 64)) == "algorithm"
    assert refusal(jose.read_access, forger.join(header, claims, b"")) == "malformed"
    assert refusal(jose.read_access, forger.join(header, claims, b"")[:-1]) == "malformed"


@pytest.mark.parametrize("name", ["HS256", "HS384", "ES384", "RS256", "EdDSA", "es256"])
def test_atk_52_another_algorithm_with_the_public_key_as_secret_is_refused(forger, refusal, name):
    public = keystore.signing_key("platform", "access").private.public_key()
    shape = PublicFormat.SubjectPublicKeyInfo
    secrets = [public.public_bytes(encoding, shape) for encoding in (Encoding.PEM, Encoding.DER)]
    secrets.append(json.dumps(jose.public_keys("access")["keys"][0]).encode())
    for secret in [*secrets, b""]:
        token = forger.hmac_signed(forger.header(alg=name), forger.claims(), secret)
        assert refusal(jose.read_access, token, now=forger.now) in {"algorithm", "malformed"}
        padded = forger.join(forger.header(alg=name), forger.claims(), secret.ljust(64)[:64])
        assert refusal(jose.read_access, padded, now=forger.now) == "algorithm"


WRONG_CLAIMS = [
    *[({name: ...}, "claims") for name in ("iss", "aud", "sub", "exp", "nbf", "iat", "jti")],
    *[({name: None}, "claims") for name in ("iss", "aud", "sub", "exp", "nbf", "iat", "jti")],
    *[({name: ""}, "claims") for name in ("iss", "aud", "sub", "jti")],
    *[({name: "1800000000"}, "claims") for name in ("exp", "nbf", "iat")],
    *[({name: True}, "claims") for name in ("exp", "nbf", "iat")],
    *[({name: 1.8e9}, "claims") for name in ("exp", "nbf", "iat")],
    *[({name: -1}, "claims") for name in ("exp", "nbf", "iat")],
    ({"exp": 10**30}, "claims"),
    ({"sub": 7}, "claims"),
    ({"jti": ["token-1"]}, "claims"),
    ({"aud": ["tongban"]}, "claims"),
    ({"aud": "other"}, "audience"),
    ({"iss": "http://127.0.0.1:8001"}, "issuer"),
    ({"sub": "x" * 257}, "claims"),
    ({"more": {"deep": 1}}, "claims"),
    ({"exp": 1_800_000_601}, "lifetime"),
    ({"exp": 1_800_000_000}, "lifetime"),
    ({"nbf": 1_800_000_100}, "not_yet"),
    ({"nbf": 1_800_000_601}, "lifetime"),
    ({"iat": 1_800_000_100}, "not_yet"),
    ({"iat": 1_799_999_000, "nbf": 1_799_999_000, "exp": 1_799_999_600}, "expired"),
]


@pytest.mark.parametrize(("change", "reason"), WRONG_CLAIMS)
def test_atk_54_a_missing_or_odd_claim_is_refused(forger, refusal, change, reason):
    token = forger.signed(forger.header(), forger.claims(**change))
    assert refusal(jose.read_access, token, now=forger.now) == reason


@pytest.mark.parametrize("extra", ["jwk", "jku", "x5u", "x5c", "x5t", "b64", "cty", "zip", "iss"])
def test_atk_56_a_header_that_brings_its_own_key_is_refused(forger, refusal, extra):
    token = forger.signed(forger.header(**{extra: "http://127.0.0.1:1/key"}), forger.claims())
    assert refusal(jose.read_access, token, now=forger.now) == "header"


@pytest.mark.parametrize("value", [["exp"], ["b64"], [], None, "x"])
def test_atk_56_a_critical_header_is_refused(forger, refusal, value):
    token = forger.signed(forger.header(crit=value), forger.claims())
    assert refusal(jose.read_access, token, now=forger.now) == "critical"


KIDS = ["../../etc/passwd", "' OR 1=1 --", "http://127.0.0.1/k", "x" * 43, "\0" * 43, "", None, 1]


@pytest.mark.parametrize("kid", KIDS)
def test_atk_56_a_kid_that_is_no_thumbprint_of_ours_is_refused(forger, refusal, kid):
    token = forger.signed(forger.header(kid=kid), forger.claims())
    assert refusal(jose.read_access, token, now=forger.now) == "key"


@pytest.mark.parametrize(
    "owner", ["authority", "../platform", ".new-x", "nobody.1", "/etc", "platform"]
)
def test_atk_56_a_statement_by_an_invented_issuer_is_refused(forger, refusal, owner):
    payload = {"id": "x", "idx": 1, "iat": 1, "iss": owner}
    token = forger.signed(forger.header(profile="statement"), payload)
    assert refusal(jose.read_statement, token) in {"key", "signature"}


def test_atk_56_another_typ_is_refused(forger, refusal):
    for name in ("JWT", "AT+JWT", "application/at+jwt", "", None, ...):
        token = forger.signed(forger.header(typ=name), forger.claims())
        assert refusal(jose.read_access, token, now=forger.now) == "type"


def test_atk_57_another_spelling_of_a_signature_is_refused_or_has_the_same_jti(forger, refusal):
    token = jose.sign_access(forger.claims())
    last = ALPHABET.index(token[-1])
    spellings = [token[:-1] + ALPHABET[last ^ bit] for bit in range(1, 16)]
    spellings += [token + "=", token + "==", token + "\n", " " + token, token.replace(".", ". ", 1)]
    spellings += [token.replace(".", "=.", 1), token[:-4] + "+/" + token[-2:]]
    for spelling in spellings:
        assert refusal(jose.read_access, spelling, now=forger.now) == "malformed"


def test_atk_57_the_mirrored_signature_has_the_same_jti(forger):
    token = jose.sign_access(forger.claims())
    head, tail = token.rsplit(".", 1)
    raw = decoded(tail)
    mirrored = raw[:32] + (ORDER - int.from_bytes(raw[32:], "big")).to_bytes(32, "big")
    other = f"{head}.{encoded(mirrored)}"
    assert other != token
    read = [jose.read_access(spelling, now=forger.now) for spelling in (token, other)]
    assert read[0].token_id == read[1].token_id == "token-1"


def test_a_name_given_twice_is_refused(forger, refusal):
    claims = json.dumps(forger.claims())[:-1] + ', "sub": "account-2"}'
    token = forger.signed(forger.header(), claims.encode())
    assert refusal(jose.read_access, token, now=forger.now) == "malformed"
    header = json.dumps(forger.header())[:-1] + ', "alg": "none"}'
    token = forger.signed(header.encode(), forger.claims())
    assert refusal(jose.read_access, token, now=forger.now) == "malformed"


NOT_CLAIMS = [b"", b"[]", b"null", b"7", b'"x"', b"\xff\xfe{}", b'{"exp": NaN}', b"[" * 2000]


@pytest.mark.parametrize("payload", NOT_CLAIMS)
def test_a_payload_that_is_no_json_object_is_refused(forger, refusal, payload):
    token = forger.signed(forger.header(), payload)
    assert refusal(jose.read_access, token, now=forger.now) == "malformed"
    token = forger.signed(payload, forger.claims())
    assert refusal(jose.read_access, token, now=forger.now) == "malformed"


def test_atk_61_a_huge_token_is_refused_by_its_length_alone(forger, refusal):
    token = jose.sign_access(forger.claims())
    for huge in ("x" * 5_000_000, token + "." * 5_000_000, "." * 4097, "é" * 4097):
        assert refusal(jose.read_access, huge) == "too_long"


def test_what_is_not_text_is_refused(key_folder, refusal):
    for value in (None, b"a.b.c", 7, ["a", "b", "c"]):
        assert refusal(jose.read_access, value) == "malformed"


def every_door(token):
    named = {"body": b"{}", "audience": "platform", "expected_owner": "platform", "letter_id": "1"}
    for door in (
        jose.read_access,
        jose.read_statement,
        lambda text: jose.check_letter(text, **named),
    ):
        with pytest.raises(jose.TokenRefused):
            door(token)


pieces = st.one_of(
    st.text(max_size=40),
    st.text("AZaz09-_=", max_size=200),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    ).map(lambda value: encoded(json.dumps(value).encode())),
)
fuzz = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(300)
)


@fuzz
@given(st.lists(pieces, max_size=5).map(".".join))
@example("..")
@example("\ud800.\ud800.\ud800")
@example("a.b." + "A" * 86)
def test_rubbish_is_refused_and_never_a_fault(key_folder, token):
    every_door(token)


@fuzz
@given(st.integers(min_value=0), st.characters())
def test_a_token_altered_in_one_character_is_refused_and_never_a_fault(key_folder, place, other):
    token = jose.sign_access({"sub": "a", "jti": "b"})
    place %= len(token)
    if token[place] != other:
        every_door(token[:place] + other + token[place + 1 :])
