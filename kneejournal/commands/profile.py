"""The commands on the profile: what to answer once, and where everything lies."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import is_terminal, say, say_json, tell
from kneejournal.commands.values import read_whole
from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.records import to_plain
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean, clean_line
from kneejournal.domain.thresholds import (
    GROUPS,
    SETTINGS,
    YES_NO,
    Setting,
    Value,
    changed,
    limits,
    value_of,
)
from kneejournal.domain.units import Units
from kneejournal.domain.write_profile import KneeChoice, SetupAnswers, choice_of, described
from kneejournal.errors import BadData, Unreadable
from kneejournal.settings import read_settings

if TYPE_CHECKING:
    from kneejournal.journal import Journal

NOISE = {"blocks": True, "passes": False}


@click.command(cls=Command)
@click.option("--knee", type=click.Choice(["left", "right", "both"]), help="The knee, or knees, to track.")
@click.option("--units", type=click.Choice(["mi", "km"]), help="How distances are shown.")
@click.option("--began", metavar="DAY", help="When the trouble began.")
@click.option("--closes-at", type=read_whole, metavar="12-23", help="The hour from which a day-check closes its day.")
@click.option("--day-starts", type=read_whole, metavar="0-6", help="The hour at which a day begins.")
@click.option("--recall-days", type=read_whole, metavar="0-14", help="Days for which a day can be filled in later.")
@click.option("--symptom-free-days", type=read_whole, metavar="7-60", help="Clear days before the first intervals.")
@click.option("--noise", type=click.Choice(list(NOISE)), help="Whether painless clicking counts as a symptom.")
@click.option("--set", "others", multiple=True, metavar="NAME=N", help="Any other number of the rules; see --list.")
@click.option("--list", "as_list", is_flag=True, help="Show every number of the rules, with its default and range.")
@click.option("--snooze", is_flag=True, help="Put off the advice to consider a physical therapist.")
@click.option("--json", "as_json", is_flag=True, help="Print the profile as JSON.")
@pass_invocation
def setup(
    invocation: Invocation,
    /,
    knee: KneeChoice | None,
    units: Units | None,
    began: str | None,
    others: tuple[str, ...],
    as_list: bool,
    snooze: bool,
    as_json: bool,
    noise: str | None,
    **hours_and_days: int | None,
) -> None:
    """Set the knee, the units, and the numbers of the rules.

    Without options it asks, where it can; else it shows what is set.

    \b
    Examples:
      kneejournal setup --knee right --units km --began 2026-09-14
      kneejournal setup --set break_days=21
    """
    journal = invocation.journal
    snapshot = journal.snapshot()
    if as_list:
        say(*_list_lines(snapshot.profile, journal))
        return
    changes: dict[str, Value] = {_field(name): n for name, n in hours_and_days.items() if n is not None}
    changes |= _assigned(others) | ({"noise_blocks": NOISE[noise]} if noise else {})
    answers = SetupAnswers(
        knee=knee,
        units=units,
        began=journal.read_day(began) if began is not None else None,
        thresholds=changes,
        put_off_therapist=snooze,
    )
    if answers == SetupAnswers() and not as_json and is_terminal():
        answers = _asked(snapshot, journal)
        _save(journal, answers, snapshot)
    elif answers != SetupAnswers():
        _save(journal, answers, None if as_json else snapshot)
    elif not as_json:
        say(*_profile_lines(snapshot, journal))
    if as_json:
        say_json(to_plain(journal.snapshot().profile))


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_invocation
def where(invocation: Invocation, as_json: bool) -> None:
    """Say where the journal, the settings and the backups are."""
    places = invocation.places
    found = {"journal": places.journal, "settings": places.settings, "backups": places.backups}
    if as_json:
        say_json({name: clean(str(path)) for name, path in found.items()})
        return
    say(*(f"{name}: {path}{'' if path.exists() else ' (not there yet)'}" for name, path in found.items()))
    try:
        read_settings(places.settings)
    except Unreadable as error:
        say(str(error))


def _field(option: str) -> str:
    return "symptom_free_needed" if option == "symptom_free_days" else option


def _assigned(others: tuple[str, ...]) -> dict[str, Value]:
    """The numbers of NAME=N; distances are metres, or 500mi. Raises BadData for a name that no rule has."""
    found: dict[str, Value] = {}
    known = [name for name in SETTINGS if name != "noise_blocks"]
    for assignment in others:
        name, _, number = assignment.partition("=")
        field = name.strip().replace("-", "_")
        if field not in known:
            raise BadData(f"“{clean_line(name)}” is not a number of the rules. They are: {', '.join(known)}.")
        found[field] = SETTINGS[field].parse(number, "m")
    return found


def _list_lines(profile: Profile, journal: "Journal") -> Iterator[str]:
    programme = journal.programme
    units = profile.units
    for group, settings in GROUPS.items():
        yield f"{group}:"
        for setting in settings:
            name, mine = setting.name, value_of(profile.thresholds, setting.name)
            span = "" if isinstance(mine, bool) else ", {} to {}".format(*limits(name))
            yield f"  {name} = {_raw(mine)} (default {_raw(setting.default)}{span}): {programme.thresholds[name]}"
            if setting.unit == "distance":
                yield f"      {setting.shown(mine, units)}; the default is {setting.shown(setting.default, units)}."
            yield f"      {programme.changing[name]}"


def _asked(snapshot: Snapshot, journal: "Journal") -> SetupAnswers:
    """The answers of somebody at a terminal; Enter leaves a thing as it is."""
    profile, today = snapshot.profile, journal.day_of(snapshot)
    say("Enter leaves a thing as it is.")
    knee = _ask("Which knee: left, right, both", choice_of(profile, today), _one_of("left", "right", "both"))
    units = _ask("Distances in mi or km", profile.units, _one_of("mi", "km"))
    began = _ask(
        "The day the trouble began, or -",
        profile.began.isoformat() if profile.began else "-",
        lambda text: None if text.strip() == "-" else journal.read_day(text),
    )
    closes_at = _ask(
        "The hour from which the evening's check closes the day, 12 to 23",
        str(profile.thresholds.closes_at),
        lambda text: {"closes_at": SETTINGS["closes_at"].read(text, profile.units)},
    )
    return SetupAnswers(knee=knee, units=units, began=began, thresholds=closes_at)


def _ask(question: str, default: str, read: Callable[[str], Any]) -> Any:
    def convert(text: str) -> Any:
        try:
            return read(text)
        except BadData as error:
            raise click.UsageError(clean_line(str(error))) from error

    return click.prompt(question, default=default, value_proc=convert)


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip().lower() not in words:
            raise BadData(f"Write one of {', '.join(words)}.")
        return text.strip().lower()

    return read


def _save(journal: "Journal", answers: SetupAnswers, shown: Snapshot | None) -> None:
    written = journal.set_up(answers)
    if shown is not None:
        tell(written, *_changed_lines(journal.snapshot().profile, journal))


def _profile_lines(snapshot: Snapshot, journal: "Journal") -> list[str]:
    profile, today = snapshot.profile, journal.day_of(snapshot)
    lines = [described(profile, today)]
    if not profile.is_set_up:
        lines.append("Nobody has said so yet. Say it with: kneejournal setup --knee left --units mi")
    if profile.began:
        lines.append(f"It began on {short_day(profile.began, today)}.")
    return [*lines, *_changed_lines(profile, journal)]


def _changed_lines(profile: Profile, journal: "Journal") -> list[str]:
    """The thresholds that differ from their defaults, a line each."""
    return [_changed_line(setting, profile, journal) for setting in changed(Thresholds(), profile.thresholds)]


def _changed_line(setting: Setting, profile: Profile, journal: "Journal") -> str:
    mine, units = value_of(profile.thresholds, setting.name), profile.units
    name = journal.programme.thresholds[setting.name]
    return f"Your setting: {name}: {setting.shown(mine, units)} (default {setting.bare(setting.default, units)})."


def _raw(value: Value) -> str:
    """As `--set` takes it."""
    return YES_NO[value] if isinstance(value, bool) else str(value)
