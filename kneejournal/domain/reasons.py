"""The rules behind a verdict, each in plain words with the days that make or break it (RULES 7)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain import gate
from kneejournal.domain.case import Case
from kneejournal.domain.day_reasons import DayReasons
from kneejournal.domain.day_states import Day
from kneejournal.domain.days import DAY, day_list
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.programme import Programme
from kneejournal.domain.progress import Setback

Source = Literal["article", "default", "setting"]

RULES: dict[str, frozenset[str]] = {
    "red-flag": frozenset({"reasons"}),
    "symptom-free-week": frozenset({"needed", "reasons"}),
    "today": frozenset({"reasons"}),
    "medicine": frozenset({"reasons"}),
    "day-checks": frozenset({"reasons", "fix"}),
    "setback": frozenset({"day", "size", "reasons"}),
    "setback-clear-days": frozenset({"have", "needed", "fix"}),
    "setback-days-off": frozenset({"have", "needed"}),
    "before-run": frozenset({"reasons", "fix"}),
    "rest-day": frozenset({"day"}),
    "gate-again": frozenset(),
    "to-confirm": frozenset(),
    "noise": frozenset({"reasons"}),
}
"""Every rule by id, with the values that its sentences in content/ may name."""

RESTS_ON: dict[str, tuple[str, ...]] = {
    "symptom-free-week": ("symptom_free_needed",),
    "day-checks": ("closes_at", "recall_days", "day_starts"),
    "setback": ("major_pain", "second_setback_days"),
    "setback-clear-days": ("minor_days", "major_days", "closes_at", "recall_days", "day_starts"),
    "setback-days-off": ("minor_days", "major_days"),
    "before-run": ("minor_days", "closes_at", "recall_days", "day_starts"),
    "gate-again": ("break_days", "symptom_free_needed"),
    "noise": ("noise_blocks",),
}
"""The thresholds a rule rests on: a changed one is named beside it."""


DAYS_TO_CONFIRM = 7
"""The days to go through after a restore."""


class RuleResult(Struct, frozen=True, kw_only=True):
    """One rule of the verdict: whether it holds, a sentence in plain words, and the days that decide it."""

    id: str
    source: Source
    holds: bool
    text: str
    days: tuple[date, ...]
    title: str


class Reasons(Struct, frozen=True):
    """The wording of `programme` put to the facts of `case`. All rules hold exactly when the status is `ready`."""

    case: Case
    programme: Programme

    def rules(self) -> tuple[RuleResult, ...]:
        """Every rule that bears on today, the weightiest first."""
        case = self.case
        parts = [self._red_flag()]
        if case.to_confirm:
            parts.append(self._result("to-confirm", breaks=True, days=gate.window(case.today, DAYS_TO_CONFIRM)))
        if case.setback:
            parts += self._after_setback(case.setback)
        if case.morning and case.asks_for_the_week:
            parts.append(self._result("gate-again", breaks=True, days=()))
        if case.asks_for_the_week:
            parts += [self._week(), self._today(), self._medicine(), self._day_checks()]
        elif not case.setback:
            parts += [self._before_run(), self._today(), self._medicine()]
        if case.phase != "maintain":
            parts.append(self._rest_day())
        return (*parts, *self._noise())

    def _red_flag(self) -> RuleResult:
        flags = self.case.flags
        named = "; ".join(
            f"{self._words.name(flag.day)}: {', '.join(self.programme.label(code).lower() for code in flag.red_flags)}"
            for flag in flags
        )
        return self._result("red-flag", breaks=bool(flags), days=[flag.day for flag in flags], reasons=named)

    def _week(self) -> RuleResult:
        bad = [day for day in self._deciding if day.state == "symptoms"]
        needed = self.case.plan.thresholds.symptom_free_needed
        reasons = self._words.listed(bad, self._words.symptoms)
        return self._of_days("symptom-free-week", bad, needed=needed, reasons=reasons)

    def _today(self) -> RuleResult:
        today = self.case.days[self.case.today]
        breaks = today.state == "symptoms"
        return self._result("today", breaks=breaks, days=[today.day], reasons=self._words.symptoms(today))

    def _medicine(self) -> RuleResult:
        masked = [day for day in self._deciding_and_today if day.state == "masked"]
        reasons = self._words.listed(masked, self._words.why_not_clear)
        return self._of_days("medicine", masked, reasons=reasons)

    def _day_checks(self) -> RuleResult:
        unclosed = [day for day in self._deciding if day.state in ("open", "late", "unlogged")]
        reasons = self._words.listed(unclosed, self._words.why_unclosed)
        return self._of_days("day-checks", unclosed, reasons=reasons, fix=self._fix())

    def _before_run(self) -> RuleResult:
        broken = [day for day in self._deciding if not day.is_clear]
        reasons = self._words.listed(broken, self._words.why_not_clear)
        return self._of_days("before-run", broken, reasons=reasons, fix=self._fix())

    def _after_setback(self, setback: Setback) -> list[RuleResult]:
        needed = self.case.plan.days_needed(setback)
        window = self.case.days.of(gate.window(self.case.today, needed))
        not_clear = [day for day in window if not day.is_clear]
        ran = [day for day in window if day.runs]
        majors = ", ".join(self.programme.setback_reasons[reason] for reason in setback.major)
        return [
            self._result(
                "setback",
                breaks=True,
                days=sorted({setback.first, setback.last}),
                day=self._words.name(setback.first),
                size="major" if majors else "minor",
                reasons=f" ({majors})" if majors else "",
            ),
            self._of_days(
                "setback-clear-days", not_clear, window, have=_run_up(window, not_clear), needed=needed, fix=self._fix()
            ),
            self._of_days("setback-days-off", ran, window, have=_run_up(window, ran), needed=needed),
        ]

    def _rest_day(self) -> RuleResult:
        ran = [day for day in (self.case.today - DAY, self.case.today) if self.case.days[day].runs]
        return self._result("rest-day", breaks=bool(ran), days=ran, day=self._words.name(ran[-1]) if ran else "")

    def _noise(self) -> list[RuleResult]:
        passed = [day.day for day in self._deciding_and_today if day.noise_passed]
        return [self._result("noise", breaks=False, days=passed, reasons=day_list(passed))] if passed else []

    def _of_days(
        self, rule_id: str, broken: Sequence[Day], window: Sequence[Day] | None = None, **values: object
    ) -> RuleResult:
        """A rule that `broken` days break; when there are none, all days of the window make it hold."""
        named = broken or (self._deciding if window is None else window)
        return self._result(rule_id, breaks=bool(broken), days=[day.day for day in named], **values)

    def _result(self, rule_id: str, *, breaks: bool, days: Iterable[date], **values: object) -> RuleResult:
        rule = self.programme.rule(rule_id)
        changed = self._changed(rule_id)
        text = (rule.breaks if breaks else rule.holds).format_map(values)
        return RuleResult(
            id=rule.id,
            source="setting" if changed else rule.source,
            holds=not breaks,
            text=" ".join([text, *changed]),
            days=tuple(days),
            title=rule.title,
        )

    def _changed(self, rule_id: str) -> list[str]:
        mine, default = self.case.plan.thresholds, Thresholds()
        return [
            f"(Your setting: {self.programme.thresholds[name]}, {_shown(value)}; the default is {_shown(usual)}.)"
            for name in RESTS_ON.get(rule_id, ())
            if (value := getattr(mine, name)) != (usual := getattr(default, name))
        ]

    def _fix(self) -> str:
        """What can still be filled in, until when, and what that would make of the count."""
        fills = self.case.fillable
        if not fills:
            return ""
        until = f"{'the first ' if len(fills) > 1 else ''}until {self._words.name(fills[0].until)}"
        text = f" Fill in {day_list([fill.day for fill in fills])} ({until})"
        if self.case.setback or not self.case.asks_for_the_week or self.case.days[self.case.today].is_bad:
            return f"{text}."
        filled = {fill.day: replace(self.case.days[fill.day], state="clear") for fill in fills}
        count = gate.symptom_free_days(self.case.days.assuming(filled), self.case.today)
        needed = self.case.plan.thresholds.symptom_free_needed
        return f"{text}, and {'the week is complete' if count > needed else f'it is day {count} of {needed}'}."

    @property
    def _words(self) -> DayReasons:
        return DayReasons(self.programme, self.case.plan.thresholds, self.case.today)

    @property
    def _deciding(self) -> tuple[Day, ...]:
        return self.case.days.of(self.case.deciding)

    @property
    def _deciding_and_today(self) -> tuple[Day, ...]:
        return (*self._deciding, self.case.days[self.case.today])


def _run_up(window: Sequence[Day], broken: Sequence[Day]) -> int:
    """Days in a row, at the end of `window`, that are not `broken`."""
    return (window[-1].day - broken[-1].day).days if broken else len(window)


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
