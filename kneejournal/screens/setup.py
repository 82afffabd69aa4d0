"""The dialog that asks which knee, which units and which shoes."""

import re
from datetime import date
from typing import ClassVar, cast

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from kneejournal.domain.days import journal_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import MAX_STARTING_M
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean, clean_line
from kneejournal.domain.units import Units, read_distance
from kneejournal.domain.write_profile import KneeChoice, SetupAnswers, choice_of
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.errors import BadData, KneejournalError
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.entry_fields import FormRow, LineInput, hint

KNEES: tuple[tuple[str, str], ...] = (("left", "left"), ("right", "right"), ("both", "both"))
UNITS: tuple[tuple[str, str], ...] = (("mi", "miles"), ("km", "kilometres"))
EARLIEST_CLOSING, LATEST_CLOSING = 12, 23
DISCLAIMER = "Information, not medical advice. Your data stays on this machine."
SKIP = "Nothing here is a must. esc skips it all, and , brings it back."

_HOUR = re.compile(r"([0-9]{1,2})(:00)?")


class SetupScreen(Dialog[Written]):
    """The first questions; later the same ones, with the answers of now."""

    TITLE_TEXT = "Setup"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "save", "Save", show=False)]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._snapshot = _read(journal)

    @property
    def _profile(self) -> Profile:
        return self._snapshot.profile

    def compose_fields(self) -> ComposeResult:
        profile = self._profile
        today = journal_day(self._journal.now(), profile.thresholds)
        began = profile.began.isoformat() if profile.began else ""
        yield FormRow("Which knee?", Choice(KNEES, choice_of(profile, today), id="knee"))
        yield FormRow("Distances in", Choice(UNITS, profile.units, id="units"))
        yield FormRow("It began", LineInput(began, id="began"), hint("2026-09-01 or -30, if you know"))
        closes = LineInput(str(profile.thresholds.closes_at), id="closes-at")
        yield FormRow("Day closes at", closes, hint("from this hour, 0 counts for all day"))
        if not self._snapshot.shoes:
            yield from self._compose_shoes()
        yield Static(SKIP, id="setup-skip")
        yield Static(DISCLAIMER, id="setup-disclaimer")

    def _compose_shoes(self) -> ComposeResult:
        yield Static("The running shoes you wear now", classes="setup-heading")
        yield FormRow("Name", LineInput(id="shoe-name"), hint("such as Blue ones; empty for none"))
        yield FormRow("Distance so far", LineInput(id="shoe-distance"), hint("a number, or 120mi, 200km"))
        yield FormRow("Worn since", LineInput(id="shoe-since"), hint("a day, if you know"))

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        """Everything is read before anything is written."""
        answers = self._answers()
        shoe = self._shoe(answers.units or self._profile.units)
        if shoe:
            self._journal.add_shoe(shoe)
        written = self._journal.set_up(answers)
        self.app.notify(clean(written.what), markup=False)
        self.dismiss(written)

    def _answers(self) -> SetupAnswers:
        closes_at = typed_hour(self._text_of("closes-at")) or self._profile.thresholds.closes_at
        return SetupAnswers(
            knee=cast(KneeChoice, self.query_one("#knee", Choice).value),
            units=cast(Units, self.query_one("#units", Choice).value),
            began=self._day("began"),
            thresholds=replace(self._profile.thresholds, closes_at=closes_at),
        )

    def _shoe(self, units: Units) -> ShoeEntry | None:
        if self._snapshot.shoes:
            return None
        name, distance, since = self._text_of("shoe-name"), self._text_of("shoe-distance"), self._day("shoe-since")
        if not name:
            if distance or since:
                raise BadData("The shoes have no name. Write one, or empty the lines below it.")
            return None
        starting_m = read_distance(distance, units, MAX_STARTING_M) if distance.strip("0") else 0
        return ShoeEntry(name=name, since=since, starting_m=starting_m, default=True)

    def _day(self, name: str) -> date | None:
        text = self._text_of(name)
        return self._journal.read_day(text) if text else None

    def _text_of(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()


def typed_hour(text: str) -> int | None:
    """The closing hour that somebody typed; None when nothing was. Raises BadData."""
    if not text:
        return None
    match = _HOUR.fullmatch(text)
    if not match or not EARLIEST_CLOSING <= int(match[1]) <= LATEST_CLOSING:
        raise BadData(f"“{clean_line(text)}” cannot close a day. Write an hour from 12 to 23.")
    return int(match[1])


def _read(journal: Journal) -> Snapshot:
    """What is answered already; an unreadable journal says so on saving."""
    try:
        return journal.snapshot()
    except KneejournalError:
        return Snapshot()
