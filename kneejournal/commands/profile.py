"""The commands on the profile: what to answer once, and where everything lies."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click
import msgspec

from kneejournal.commands.invocation import Command, Invocation, pass_invocation
from kneejournal.commands.printing import is_terminal, say, say_json, tell
from kneejournal.commands.values import read_whole
from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.records import to_plain
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean, clean_line
from kneejournal.domain.units import Units
from kneejournal.domain.write_profile import KneeChoice, SetupAnswers, choice_of, described
from kneejournal.errors import BadData

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
    changes: dict[str, object] = {_field(name): n for name, n in hours_and_days.items() if n is not None}
    changes |= _assigned(others) | ({"noise_blocks": NOISE[noise]} if noise else {})
    answers = SetupAnswers(
        knee=knee,
        units=units,
        began=journal.read_day(began) if began is not None else None,
        thresholds=_thresholds(snapshot.profile, changes),
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


def _field(option: str) -> str:
    return "symptom_free_needed" if option == "symptom_free_days" else option


def _thresholds(profile: Profile, changes: Mapping[str, object]) -> Thresholds | None:
    """The thresholds with `changes`, None without any. Raises BadData, naming the range, for a value outside it."""
    if not changes:
        return None
    try:
        return msgspec.convert({**to_plain(profile.thresholds), **changes}, type=Thresholds)
    except msgspec.ValidationError as error:
        outside = {name: _range(name) for name in changes if name != "noise_blocks"}
        wrong = [n for n, (least, most) in outside.items() if not least <= int(str(changes[n])) <= most]
        named = "; ".join(f"{_option(n)} goes from {outside[n][0]} to {outside[n][1]}, not {changes[n]}" for n in wrong)
        raise BadData(f"{named or error}. Nothing was changed.") from error


def _assigned(others: tuple[str, ...]) -> dict[str, object]:
    """The numbers of NAME=N. Raises BadData for a name that no rule has."""
    found: dict[str, object] = {}
    known = [name for name in Thresholds.__struct_fields__ if name != "noise_blocks"]
    for assignment in others:
        name, _, number = assignment.partition("=")
        field = name.strip().replace("-", "_")
        if field not in known:
            raise BadData(f"“{clean_line(name)}” is not a number of the rules. They are: {', '.join(known)}.")
        found[field] = read_whole(number.strip())
    return found


def _list_lines(profile: Profile, journal: "Journal") -> list[str]:
    lines = []
    for name, words in journal.programme.thresholds.items():
        value, usual = getattr(profile.thresholds, name), getattr(Thresholds(), name)
        span = "" if isinstance(usual, bool) else ", {} to {}".format(*_range(name))
        lines.append(f"{name} = {_shown(value)} (default {_shown(usual)}{span}): {words}")
    return lines


def _range(name: str) -> tuple[int, int]:
    """The least and the most that a threshold can be."""
    described_type: Any = msgspec.inspect.type_info(Thresholds)
    found = next(field.type for field in described_type.fields if field.name == name)
    return found.ge, found.le


def _option(name: str) -> str:
    known = {"symptom_free_needed": "--symptom-free-days", "closes_at": "--closes-at", "day_starts": "--day-starts"}
    return known.get(name, "--recall-days" if name == "recall_days" else name)


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
        lambda text: _thresholds(profile, {"closes_at": read_whole(text.strip())}),
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
    mine, usual = to_plain(profile.thresholds), to_plain(Thresholds())
    names = journal.programme.thresholds
    return [
        f"Your setting: {names[name]}: {_shown(value)} (default {_shown(usual[name])})."
        for name, value in mine.items()
        if value != usual[name]
    ]


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
