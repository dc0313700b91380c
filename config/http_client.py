"""A small client of the door, as an integrator would write one: trusted documents over HTTP.

Used by `manage.py demo` and by the journey's tests.
"""

import json
from collections.abc import Mapping
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 30.0


class Refused(Exception):
    """The door said no: `code` and `field` of its first error, and its sentence as the text."""

    def __init__(self, message: str, code: str, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.field = field


class HttpClient:
    """Asks one server, such as `http://127.0.0.1:8000`."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(
        self, operation: str, variables: Mapping[str, object] | None = None, token: str = ""
    ) -> dict[str, Any]:
        """The `data` of a trusted document, named by its operation (`signIn`, `case`, ...).

        `token` is an access token of `signIn`, or empty for nobody. Raises `Refused` for errors of
        either kind and `OSError` when the server is not there; a mutation sent again with the same
        idempotencyKey has one effect.
        """
        status, body = self._post(
            {"document": operation, "variables": dict(variables or {})}, token
        )
        try:
            answer = json.loads(body)
        except ValueError as fault:
            raise Refused(f"HTTP {status} without JSON", "NOT_JSON") from fault
        return data_of(operation, answer)

    def sign_in(self, name: str, password: str, acting_for: str = "") -> str:
        """The access token of an account; `acting_for` is a credit code or a department's code."""
        given = {"signInName": name, "password": password, "actingFor": acting_for}
        return str(self.ask("signIn", given)["signIn"]["signedIn"]["accessToken"])

    def download(self, path: str) -> bytes:
        """The file behind a `downloadUrl`, which may be given with or without its server."""
        parts = urlsplit(path)
        status, body = self._send("GET", f"{parts.path}?{parts.query}", None, {})
        if status != 200:
            raise Refused(f"HTTP {status} for {parts.path}", "NOT_DOWNLOADED")
        return body

    def _post(self, asked: Mapping[str, object], token: str) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self._send("POST", "/graphql", json.dumps(asked).encode(), headers)

    def _send(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        server = urlsplit(self.address)
        link = HTTPConnection(server.hostname or "", server.port, timeout=TIMEOUT_SECONDS)
        try:
            link.request(method, target, body, dict(headers))
            response = link.getresponse()
            return response.status, response.read()
        finally:
            link.close()


def data_of(operation: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The data of an answer; raises `Refused` for a top-level error or one in a mutation's payload."""
    for error in answer.get("errors") or ():
        told = error.get("extensions", {})
        raise Refused(error["message"], told.get("code", ""), told.get("field") or "")
    data: dict[str, Any] = answer["data"]
    payload = data.get(operation)
    errors = payload.get("errors") if isinstance(payload, dict) else None
    for error in errors or ():
        raise Refused(error["message"], error["code"], error.get("field") or "")
    return data
