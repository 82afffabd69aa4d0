"""What is let in as JSON: everything that can be kept as it is, and nothing that a lenient reader would guess at."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneejournal.strict_json import NotStrict, parse

LETTERS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.floats(allow_nan=False, width=32) | LETTERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=12,
).filter(lambda value: "Infinity" not in json.dumps(value))


def why_not(raw: bytes | str) -> str:
    """Why `raw` is refused."""
    with pytest.raises(NotStrict) as told:
        parse(raw.encode() if isinstance(raw, str) else raw)
    return str(told.value)


def within(levels: int, inner: str, kind: str) -> str:
    """`inner` within that many lists, or within that many objects."""
    begin, end = ("[", "]") if kind == "lists" else ('{"a": ', "}")
    return begin * levels + inner + end * levels


@given(PLAIN_VALUES)
def test_an_ordinary_value_is_read_as_any_reader_reads_it(value: Any) -> None:
    assert parse(json.dumps(value).encode()) == value
    assert parse(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=40))
def test_whatever_the_bytes_are_they_are_read_or_refused(raw: bytes) -> None:
    with suppress(NotStrict):
        parse(raw)


def test_it_is_said_where_the_text_ends_to_be_text() -> None:
    assert why_not(b'{"a": "\xff"}') == "it is not UTF-8 text (byte 7)"


def test_it_is_said_where_the_json_ends_to_be_json() -> None:
    assert why_not('{\n"a": }') == "it is not JSON (line 2, column 6: Expecting value)"


@pytest.mark.parametrize(
    "text",
    [
        '{"pain": 8, "pain": 1}',
        '{"pain": 1, "pain": 1}',
        '{"day": 1, "pain": 8, "note": 2, "pain": 1}',
        '[{"records": {"pain": 8, "pain": 1}}]',
    ],
)
def test_a_key_that_stands_twice_is_named_wherever_it_stands(text: str) -> None:
    assert why_not(text) == "the key “pain” stands twice in one object"


def test_the_same_key_in_two_objects_is_fine() -> None:
    assert parse(b'[{"pain": 8}, {"pain": 1, "x": {"pain": 2}}]') == [{"pain": 8}, {"pain": 1, "x": {"pain": 2}}]


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_named(name: str) -> None:
    assert why_not(f'{{"pain": {name}}}') == f"{name} is not a number"


def test_a_number_that_other_programs_would_round_is_refused() -> None:
    assert parse(b"9999999999999999") == 9999999999999999
    assert why_not("1" + "0" * 16) == "a number has more than 16 digits"


@pytest.mark.parametrize("kind", ["lists", "objects"])
def test_forty_levels_are_read_and_one_more_is_not(kind: str) -> None:
    assert json.dumps(parse(within(40, "1", kind).encode())) == within(40, "1", kind)
    assert why_not(within(41, "1", kind)) == "it is nested deeper than 40 levels"


def test_what_would_exhaust_the_reader_is_refused_too() -> None:
    assert why_not("[" * 100_000) == "it is nested too deeply"


@pytest.mark.parametrize("half", [r"\ud800", r"\udbff", r"\udc00", r"\udfff"])
@pytest.mark.parametrize(
    "around", ['"{}"', '["a", "knee {}"]', '{{"a": {{"b": "{}"}}}}', '{{"{}": 1}}', '[{{"x {}": 1}}]']
)
def test_half_a_character_is_refused_wherever_it_stands(half: str, around: str) -> None:
    assert why_not(around.format(half)) == "a text holds half a character (a lone surrogate)"


def test_whole_characters_beside_the_halves_are_read() -> None:
    assert parse(rb'"\ud83e\uddb5 \ud7ff \ue000 \u00fc"') == "\U0001f9b5 \ud7ff \ue000 ü"
