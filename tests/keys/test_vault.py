"""Personal values: sealed, found by a blind index, named by a digest."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import vault

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts)
def test_a_sealed_value_opens_to_the_same_text(text):
    assert vault.unseal(vault.seal(text)) == text
    assert vault.unseal(memoryview(vault.seal(text))) == text


def test_the_same_text_is_sealed_differently_each_time_and_never_shows():
    first, second = vault.seal("11010519491231002X"), vault.seal("11010519491231002X")
    assert first != second
    assert b"19491231" not in first


@given(texts, st.integers(min_value=0), st.integers(1, 255))
def test_a_sealed_value_altered_in_any_byte_is_refused(text, place, flip):
    sealed = bytearray(vault.seal(text))
    sealed[place % len(sealed)] ^= flip
    with pytest.raises(vault.VaultFault):
        vault.unseal(bytes(sealed))


@pytest.mark.parametrize("rubbish", [b"", b"\x01", b"\x01" * 28, b"\x02" * 60, b"\x00" * 100])
def test_what_the_vault_never_sealed_is_refused(rubbish):
    with pytest.raises(vault.VaultFault):
        vault.unseal(rubbish)


def test_a_value_sealed_under_another_field_key_is_refused(settings):
    sealed, found_by = vault.seal("13800000000"), vault.blind("13800000000")
    settings.FIELD_KEY = "another-field-key-of-no-value-0123456789"
    with pytest.raises(vault.VaultFault):
        vault.unseal(sealed)
    assert vault.blind("13800000000") != found_by


@given(texts, texts)
def test_the_blind_index_is_equal_exactly_for_equal_texts(one, other):
    assert (vault.blind(one) == vault.blind(other)) == (one == other)
    assert len(vault.blind(one)) == 32


def test_the_blind_index_and_the_digest_of_one_text_share_nothing():
    assert vault.blind('"x"').hex() != vault.keyed_digest("x")


def test_a_keyed_digest_does_not_depend_on_the_order_of_names():
    digest = vault.keyed_digest({"甲": [1, None, True], "b": {"c": 1, "d": 2}})
    assert digest == vault.keyed_digest({"b": {"d": 2, "c": 1}, "甲": [1, None, True]})
    assert digest != vault.keyed_digest({"甲": [1, None, 1], "b": {"c": 1, "d": 2}})
    assert len(digest) == 64


def test_a_keyed_digest_takes_dates_decimals_and_ids():
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    values = [moment, date(2026, 3, 1), Decimal("1.50"), UUID(int=7)]
    assert len({vault.keyed_digest(value) for value in values}) == 4


@pytest.mark.parametrize("value", [float("nan"), object(), b"bytes", {1, 2}, {"a": float("inf")}])
def test_a_keyed_digest_refuses_what_json_cannot_hold(value):
    with pytest.raises((TypeError, ValueError)):
        vault.keyed_digest(value)
