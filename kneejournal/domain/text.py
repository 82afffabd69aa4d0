"""Makes text that a user or a file gave harmless to store and to show."""

import re
import unicodedata

NOTE_LIMIT = 20_000
NAME_LIMIT = 80

_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u061c\u180e\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PLAIN = re.compile(r"[\n -~]*")
_MARKS = 6
"""More combining marks than this on one letter are dropped: they paint over the lines around it."""


def clean(text: str) -> str:
    """`text` without anything that a terminal obeys or that hides other text.

    Control characters become visible signs (ESC is shown as ␛), line ends become newlines, tabs become spaces;
    direction overrides, zero-width spaces and lone surrogates go. Idempotent. Joiners that emoji need stay.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _NEWLINES.sub("\n", text).replace("\t", " ")
    text = _UNSAFE.sub(_visible, _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _without_piles(text))


def clean_line(text: str) -> str:
    """`text` cleaned and on one line, without blanks around it."""
    return " ".join(clean(text).split())


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _without_piles(text: str) -> str:
    kept: list[str] = []
    pile = 0
    for character in unicodedata.normalize("NFC", text):
        pile = pile + 1 if unicodedata.combining(character) else 0
        if pile <= _MARKS:
            kept.append(character)
    return "".join(kept)
