"""A caller at the door over HTTP, for the tests that ask and read as a client does."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client


@dataclass
class Caller:
    """Somebody at the door: sends documents by name and reads what comes back."""

    client: Client
    token: str = ""

    def send(self, body: object, **headers: str) -> HttpResponse:
        """Posts bytes, or anything as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        content_type = headers.pop("content_type", "application/json")
        return self.client.post("/graphql", content, content_type=content_type, headers=headers)

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The whole answer of a trusted document."""
        return self.send({"document": document, "variables": variables}).json()

    def query(self, text: str, **variables: Any) -> dict[str, Any]:
        """The whole answer of a text of one's own."""
        return self.send({"query": text, "variables": variables}).json()


def codes(answer: dict[str, Any]) -> list[str]:
    """Codes of the top-level errors."""
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


def done(answer: dict[str, Any], name: str) -> dict[str, Any]:
    """The payload of a mutation that was not refused."""
    assert "errors" not in answer, answer
    payload = answer["data"][name]
    assert payload["errors"] == [], payload
    return payload


def told(answer: dict[str, Any], name: str) -> dict[str, str]:
    """{field: code} of a mutation that was refused."""
    assert "errors" not in answer, answer
    payload = answer["data"][name]
    assert payload["errors"]
    assert all(entry["message"] and entry["requestId"] for entry in payload["errors"])
    return {entry["field"]: entry["code"] for entry in payload["errors"]}


def key() -> str:
    """A new idempotency key."""
    return uuid4().hex
