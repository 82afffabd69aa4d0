"""User text is stored and shown without anything a terminal obeys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneejournal.domain.text import clean, clean_line

PAYLOADS = [
    "\x1b[31mred", "\x1b]0;title\x07", "\x1b]52;c;AAAA\x07", "\x1b]8;;http://x\x1b\\link", "\x1bc", "\x1b[?1049l",
    "\x1b[6n", "\x9b31m", "\x9d0;x\x9c", "\x90q\x9c", "\x00", "\x0e\x0f", "\x07\x08\x7f", "a\rb", "a\r\nb", "\x85",
    "\u2028\u2029", "\u202eabc", "\u2066x\u2069", "\u200b\ufeff", "\U000e0041", "\u061c", "e" + "\u0301" * 40, "\ud800",
]  # fmt: skip


def is_harmless(text: str) -> bool:
    return not any(
        (ord(sign) < 0x20 and sign != "\n") or 0x7F <= ord(sign) < 0xA0 or 0xD800 <= ord(sign) < 0xE000
        or sign in "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c\u2028\u2029"
        for sign in text
    )  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_no_payload_survives(payload: str) -> None:
    assert is_harmless(clean(payload))


@given(st.text())
def test_whatever_is_typed_comes_out_harmless_and_cleaning_again_changes_nothing(text: str) -> None:
    assert is_harmless(clean(text))
    assert clean(clean(text)) == clean(text)


def test_control_characters_become_visible_signs() -> None:
    assert clean("\x1b[31m\x00\x7f") == "␛[31m␀␡"


@pytest.mark.parametrize("text", ["[/x] [bold] [@click=app.quit]x", "naïve 膝 🏃‍♀️", "a\nb", "", "👩‍⚕️ said", "résumé"])
def test_what_people_write_stays_as_they_wrote_it(text: str) -> None:
    assert clean(text) == text


def test_line_ends_become_newlines_and_tabs_blanks() -> None:
    assert clean("a\r\nb\rc\td") == "a\nb\nc d"
    assert clean_line("  a\r\n b\tc ") == "a b c"


def test_piles_of_marks_are_cut() -> None:
    assert len(clean("e" + "\u0301" * 40)) <= 8
