"""What is a letter, and what is not."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus import envelope
from bus.envelope import BadLetter
from keys.time_ordered import time_ordered_id

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)


def whole(**changes):
    made = envelope.make(
        letter_id=time_ordered_id(), topic="case.submitted", subject="110-7", data={"n": 1}, at=NOW
    )
    return {**made, **changes}


def refused(body):
    with pytest.raises(BadLetter) as caught:
        envelope.parse(body if isinstance(body, bytes) else json.dumps(body).encode())
    return caught.value.cause


@given(data=st.dictionaries(TEXT, JSON, max_size=4))
def test_what_was_made_is_read_back_the_same(data):
    made = whole(data=data)
    letter = envelope.parse(envelope.to_bytes(made))
    assert (letter.topic, letter.subject, letter.time) == ("case.submitted", "110-7", NOW)
    assert letter.data == data
    assert envelope.parse(json.dumps(made, indent=3).encode()).digest == letter.digest


@pytest.mark.parametrize(
    "body",
    [
        b"rubbish",
        b"",
        b"\xff\xfe",
        b"[1]",
        b'"text"',
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b"[" * 100_000,
        b'{"a":"\\u0000"}',
        b"9" * 10_000,
    ],
)
def test_flt_28_what_is_not_one_json_object_is_no_letter(body):
    assert refused(body).startswith("NOT_JSON")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("specversion", "0.3"),
        ("id", "1"),
        ("id", "8f14e45f-ceea-467f-a8a4-1f0f0f0f0f0f"),
        ("source", "fire"),
        ("source", "../platform"),
        ("type", "submitted"),
        ("type", "case.submitted; drop"),
        ("subject", ""),
        ("subject", "1" * 61),
        ("time", "2026-07-01T09:30:00"),
        ("time", "yesterday"),
        ("datacontenttype", "text/plain"),
        ("dataschema", "urn:tongban:letter:case.decided:1"),
        ("dataschema", "https://example.org/1"),
        ("recipient", 7),
        ("recipient", "#"),
        ("data", [1]),
        ("data", None),
    ],
)
def test_a_letter_with_one_wrong_attribute_is_refused_by_its_name(name, value):
    assert refused(whole(**{name: value})) == f"BAD_ATTRIBUTE: {name}"


@pytest.mark.parametrize("name", ["id", "source", "type", "subject", "time", "dataschema", "data"])
def test_a_letter_without_a_required_attribute_is_refused(name):
    made = whole()
    del made[name]
    assert refused(made) == f"BAD_ATTRIBUTE: {name}"


def test_flt_19_a_letter_over_256_kb_is_refused_before_the_outbox():
    large = {"text": "字" * 90_000}
    with pytest.raises(BadLetter, match="TOO_LARGE"):
        envelope.make(
            letter_id=time_ordered_id(), topic="case.submitted", subject="1", data=large, at=NOW
        )
    assert refused(b" " * 300_000).startswith("TOO_LARGE")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, NOW, "\ud800", "a\x00b"])
def test_data_that_json_or_postgresql_cannot_hold_is_refused_when_posting(value):
    with pytest.raises(BadLetter, match="NOT_JSON"):
        envelope.make(
            letter_id=time_ordered_id(),
            topic="case.submitted",
            subject="1",
            data={"x": value},
            at=NOW,
        )


def test_text_that_only_looks_like_a_nul_escape_is_kept():
    letter = envelope.parse(envelope.to_bytes(whole(data={"x": "\\u0000"})))
    assert letter.data == {"x": "\\u0000"}


def test_a_higher_schema_version_is_read_and_left_to_the_route():
    letter = envelope.parse(
        envelope.to_bytes(whole(dataschema="urn:tongban:letter:case.submitted:99"))
    )
    assert letter.version == 99
