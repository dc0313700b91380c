"""The three profiles: access tokens, statements, letters; checked by another library too."""

import pytest
from joserfc import jws as other_jws
from joserfc import jwt as other_jwt
from joserfc.jwk import ECKey

from keys import jose, keystore
from keys.compact import encoded

FIRE = "fire.990102000000"
MARKET = "market_regulation.990102000000"
BODY = '{"case":"990102-2026-000001","事项":"开办餐饮店"}'.encode()
ID = "019a0000-0000-7000-8000-000000000001"


def other_key(profile, owner):
    keys = jose.public_keys(profile)["keys"]
    return ECKey.import_key(next(key for key in keys if key["owner"] == owner))


def test_an_access_token_is_read_as_it_was_signed(forger):
    token = jose.sign_access(forger.claims(sid="session-1", office=None))
    claims = jose.read_access(token, now=forger.now)
    assert (claims.subject, claims.token_id) == ("account-1", "token-1")
    assert claims.expires_at - claims.issued_at == 600
    assert claims.extra == {"sid": "session-1", "office": None}


def test_an_access_token_lives_ten_minutes_unless_told_otherwise(key_folder):
    claims = jose.read_access(jose.sign_access({"sub": "a", "jti": "b"}))
    assert claims.expires_at - claims.issued_at == 600


def test_an_access_token_is_accepted_within_thirty_seconds_of_its_edges(forger, refusal):
    token = jose.sign_access(forger.claims())
    assert jose.read_access(token, now=forger.now - 30)
    assert refusal(jose.read_access, token, now=forger.now - 31) == "not_yet"
    assert jose.read_access(token, now=forger.now + 629)
    assert refusal(jose.read_access, token, now=forger.now + 630) == "expired"


def test_what_would_not_be_read_is_not_signed(forger, refusal):
    assert refusal(jose.sign_access, forger.claims(exp=forger.now + 601)) == "lifetime"
    assert refusal(jose.sign_access, {"sub": "", "jti": "b"}) == "claims"
    assert refusal(jose.sign_statement, FIRE, {"id": "x"}) == "claims"
    assert refusal(jose.sign_statement, FIRE, {"id": "x", "idx": 1, "more": [1]}) == "claims"
    assert refusal(jose.sign_letter, FIRE, "platform", "", BODY) == "claims"


def test_another_library_accepts_our_tokens_with_our_public_keys(key_folder):
    token = jose.sign_access({"sub": "a", "jti": "b"})
    read = other_jwt.decode(token, other_key("access", "platform"), algorithms=["ES256"])
    assert read.claims["sub"] == "a"
    assert read.header["typ"] == "at+jwt"
    statement = jose.sign_statement(FIRE, {"id": "证照一", "idx": 7})
    read = other_jwt.decode(statement, other_key("statement", FIRE), algorithms=["ES256"])
    assert read.claims["id"] == "证照一"
    header, signature = jose.sign_letter(FIRE, "platform", ID, BODY).split("..")
    whole = f"{header}.{encoded(BODY)}.{signature}"
    registry = other_jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    assert other_jws.deserialize_compact(whole, other_key("letter", FIRE), registry=registry)


def test_a_statement_is_read_for_ever_and_fits_a_small_qr_code(key_folder):
    claims = {"id": "1.2.156.3005.2.11100000MB0T00000J001.11.001.A", "idx": 4242, "iat": 1}
    token = jose.sign_statement(FIRE, claims)
    assert jose.read_statement(token) == {**claims, "iss": FIRE}
    assert jose.read_statement(token, now=4e9)["idx"] == 4242
    assert len(token) < 400


def test_a_statement_of_one_department_is_not_one_of_another(forger, refusal):
    payload = {"id": "x", "idx": 1, "iat": 1, "iss": MARKET}
    header = forger.header(FIRE, "statement")
    assert refusal(jose.read_statement, forger.signed(header, payload, FIRE, "statement")) == "key"
    renamed = header | {"kid": keystore.signing_key(MARKET, "statement").kid}
    token = forger.signed(renamed, payload, FIRE, "statement")
    assert refusal(jose.read_statement, token) == "signature"


def test_a_letter_is_accepted_from_the_right_sender_by_the_right_reader(key_folder):
    signature = jose.sign_letter(FIRE, "platform", ID, BODY)
    claims = jose.check_letter(
        signature, body=BODY, audience="platform", expected_owner=FIRE, letter_id=ID
    )
    assert (claims.issuer, claims.letter_id) == (FIRE, ID)
    assert encoded(BODY) not in signature


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": BODY + b" "}, "signature"),
        ({"body": b""}, "signature"),
        ({"body": b"x" * 1_000_001}, "too_long"),
        ({"audience": MARKET}, "audience"),
        ({"expected_owner": MARKET}, "issuer"),
        ({"expected_owner": "platform"}, "issuer"),
        ({"letter_id": ID[:-1] + "2"}, "letter"),
        ({"now": 1.0}, "not_yet"),
    ],
)
def test_a_letter_that_differs_in_anything_is_refused(key_folder, refusal, change, reason):
    right = {"body": BODY, "audience": "platform", "expected_owner": FIRE, "letter_id": ID}
    signature = jose.sign_letter(FIRE, "platform", ID, BODY)
    assert refusal(jose.check_letter, signature, **(right | change)) == reason


def test_a_letter_with_its_body_inside_is_refused(key_folder, refusal):
    header, signature = jose.sign_letter(FIRE, "platform", ID, BODY).split("..")
    whole = f"{header}.{encoded(BODY)}.{signature}"
    named = {"body": BODY, "audience": "platform", "expected_owner": FIRE, "letter_id": ID}
    assert refusal(jose.check_letter, whole, **named) == "malformed"


def test_a_token_of_one_profile_is_refused_as_another(forger, refusal):
    access = jose.sign_access({"sub": "a", "jti": "b"})
    statement = jose.sign_statement("platform", {"id": "x", "idx": 1})
    letter = jose.sign_letter("platform", FIRE, ID, BODY)
    named = {"body": BODY, "audience": FIRE, "expected_owner": "platform", "letter_id": ID}
    assert refusal(jose.read_access, statement) == "type"
    assert refusal(jose.read_statement, access) == "type"
    assert refusal(jose.check_letter, access, **named) == "malformed"
    header, signature = letter.split("..")
    for read in (jose.read_access, jose.read_statement):
        assert refusal(read, letter) == "type"
        assert refusal(read, f"{header}.{encoded(BODY)}.{signature}") == "type"


def test_a_key_of_one_profile_is_refused_in_another(forger, refusal):
    header = forger.header(kid=keystore.signing_key("platform", "statement").kid)
    token = forger.signed(header, forger.claims(), profile="statement")
    assert refusal(jose.read_access, token, now=forger.now) == "key"
