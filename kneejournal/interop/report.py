"""One printable page for a physical therapist, as HTML that needs nothing but itself."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from msgspec import Struct

from kneejournal import __version__
from kneejournal.domain.days import MONTHS
from kneejournal.domain.exercises import Target, target_in
from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Programme
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import SIDES, Side
from kneejournal.domain.report import Facts, Week, read_facts
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.units import METRES_A_MILE, Units
from kneejournal.interop.report_chart import pain_chart
from kneejournal.interop.report_lines import Lines, ListsOfReport, Note

TEMPLATE = "report.html"
PAGE_LINES = 28.0
"""Lines of the page below the table of the weeks, at the height that the template gives a line."""
USUAL_RULES = 8
"""Beyond so many rules, which only the worst of days have, fewer runs are listed."""
MOST_COLUMNS_WITH_NAMES = 13
NOT_MET = "NOT MET"
SOURCES = {"article": "article", "default": "default", "setting": "changed"}

Row = tuple[str, tuple[str, ...]]


class Lists(Struct, frozen=True, kw_only=True):
    """The lists of the page, cut so that together they stay on it."""

    flags: Lines
    symptoms: Lines
    setbacks: Lines
    shoes: Lines
    rules: Lines
    settings: Lines
    runs: Lines
    notes: tuple[Note, ...]
    more_notes: int


class Page(Struct, frozen=True, kw_only=True):
    """What stands on the page, as text."""

    knees: str
    span: str
    made: str
    began: str
    headline: str
    figures: tuple[tuple[str, str], ...]
    week_names: tuple[str, ...]
    week_rows: tuple[Row, ...]
    lists: Lists


def write_report(snapshot: Snapshot, verdict: Verdict, programme: Programme, weeks: int) -> bytes:
    """The last `weeks` on one A4 page: no script, nothing from elsewhere, every word of the patient's escaped."""
    facts = read_facts(snapshot, verdict, programme, weeks)
    chart = pain_chart(
        facts.series.days,
        setbacks=[setback.first for setback in facts.setbacks],
        flags=[entry.day for entry in facts.flags],
        medicine=facts.medicine_days,
    )
    page = _page(facts, snapshot.profile, verdict, programme)
    is_waiting = bool(verdict.case.flags)
    return _template().render(page=page, chart=chart, version=__version__, is_waiting=is_waiting).encode()


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE)


def _page(facts: Facts, profile: Profile, verdict: Verdict, programme: Programme) -> Page:
    target = target_in(verdict.phase, profile.thresholds)
    sides = [side for side in SIDES if any(knee.side == side for knee in profile.knees)]
    count = len(facts.weeks)
    return Page(
        knees=f"{' and '.join(sides).capitalize()} knee{'s' if len(sides) > 1 else ''}",
        span=f"{_long(facts.first)} to {_long(facts.last)} ({'1 week' if count == 1 else f'{count} weeks'})",
        made=f"{_long(verdict.now.date())}, {verdict.now:%H:%M}",
        began=f"Trouble since {_long(profile.began)}" if profile.began else "",
        headline=verdict.headline,
        figures=_figures(facts, verdict, programme, target),
        week_names=tuple(_week_name(number, week, count) for number, week in enumerate(facts.weeks)),
        week_rows=_week_rows(facts.weeks, target, profile.units, sides),
        lists=_lists(ListsOfReport(facts, profile, programme), verdict, more_rows=len(sides) - 1),
    )


def _lists(lists: ListsOfReport, verdict: Verdict, more_rows: int) -> Lists:
    """Everything but the notes has its place; the notes get the lines that are left. `more_rows`: of the weeks."""
    flags, symptoms, setbacks, shoes = lists.flags(3), lists.symptoms(7), lists.setbacks(4), lists.shoes(3)
    rules = Lines(tuple(("met" if rule.holds else NOT_MET, rule.title, SOURCES[rule.source]) for rule in verdict.rules))
    settings, runs = lists.settings(4), lists.runs(5 if len(rules.shown) <= USUAL_RULES else 2)
    columns = ((symptoms, setbacks, shoes), (rules, settings, runs))
    taken = len(flags.shown) + more_rows + max(sum(each.height for each in column) for column in columns)
    notes, more_notes = lists.notes(int(PAGE_LINES - taken))
    return Lists(
        flags=flags,
        symptoms=symptoms,
        setbacks=setbacks,
        shoes=shoes,
        rules=rules,
        settings=settings,
        runs=runs,
        notes=notes,
        more_notes=more_notes,
    )


def _figures(facts: Facts, verdict: Verdict, programme: Programme, target: Target) -> tuple[tuple[str, str], ...]:
    """The few numbers that are looked at first, each with what it is."""
    weeks = facts.weeks
    strength = sum(week.strength for week in weeks) / len(weeks)
    stretch = sum(week.stretch for week in weeks) / len(weeks)
    return (
        ("Mean pain, first and last week", f"{_mean(weeks[0])} → {_mean(weeks[-1])}"),
        ("Symptom-free days in a row", f"{verdict.symptom_free_days} (asked for: {verdict.symptom_free_needed})"),
        ("Walk-run plan", _stage(verdict, programme)),
        ("Next run, by the rules", _next_run(verdict)),
        ("Exercise days a week", f"strength {strength:.1f}, stretch {stretch:.1f} (asked for: {target.least})"),
        ("Days logged", f"{sum(week.with_number for week in weeks)} of {len(facts.series.days)}"),
    )


def _stage(verdict: Verdict, programme: Programme) -> str:
    if verdict.phase == "maintain":
        return f"all {len(programme.stages)} stages done"
    if verdict.stage is None or verdict.phase == "rehab":
        return "not begun"
    clean, asked = verdict.stage.clean_sessions, verdict.case.plan.thresholds.sessions_a_stage
    return f"stage {verdict.stage.number} of {len(programme.stages)}, {clean} of {asked} sessions clean"


def _next_run(verdict: Verdict) -> str:
    if verdict.status == "see-clinician":
        return "not before a clinician saw it"
    if verdict.is_ready:
        return "today"
    return f"{_long(verdict.earliest_date)} at the earliest" if verdict.earliest_date else "not to be said"


def _week_rows(weeks: tuple[Week, ...], target: Target, units: Units, sides: Sequence[Side]) -> tuple[Row, ...]:
    metres = METRES_A_MILE if units == "mi" else 1000.0
    decimals = 1 if len(weeks) <= MOST_COLUMNS_WITH_NAMES else 0
    return (
        ("Days logged", tuple(str(week.with_number) for week in weeks)),
        ("Clear days", tuple(str(week.clear) for week in weeks)),
        *_worst_rows(weeks, sides),
        ("Mean pain", tuple(_mean(week) for week in weeks)),
        (f"Strength days, {target.least}+", tuple(_met(week.strength, target) for week in weeks)),
        (f"Stretch days, {target.least}+", tuple(_met(week.stretch, target) for week in weeks)),
        ("Runs", tuple(str(week.runs or "–") for week in weeks)),
        (
            f"Distance, {units}",
            tuple(f"{week.distance_m / metres:.{decimals}f}" if week.runs else "–" for week in weeks),
        ),
    )


def _worst_rows(weeks: tuple[Week, ...], sides: Sequence[Side]) -> tuple[Row, ...]:
    """One row, or one a knee."""
    if len(sides) == 1:
        return (("Worst pain", tuple(_number(week.worst) for week in weeks)),)
    return tuple((f"Worst, {side} knee", tuple(_number(week.worst_of[side]) for week in weeks)) for side in sides)


def _met(days: int, target: Target) -> str:
    return f"{days} ✓" if days >= target.least else str(days)


def _number(score: int | None) -> str:
    return "–" if score is None else str(score)


def _mean(week: Week) -> str:
    return "–" if week.mean is None else f"{week.mean:.1f}"


def _week_name(number: int, week: Week, count: int) -> str:
    """The first day of the week; where there are many, of every second one."""
    first = week.days[0].day
    return f"{first.day} {MONTHS[first.month - 1]}" if count <= MOST_COLUMNS_WITH_NAMES or number % 2 == 0 else ""


def _long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
