"""The coming weeks as a calendar: exercise days, and the run days while there is a plan (iCalendar, RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from icalendar import CLASS, Alarm, Calendar, Component, Event, vRecur

from kneejournal import __version__
from kneejournal.domain.days import DAY
from kneejournal.domain.exercises import target_in
from kneejournal.domain.plan_ahead import SPREAD, PlannedRun, planned_runs, usual_time, written_at
from kneejournal.domain.programme import Programme
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import ExerciseMark, Run
from kneejournal.domain.snapshot import Snapshot

SPAN_DAYS = 28
"""Further ahead nobody knows."""
EXERCISES_AT = time(19)
RUN_AT = time(18)
"""Where the journal knows no usual time."""
EXERCISES_MIN = 30
REMINDER = timedelta(minutes=-15)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_UIDS = UUID("f3b1b0de-2d62-5b0a-9c6c-6b6e65656361")
_SEQUENCE_FROM = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


class Ahead(NamedTuple):
    """What the calendar is made from."""

    snapshot: Snapshot
    verdict: Verdict
    programme: Programme

    @property
    def now(self) -> datetime:
        return self.verdict.now

    @property
    def last(self) -> date:
        return self.verdict.day + DAY * SPAN_DAYS

    def at(self, kind: type[Run] | type[ExerciseMark], otherwise: time) -> time:
        return usual_time(written_at(self.snapshot.live, kind, self.verdict.day), otherwise)

    def first(self, at: time) -> date:
        """Today, while that time of it is still to come."""
        here = self.now.date()
        return here if self.now.time() < at else here + DAY


def write_calendar(snapshot: Snapshot, verdict: Verdict, programme: Programme) -> bytes:
    """The four weeks from `verdict.now` on, in floating local times: the same hour wherever one is.

    The same session has the same UID each time, so that a calendar which imports a later export moves it. Nothing
    that somebody wrote goes into it.
    """
    ahead = Ahead(snapshot, verdict, programme)
    calendar = Calendar.new(
        prodid=f"-//kneejournal//kneejournal {__version__}//EN",
        uid=uuid5(_UIDS, "calendar"),
        subcomponents=[_exercises(ahead), *_runs(ahead)],
    )
    return bytes(calendar.to_ical())


def _exercises(ahead: Ahead) -> Event:
    weekly = target_in(ahead.verdict.phase, ahead.snapshot.profile.thresholds).suggested
    weekdays = SPREAD[weekly - 1]
    at = ahead.at(ExerciseMark, EXERCISES_AT)
    days = [ahead.first(at) + DAY * place for place in range(len(WEEKDAYS))]
    start = datetime.combine(next(day for day in days if day.weekday() in weekdays), at)
    event = _event(
        ahead, "exercises", start, EXERCISES_MIN, "Knee exercises: strength, then stretch", _session(ahead.programme)
    )
    until = datetime.combine(ahead.last, time(23, 59))
    event.add("rrule", vRecur(freq="weekly", byday=[WEEKDAYS[day] for day in weekdays], until=until))
    return event


def _runs(ahead: Ahead) -> Iterator[Event]:
    at = ahead.at(Run, RUN_AT)
    for run in planned_runs(ahead.verdict.case, ahead.first(at), ahead.last):
        yield _run(ahead, run, datetime.combine(run.day, at))


def _run(ahead: Ahead, run: PlannedRun, start: datetime) -> Event:
    stage, walk = run.stage, ahead.programme.warm_up_min
    summary = f"Walk-run, stage {stage.number} of {len(ahead.programme.stages)}: {stage}"
    minutes = (stage.run_min + stage.walk_min) * stage.repeats + 2 * walk
    description = (
        f"{walk} min of brisk walking before and after. Flat ground, at a pace at which you can talk.\n"
        "Planned as if every day until then is clear. Ask on the day whether your log meets the rule: kneejournal ready"
    )
    return _event(ahead, f"run {stage.number} {run.session}", start, minutes, summary, description)


def _event(ahead: Ahead, key: str, start: datetime, minutes: int, summary: str, description: str) -> Event:
    return Event.new(
        uid=f"{uuid5(_UIDS, key)}@kneejournal",
        stamp=ahead.now,
        sequence=max(0, (ahead.now - _SEQUENCE_FROM) // timedelta(minutes=1)),
        start=start,
        end=start + timedelta(minutes=minutes),
        summary=summary,
        description=description,
        classification=CLASS.PRIVATE,
        subcomponents=[_reminder(summary)],
    )


def _reminder(summary: str) -> Component:
    alarm: Component = Alarm.new(description=summary)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDER)
    return alarm


def _session(programme: Programme) -> str:
    lines = [f"{'*' if e.short else '-'} {e.name}: {e.dose}" for e in programme.exercises]
    return "\n".join([*lines, "* the short session"])
