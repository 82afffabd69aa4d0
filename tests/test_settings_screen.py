"""The settings of the rules in the app."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.profile import Profile
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.journal import Journal
from kneejournal.screens.settings import SettingsScreen
from kneejournal.screens.setup import SetupScreen
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.setting_list import SettingList
from tests.domain.stories import TODAY, at
from tests.support import new_journal, places_in


@pytest.fixture
def journal() -> Journal:
    return new_journal(at(TODAY, 20))[0]


@pytest.fixture
def app(journal: Journal, home: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(home))


async def open_at(pilot: Pilot[None], name: str) -> None:
    """Open the settings, with `name` highlighted."""
    app = pilot.app
    assert isinstance(app, KneejournalApp)
    app.action_settings()
    await pilot.pause()
    settings = app.screen.query_one(SettingList)
    settings.highlighted = settings.get_option_index(name)
    await pilot.pause()


def profile(journal: Journal) -> Profile:
    return journal.snapshot().profile


def text_of(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).content)


def line_of(pilot: Pilot[None], name: str) -> str:
    return str(pilot.app.screen.query_one(SettingList).get_option(name).prompt)


def toasts(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


async def test_enter_opens_a_field_and_enter_writes_what_was_typed(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await open_at(pilot, "break_days")
        await pilot.press("enter")
        assert app.screen.query_one("#setting-value", Input).value == "14"
        await pilot.press(*"21", "enter")
        await pilot.pause()
        assert profile(journal).thresholds.break_days == 21
        assert toasts(pilot) == ["Days of a break that cost a stage: 21 days, it was 14.  u takes it back."]
        assert isinstance(app.focused, SettingList)
        assert "●" in line_of(pilot, "break_days")
        assert "21 days (default 14)" in line_of(pilot, "break_days")


async def test_undo_takes_it_back_without_leaving(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await open_at(pilot, "sessions_a_stage")
        await pilot.press("enter", "3", "ctrl+s", "u")
        await pilot.pause()
        assert profile(journal).thresholds.sessions_a_stage == 2
        assert toasts(pilot) == ["Taken back: Clean sessions a stage: 3 sessions, it was 2."]
        assert "●" not in line_of(pilot, "sessions_a_stage")


@pytest.mark.parametrize("key", ["r", "backspace"])
async def test_a_key_goes_back_to_the_default(app: KneejournalApp, journal: Journal, key: str) -> None:
    journal.set_up(SetupAnswers(thresholds={"major_days": 10, "major_pain": 4}))
    async with app.run_test() as pilot:
        await open_at(pilot, "major_days")
        await pilot.press(key)
        await pilot.pause()
        thresholds = profile(journal).thresholds
        assert (thresholds.major_days, thresholds.major_pain) == (7, 4)


async def test_what_cannot_be_is_said_while_it_is_typed_and_not_written(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await open_at(pilot, "symptom_free_needed")
        await pilot.press("enter", "6")
        await pilot.pause()
        assert text_of(pilot, "#setting-field .field-hint") == "! “6” is outside 7 to 60 days."
        await pilot.press("enter")
        await pilot.pause()
        assert text_of(pilot, "#dialog-error") == "“6” is outside 7 to 60 days."
        assert profile(journal).thresholds.symptom_free_needed == 7
        await pilot.press("backspace", "8")
        await pilot.pause()
        assert text_of(pilot, "#setting-field .field-hint") == "7 to 60 days; enter writes it"


async def test_escape_leaves_the_field_first_and_then_the_settings(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await open_at(pilot, "break_days")
        await pilot.press("enter", "9", "escape")
        assert isinstance(app.screen, SettingsScreen)
        assert profile(journal).thresholds.break_days == 14
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_going_to_another_setting_gives_up_what_was_typed(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await open_at(pilot, "break_days")
        await pilot.press("enter", "9")
        settings = app.screen.query_one(SettingList)
        settings.highlighted = settings.get_option_index("major_pain")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert profile(journal).thresholds.break_days == 14
        assert text_of(pilot, "#setting-name") == "Pain from which a setback is a major one"


async def test_painless_noise_is_a_yes_or_a_no(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await open_at(pilot, "noise_blocks")
        await pilot.press("enter")
        assert app.screen.query_one("#setting-choice", Choice).value == "yes"
        await pilot.press("right", "enter")
        await pilot.pause()
        assert profile(journal).thresholds.noise_blocks is False
        assert "no (default yes)" in line_of(pilot, "noise_blocks")


async def test_distances_are_typed_and_shown_in_the_profiles_units(app: KneejournalApp, journal: Journal) -> None:
    journal.set_up(SetupAnswers(units="km"))
    async with app.run_test() as pilot:
        await open_at(pilot, "shoe_limit_m")
        assert text_of(pilot, "#setting-facts").startswith("804.7 km   the default (article)")
        await pilot.press("enter", *"600", "enter")
        await pilot.pause()
        assert profile(journal).thresholds.shoe_limit_m == 600_000
        assert "600 km (default 804.7)" in line_of(pilot, "shoe_limit_m")


async def test_the_detail_says_default_source_range_and_meaning(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await open_at(pilot, "major_pain")
        assert text_of(pilot, "#setting-facts") == "3 of 10   the default (journal)   1 to 10 of 10"
        assert text_of(pilot, "#setting-means").endswith("stage 1 again. The verdict says when it was changed.")
        settings = app.screen.query_one(SettingList)
        settings.highlighted = settings.get_option_index("snooze_days")
        await pilot.pause()
        assert "verdict" not in text_of(pilot, "#setting-means")


async def test_writing_the_same_value_writes_nothing(app: KneejournalApp, journal: Journal) -> None:
    before = profile(journal)
    async with app.run_test() as pilot:
        await open_at(pilot, "break_days")
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert profile(journal) == before
        assert isinstance(app.focused, SettingList)


async def test_a_change_by_another_program_is_not_lost(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await open_at(pilot, "break_days")
        journal.set_up(SetupAnswers(thresholds={"major_pain": 5}))
        await pilot.press("enter", *"15", "enter")
        await pilot.pause()
        thresholds = profile(journal).thresholds
        assert (thresholds.break_days, thresholds.major_pain) == (15, 5)


async def test_setup_leads_to_the_settings_and_keeps_what_was_typed(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("comma")
        await pilot.pause()
        app.screen.query_one("#began", Input).value = "2026-09-01"
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        settings = app.screen.query_one(SettingList)
        settings.highlighted = settings.get_option_index("closes_at")
        await pilot.pause()
        await pilot.press("enter", *"20", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SetupScreen)
        assert app.screen.query_one("#closes-at", Input).value == "20"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert profile(journal).thresholds.closes_at == 20
        assert str(profile(journal).began) == "2026-09-01"


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (80, 24), (120, 40)])
async def test_every_size_shows_the_setting_and_its_field(app: KneejournalApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await open_at(pilot, "therapist_pain")
        await pilot.press("enter", "6")
        await pilot.pause()
        if size[1] >= 12:
            field = app.screen.query_one("#setting-value")
            assert app.screen.region.contains_region(field.region)
            assert field.region.area
        await pilot.press("enter")
        await pilot.pause()
        assert "●" in line_of(pilot, "therapist_pain")
