"""Keys made for one test, and tokens forged with them piece by piece."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from keys import jose, keystore

FIRE = "fire.990102000000"
MARKET = "market_regulation.990102000000"


def b64(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Forger:
    """Builds tokens that python-jose would never build, signed with a real key where wanted."""

    now = 1_800_000_000

    def claims(self, **changes):
        whole = {
            "iss": "http://127.0.0.1:8000",
            "aud": "tongban",
            "sub": "account-1",
            "jti": "token-1",
            "iat": self.now,
            "nbf": self.now,
            "exp": self.now + 600,
        }
        whole |= changes
        return {name: value for name, value in whole.items() if value is not ...}

    def header(self, owner=keystore.PLATFORM, profile="access", **changes):
        kid = keystore.signing_key(owner, profile).kid
        whole = {"alg": "ES256", "typ": jose.TYPES[profile], "kid": kid} | changes
        return {name: value for name, value in whole.items() if value is not ...}

    def join(self, header, payload, signature):
        return ".".join([b64(self.raw(header)), b64(self.raw(payload)), b64(signature)])

    def raw(self, part):
        return part if isinstance(part, bytes) else json.dumps(part).encode()

    def signed(self, header, payload, owner=keystore.PLATFORM, profile="access"):
        text = f"{b64(self.raw(header))}.{b64(self.raw(payload))}".encode()
        private = keystore.signing_key(owner, profile).private
        r, s = decode_dss_signature(private.sign(text, ec.ECDSA(SHA256())))
        return f"{text.decode()}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def hmac_signed(self, header, payload, secret):
        text = f"{b64(self.raw(header))}.{b64(self.raw(payload))}".encode()
        return f"{text.decode()}.{b64(hmac.digest(secret, text, hashlib.sha256))}"


@pytest.fixture
def key_folder(settings, tmp_path):
    """A fresh key folder with the authority, the platform and two departments."""
    settings.KEY_DIR = tmp_path / "keys"
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    keystore.ensure_authority()
    keystore.ensure_owner(FIRE, "云州市云溪区消防救援大队")
    keystore.ensure_owner(MARKET, "云州市云溪区市场监督管理局")
    return settings.KEY_DIR


@pytest.fixture
def forger(key_folder):
    return Forger()


@pytest.fixture
def refusal():
    """Calls a function and gives the reason word of its refusal."""

    def reason_of(function, *arguments, **named):
        with pytest.raises(jose.TokenRefused) as caught:
            function(*arguments, **named)
        return caught.value.reason

    return reason_of
