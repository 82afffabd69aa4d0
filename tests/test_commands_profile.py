"""`setup` writes the profile, `where` names the files."""

import io
import sys
from pathlib import Path

import pytest

from kneejournal.commands.printing import is_terminal
from kneejournal.domain.profile import Thresholds
from tests.conftest import CommandLine


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_options_are_written_and_the_rest_stays(cli: CommandLine) -> None:
    assert cli.ok("setup", "--knee", "right", "--units", "km", "--began", "-30") == (
        "Tracking the right knee, distances in km. Saved.\n"
    )
    out = cli.ok("setup", "--closes-at", "20", "--noise", "passes")
    assert "the hour from which a day-check closes its day: 20:00 (default 18:00)" in out
    assert "painless noise counts as a symptom: no (default yes)" in out
    profile = cli("setup", "--json").json
    assert (profile["knees"][0]["side"], profile["units"], profile["began"]) == ("right", "km", "2026-10-23")
    assert (profile["thresholds"]["closes_at"], profile["thresholds"]["noise_blocks"]) == (20, False)


def test_away_from_a_terminal_it_shows_what_is_set_and_writes_nothing(cli: CommandLine) -> None:
    assert cli.ok("setup").startswith("Tracking the left knee, distances in mi.\nNobody has said so yet.")
    assert cli.content is None


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--closes-at", "11"), 4, "12 to 23"),
        (("--day-starts", "7"), 4, "0 to 6"),
        (("--recall-days", "15"), 4, "0 to 14"),
        (("--symptom-free-days", "6"), 4, "7 to 60"),
        (("--symptom-free-days", "-7"), 4, "whole number"),
        (("--closes-at", "noon"), 4, "whole number"),
        (("--closes-at", "18.5"), 4, "whole number"),
        (("--closes-at", "٢٠"), 4, "whole number"),
        (("--began", "tomorrow"), 4, "not a day"),
        (("--knee", "middle"), 2, "left"),
        (("--units", "leagues"), 2, "km"),
        (("--noise", "loud"), 2, "passes"),
        (("--knee", "both", "--closes-at", "3"), 4, "12 to 23"),
        (("--set", "break_days=6"), 4, "break_days goes from 7 to 60, not 6"),
        (("--set", "breaks=6"), 4, "is not a number of the rules"),
        (("--set", "noise_blocks=0"), 4, "is not a number of the rules"),
        (("--set", "break_days"), 4, "whole number"),
    ],
)
def test_values_out_of_range_change_nothing(cli: CommandLine, words: tuple[str, ...], status: int, said: str) -> None:
    result = cli("setup", *words)
    assert (result.status, cli.content) == (status, None)
    assert said in result.err


def test_every_number_of_the_rules_can_be_listed_and_set(cli: CommandLine) -> None:
    listed = cli.ok("setup", "--list").splitlines()
    place = listed.index("  break_days = 14 (default 14, 7 to 60): days of a break that cost a stage")
    assert listed[place + 1].strip().startswith("Raising it lets a longer break pass")
    assert len([line for line in listed if " = " in line]) == len(Thresholds.__struct_fields__)
    cli.ok("setup", "--set", "break_days=21", "--set", "major-pain=4")
    thresholds = cli("setup", "--json").json["thresholds"]
    assert (thresholds["break_days"], thresholds["major_pain"]) == (21, 4)


def test_a_distance_can_be_set_in_miles_kilometres_or_metres(cli: CommandLine) -> None:
    out = cli.ok("setup", "--set", "shoe_limit_m=1000000", "--set", "shoe_soon_m=300mi")
    assert out.startswith("Tracking the left knee")
    thresholds = cli("setup", "--json").json["thresholds"]
    assert (thresholds["shoe_limit_m"], thresholds["shoe_soon_m"]) == (1_000_000, 482_803)
    assert cli.ok("setup", "--set", "shoe_limit_m=480km").splitlines()[0] == (
        "Distance after which running shoes go: 298.3 mi, it was 621.4."
    )
    listed = cli.ok("setup", "--list")
    assert "shoe_limit_m = 480000 (default 804672, 1 to 3218688)" in listed
    assert "298.3 mi; the default is 500 mi." in listed


def test_the_advice_to_see_a_therapist_can_be_put_off(cli: CommandLine) -> None:
    cli.ok("log", "8")
    assert any("physical therapist" in line for line in cli("ready", "--json").json["advice"])
    cli.ok("setup", "--snooze")
    assert not any("physical therapist" in line for line in cli("ready", "--json").json["advice"])


def test_at_a_terminal_it_asks_and_asks_again(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["middle", "both", "", "2026-10-01", "11", "19"])
    asked: list[str] = []

    def answer(prompt: str = "") -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.setattr("kneejournal.commands.profile.is_terminal", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    assert "Tracking both knees, distances in mi. Saved." in cli.ok("setup")
    assert len(asked) == 6
    profile = cli("setup", "--json").json
    assert [knee["side"] for knee in profile["knees"]] == ["left", "right"]
    assert (profile["units"], profile["began"], profile["thresholds"]["closes_at"]) == ("mi", "2026-10-01", 19)


def test_leaving_the_questions_changes_nothing(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(_: str = "") -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("kneejournal.commands.profile.is_terminal", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", leave)
    assert (cli("setup").status, cli.content) == (130, None)


def test_where_names_the_files_and_makes_none(cli: CommandLine) -> None:
    lines = cli.ok("where").splitlines()
    assert lines[0] == f"journal: {cli.journal} (not there yet)"
    assert [line.split(":")[0] for line in lines] == ["journal", "settings", "backups"]
    assert cli("where", "--json").json["journal"] == str(cli.journal)
    assert not cli.home.exists()


def test_where_answers_though_the_journal_is_damaged(cli: CommandLine) -> None:
    cli.journal.write_text("not a journal", encoding="utf-8")
    assert cli("status").status == 3
    assert str(cli.journal) in cli.ok("where")


def test_where_says_what_is_wrong_with_the_settings(cli: CommandLine) -> None:
    settings = Path(cli("where", "--json").json["settings"])
    settings.parent.mkdir(parents=True)
    settings.write_text('theme = "nord\n', encoding="utf-8")
    assert f"The settings file {settings} is not used: it is not valid TOML" in cli.ok("where")


def test_a_terminal_is_one_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert not is_terminal()
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert is_terminal()
