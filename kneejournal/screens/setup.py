"""The dialog that asks which knee, which units and which shoes."""

from datetime import date
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from kneejournal.domain.days import journal_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import MAX_STARTING_M
from kneejournal.domain.text import clean
from kneejournal.domain.thresholds import SETTINGS, Value
from kneejournal.domain.units import Units, read_distance
from kneejournal.domain.write_profile import KneeChoice, SetupAnswers, choice_of
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.errors import BadData
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.screens.settings import SettingsScreen, read_or_empty
from kneejournal.sheets import sheets
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.entry_fields import FormRow, LineInput, hint

KNEES: tuple[tuple[str, str], ...] = (("left", "left"), ("right", "right"), ("both", "both"))
UNITS: tuple[tuple[str, str], ...] = (("mi", "miles"), ("km", "kilometres"))
DISCLAIMER = "Information, not medical advice. Your data stays on this machine."
CLOSES_AT = SETTINGS["closes_at"]
SKIP = "Nothing here is a must. esc skips it all, and , brings it back."


class SetupScreen(Dialog[Written]):
    """The first questions; later the same ones, with the answers of now."""

    CSS_PATH = sheets("dialog", "setup")
    TITLE_TEXT = "Setup"
    HELP = """
    Which knee, units, and when it began. Everything can be skipped, and changed later: a knee that is added later is
    asked for from that day on. Every other number of the rules is among the settings.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save", show=False, id="setup.enter"),
        Binding("f2", "settings", "All settings", tooltip="Every number the verdict rests on", id="setup.settings"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._snapshot = read_or_empty(journal)

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
        closes = LineInput(self._closing_hour(), id="closes-at")
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
        typed = self._text_of("closes-at")
        thresholds: dict[str, Value] = {}
        if typed and typed != self._closing_hour():
            thresholds["closes_at"] = CLOSES_AT.read(typed, self._profile.units)
        return SetupAnswers(
            knee=cast(KneeChoice, self.query_one("#knee", Choice).value),
            units=cast(Units, self.query_one("#units", Choice).value),
            began=self._day("began"),
            thresholds=thresholds,
        )

    def _closing_hour(self) -> str:
        return str(self._profile.thresholds.closes_at)

    def action_settings(self) -> None:
        self.app.push_screen(SettingsScreen(self._journal), self._after_settings)

    def _after_settings(self, _: object) -> None:
        """What is typed here stays; the hour follows, unless another one was typed."""
        field = self.query_one("#closes-at", Input)
        was_typed = field.value.strip() != self._closing_hour()
        self._snapshot = read_or_empty(self._journal)
        if not was_typed:
            field.value = self._closing_hour()

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
