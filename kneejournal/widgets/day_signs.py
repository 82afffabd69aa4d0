"""The sign, the word and the colour of every state of a day."""

from typing import NamedTuple

from kneejournal.domain.day_states import DayState


class DaySign(NamedTuple):
    """How a state looks: its own shape, its word, and a colour that only repeats them."""

    shape: str
    word: str
    colour: str


DAY_SIGNS: dict[DayState, DaySign] = {
    "clear": DaySign("●", "clear", "$text-success"),
    "open": DaySign("○", "open", "$text-muted"),
    "late": DaySign("◌", "late", "$text-muted"),
    "symptoms": DaySign("✗", "symptoms", "$text-error"),
    "masked": DaySign("◇", "medicine", "$text-warning"),
    "unlogged": DaySign("·", "nothing written", "$text-muted"),
}
