"""The form of a request: JSON by POST and nothing else, refused before anything of it is run."""

import json

import pytest

from gateway.transport import MOST_BYTES, MOST_LEVELS, check_levels, read_asked, read_json
from people.errors import Refusal

ME = {"document": "me"}


def refused(body: bytes) -> str:
    """The code that a body is refused with."""
    with pytest.raises(Refusal) as refusal:
        read_asked(body)
    return refusal.value.code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "BAD_REQUEST"),
        (b"  \n", "BAD_REQUEST"),
        (b"{", "BAD_JSON"),
        (b'{"document": "me"', "BAD_JSON"),
        (b"{'document': 'me'}", "BAD_JSON"),
        (b'{"document": "me"} {}', "BAD_JSON"),
        (b"[]", "BAD_REQUEST"),
        (b"[1, 2]", "BAD_REQUEST"),
        (b"7", "BAD_REQUEST"),
        (b'"me"', "BAD_REQUEST"),
        (b"null", "BAD_REQUEST"),
    ],
)
def test_bad_01_02_03_empty_cut_or_other_than_an_object(body, code):
    assert refused(body) == code


def test_bad_04_06_only_plain_utf_8_is_read():
    assert refused(b'{"document": "\xff\xfe"}') == "BAD_ENCODING"
    assert refused(b"\xef\xbb\xbf" + json.dumps(ME).encode()) == "BAD_ENCODING"
    assert refused(json.dumps(ME).encode("utf-16")) == "BAD_ENCODING"
    assert refused(json.dumps(ME).encode("utf-16-le")) == "BAD_ENCODING"


def test_bad_07_nesting_is_counted_before_anything_is_built():
    assert refused(b'{"document": ' + b"[" * 100_000) == "BAD_JSON"
    assert refused(b'{"variables": ' + b'{"a":' * 50_000) == "BAD_JSON"
    check_levels(b"[" * MOST_LEVELS + b"]" * MOST_LEVELS)
    with pytest.raises(Refusal):
        check_levels(b"[" * (MOST_LEVELS + 1))


def test_bad_07_brackets_inside_texts_are_no_nesting():
    text = "[{" * 200 + '\\"[['
    assert read_json(json.dumps({"a": text}).encode()) == {"a": text}
    assert refused(b'"' + b'\\"' * 100_000) == "BAD_JSON"


def test_bad_08_duplicate_keys_are_refused_at_every_level():
    assert refused(b'{"document": "me", "document": "case"}') == "BAD_JSON"
    assert refused(b'{"document": "me", "variables": {"a": {"b": 1, "b": 2}}}') == "BAD_JSON"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e999"])
def test_bad_09_numbers_that_json_does_not_have(number):
    assert refused(f'{{"document": "me", "variables": {{"n": {number}}}}}'.encode()) == "BAD_JSON"
    assert refused(b'{"document": "me", "variables": {"n": ' + b"9" * 5000 + b"}}") == "BAD_JSON"


@pytest.mark.parametrize("document", ["null", "7", "[]", "{}", '""', "true"])
def test_bad_12_the_document_must_be_a_text(document):
    assert refused(f'{{"document": {document}}}'.encode()) == "BAD_REQUEST"
    assert refused(f'{{"query": {document}}}'.encode()) == "BAD_REQUEST"
    assert refused(b"{}") == "BAD_REQUEST"
    assert refused(b'{"document": "me", "query": "{me{name}}"}') == "BAD_REQUEST"
    assert refused(b'{"document": "me", "extensions": {}}') == "BAD_REQUEST"


@pytest.mark.parametrize("variables", ["[]", '"a"', "7", "true"])
def test_bad_13_variables_must_be_an_object(variables):
    body = f'{{"document": "me", "variables": {variables}}}'.encode()
    assert refused(body) == "BAD_VARIABLES"


@pytest.mark.parametrize("name", ["[]", "{}", "7"])
def test_bad_14_the_operation_name_must_be_a_text(name):
    assert refused(f'{{"document": "me", "operationName": {name}}}'.encode()) == "BAD_REQUEST"


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800", "\\udfff", "\\ufffe", "\\ufdd0"])
def test_bad_16_17_characters_that_no_text_may_hold(text):
    def body(variables: str) -> bytes:
        return f'{{"document": "me", "variables": {variables}}}'.encode()

    assert refused(body(f'{{"a": "x{text}y"}}')) == "INVALID_CHARACTERS"
    assert refused(body(f'{{"a": [{{"{text}": 1}}]}}')) == "INVALID_CHARACTERS"


def test_bad_22_rare_names_are_read():
    name = "㐀𠮷·买买提"
    asked = read_asked(json.dumps({"document": "me", "variables": {"a": name}}).encode())
    assert asked.variables == {"a": name}
    escaped = read_asked(b'{"document": "me", "variables": {"a": "\\ud842\\udfb7"}}')
    assert escaped.variables == {"a": "𠮷"}


def test_bad_21_a_body_above_the_limit_is_not_parsed():
    assert refused(b" " * (MOST_BYTES + 1)) == "REQUEST_TOO_LARGE"


def test_atk_04_a_batch_is_refused():
    assert refused(json.dumps([ME, ME]).encode()) == "BATCH_NOT_ALLOWED"
    assert refused(json.dumps([ME] * 2000).encode()) == "BATCH_NOT_ALLOWED"
