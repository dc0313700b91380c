"""Texts from people: what cannot be stored or misleads is refused, rare names are not."""

import pytest

from people.errors import Refusal
from people.identifiers import clean_text, person_name


def refusal_of(act, text, **named):
    with pytest.raises(Refusal) as refused:
        act(text, **named)
    problem = refused.value.problems[0]
    return problem.code, dict(problem.params)


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("\x00", id="bad_16_nul"),
        pytest.param("\ud800", id="bad_17_lone_surrogate"),
        pytest.param("\ufffe", id="bad_17_no_character"),
        pytest.param("\U0001ffff", id="bad_17_no_character_of_a_plane"),
        pytest.param("\U0002fffe", id="bad_17_no_character_of_plane_2"),
        pytest.param("\x07", id="bad_18_control"),
        pytest.param("\n", id="bad_18_line_break"),
        pytest.param("\t", id="bad_18_tab"),
        pytest.param("\x85", id="bad_18_c1"),
        pytest.param("\u2028", id="bad_18_line_separator"),
        pytest.param("\u202e", id="bad_19_right_to_left_override"),
        pytest.param("\u2066", id="bad_19_isolate"),
        pytest.param("\u200b", id="bad_19_zero_width_space"),
        pytest.param("\u200d", id="bad_19_zero_width_joiner"),
        pytest.param("\ufeff", id="bad_19_byte_order_mark"),
        pytest.param("\ue000", id="private_use"),
    ],
)
def test_characters_that_break_or_mislead_are_refused_with_their_place(character):
    found = refusal_of(clean_text, f"小满{character}餐饮", most=20)
    assert found == ("INVALID_CHARACTERS", {"position": 2})


def test_a_text_of_several_lines_keeps_breaks_in_one_spelling():
    assert clean_text("一\r\n二\r三\n\t四", most=20, one_line=False) == "一\n二\n三\n\t四"
    found = refusal_of(clean_text, "一\x0b二", most=20, one_line=False)
    assert found[0] == "INVALID_CHARACTERS"


@pytest.mark.parametrize("length", [21, 10_000_000])
def test_bad_21_too_long_tells_the_limit(length):
    assert refusal_of(clean_text, "长" * length, most=20) == ("TOO_LONG", {"most": 20})


def test_the_limit_counts_characters_after_normalising():
    assert clean_text("e\u0301" * 20, most=20) == "\u00e9" * 20
    assert clean_text("长" * 20, most=20) == "长" * 20


def test_outer_spaces_go_also_ideographic_ones():
    assert clean_text("\u3000 小满 \u3000", most=20) == "小满"


@pytest.mark.parametrize(
    "name", ["㐀明", "𠮷田", "\U0003134a氏", "\U0002ebf0", "龘", "王", "Ana-María O'Neil"]
)
def test_bad_22_rare_names_are_accepted(name):
    assert person_name(name) == name


@pytest.mark.parametrize("dot", ["\u00b7", "\u2022", "\u2027", "\u30fb", "\uff65"])
def test_bad_22_every_middle_dot_becomes_one(dot):
    assert person_name(f"买买提{dot}吾守尔") == "买买提\u00b7吾守尔"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", "${x}", "王5"])
def test_bad_24_markup_is_text_where_text_is_meant_and_no_name(text):
    assert clean_text(text, most=100) == text
    assert refusal_of(person_name, text)[0] == "INVALID_CHARACTERS"


def test_bad_26_sql_is_text():
    assert clean_text("'; drop table cases; --", most=100) == "'; drop table cases; --"


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_a_name_of_nothing_is_refused(name):
    assert refusal_of(person_name, name)[0] == "INVALID_NAME"
