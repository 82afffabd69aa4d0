"""The thresholds as settings: all of them, with a range, a default and words; read the same way at every door."""

import pytest

from kneejournal.domain.profile import Thresholds
from kneejournal.domain.thresholds import GROUPS, SETTINGS, changed, limits, with_changes
from kneejournal.domain.units import Units
from kneejournal.errors import BadData
from tests.support import programme


def test_every_threshold_is_a_setting_once_with_a_name_and_what_changing_it_does() -> None:
    listed = [setting.name for settings in GROUPS.values() for setting in settings]
    assert sorted(listed) == sorted(Thresholds.__struct_fields__)
    words = programme()
    assert set(listed) == set(words.thresholds) == set(words.changing)
    assert all(text.endswith(".") for text in words.changing.values())
    assert all(len(name) <= 48 for name in words.thresholds.values())


def test_the_defaults_of_the_article_are_the_articles() -> None:
    article = {name: s.shown(s.default, "mi") for name, s in SETTINGS.items() if s.source == "article"}
    assert article == {
        "noise_blocks": "yes",
        "symptom_free_needed": "7 days",
        "exercise_days": "3 days",
        "exercise_days_suggested": "5 days",
        "exercise_days_maintain": "2 days",
        "shoe_limit_m": "500 mi",
        "shoe_limit_months": "6 months",
    }


@pytest.mark.parametrize(
    ("name", "text", "units", "value"),
    [
        ("break_days", "21", "mi", 21),
        ("break_days", " 21 ", "mi", 21),
        ("closes_at", "20", "mi", 20),
        ("closes_at", "20:00", "mi", 20),
        ("day_starts", "0", "mi", 0),
        ("shoe_limit_m", "400", "mi", 643_738),
        ("shoe_limit_m", "400", "km", 400_000),
        ("shoe_limit_m", "400km", "mi", 400_000),
        ("noise_blocks", "No", "mi", False),
        ("noise_blocks", "yes", "mi", True),
    ],
)
def test_a_value_is_read_as_it_is_shown(name: str, text: str, units: Units, value: int) -> None:
    assert SETTINGS[name].read(text, units) == value
    assert SETTINGS[name].read(SETTINGS[name].bare(value, units), units) == pytest.approx(value, abs=100)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("break_days", "6", "“6” is outside 7 to 60 days."),
        ("break_days", "61", "“61” is outside 7 to 60 days."),
        ("closes_at", "24", "“24” is outside 12:00 to 23:00."),
        ("closes_at", "18:30", "“18:30” is not a whole number."),
        ("break_days", "-7", "“-7” is not a whole number."),
        ("break_days", "٢١", "“٢١” is not a whole number."),
        ("break_days", "", "“” is not a whole number."),
        ("break_days", "[/x]", "“[/x]” is not a whole number."),
        ("noise_blocks", "maybe", "“maybe” is neither yes nor no."),
        ("shoe_limit_m", "2001mi", "“2001mi” is not a distance between 1 m and 2000.0 mi. Check the number."),
        ("shoe_limit_m", "far", "“far” is not a distance. Write 3.1mi, 5km, or a number of mi."),
    ],
)
def test_a_value_that_cannot_be_is_said_with_the_range(name: str, text: str, said: str) -> None:
    with pytest.raises(BadData) as caught:
        SETTINGS[name].read(text, "mi")
    assert str(caught.value) == said


@pytest.mark.parametrize("name", [name for name, setting in SETTINGS.items() if setting.unit != "yes/no"])
def test_both_ends_of_every_range_can_be_set_and_nothing_beyond(name: str) -> None:
    least, most = limits(name)
    for value in (least, most):
        assert getattr(with_changes(Thresholds(), {name: value}), name) == value
    for value in (least - 1, most + 1):
        with pytest.raises(BadData, match=f"{name} goes from {least} to {most}, not {value}"):
            with_changes(Thresholds(), {name: value})


def test_only_what_differs_is_changed() -> None:
    after = with_changes(Thresholds(), {"break_days": 21, "major_pain": 3, "noise_blocks": False})
    assert [setting.name for setting in changed(Thresholds(), after)] == ["noise_blocks", "break_days"]


def test_one_of_something_is_no_plural() -> None:
    assert SETTINGS["sessions_a_stage"].shown(1, "mi") == "1 session"
    assert SETTINGS["sessions_a_stage"].shown(2, "mi") == "2 sessions"
    assert SETTINGS["shoe_limit_m"].shown(804_672, "km") == "804.7 km"
