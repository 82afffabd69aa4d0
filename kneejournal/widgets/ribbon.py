"""The readiness ribbon: the last seven days as signs, today set apart, and what the log says of a run."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.days import WEEKDAYS, short_day
from kneejournal.domain.programme import Programme
from kneejournal.domain.readiness import DayLine, StageNow, Verdict
from kneejournal.widgets.day_signs import DAY_SIGNS
from kneejournal.widgets.words import show_words

DAYS_SHOWN = 7
CELL = 3
MUTED = "$foreground 60%"
"""Textual paints `$text-muted` in full strength when it is part of a line."""


class ReadinessRibbon(VerticalGroup):
    """One sentence, the days, and where one stands. It lights up when the log meets the rule."""

    def compose(self) -> ComposeResult:
        yield Static(id="ribbon-headline")
        with HorizontalGroup(id="ribbon-facts"):
            yield Static(id="ribbon-days")
            yield Static(id="ribbon-where")

    def show(self, verdict: Verdict, programme: Programme) -> None:
        """Show `verdict`, its stage in the words of `programme`."""
        self.set_class(verdict.is_ready, "-ready")
        days = verdict.days[-DAYS_SHOWN - 1 :]
        show_words(self.query_one("#ribbon-headline", Static), Content(verdict.headline))
        show_words(self.query_one("#ribbon-days", Static), day_signs(days, coloured=not verdict.is_ready))
        show_words(self.query_one("#ribbon-where", Static), where_lines(verdict, programme))
        self.tooltip = Content("\n".join(f"{short_day(line.day)}: {DAY_SIGNS[line.state].word}" for line in days))


def day_signs(days: Sequence[DayLine], *, coloured: bool) -> Content:
    """Weekdays above signs, oldest first; the last day is today, behind a bar."""
    names = "".join(WEEKDAYS[line.day.weekday()][:2].capitalize().ljust(CELL) for line in days[:-1])
    signs = [_sign(line, coloured=coloured) for line in days]
    bar = ("│ ", "dim")
    return Content.assemble((names, "dim"), bar, "today\n", *signs[:-1], bar, signs[-1])


def _sign(line: DayLine, *, coloured: bool) -> tuple[str, str]:
    sign = DAY_SIGNS[line.state]
    return sign.shape.ljust(CELL), sign.colour if coloured else "bold"


def where_lines(verdict: Verdict, programme: Programme) -> Content:
    """Two lines: how far one has come, and what comes next."""
    if verdict.is_ready:
        walk = f"{programme.warm_up_min} min of brisk walking before and after"
        return Content(f"{_stage(verdict.stage, programme) or 'The plan is through'}\n{walk}")
    return Content("\n").join([Content.assemble((_count(verdict), "bold"), _earliest(verdict)), _next(verdict)])


def _count(verdict: Verdict) -> str:
    if verdict.status == "see-clinician":
        return "The red flag comes first"
    if any(rule.id == "symptom-free-week" for rule in verdict.rules):
        needed = verdict.symptom_free_needed
        return f"Day {min(verdict.symptom_free_days, needed)} of {needed}"
    if verdict.status == "rest-day":
        return "Rest day"
    clear = verdict.symptom_free_days
    return f"{clear} clear day{'' if clear == 1 else 's'} in a row"


def _earliest(verdict: Verdict) -> str:
    """The date, unless a red flag stands before it."""
    if verdict.status == "see-clinician" or verdict.earliest_date is None:
        return ""
    return f" · earliest {short_day(verdict.earliest_date, verdict.day)}"


def _next(verdict: Verdict) -> Content:
    if verdict.status == "see-clinician":
        return Content.assemble(("r", "bold $primary"), (" says what to do", MUTED))
    if verdict.fillable:
        count = len(verdict.fillable)
        days = "1 day" if count == 1 else f"{count} days"
        return Content.assemble((f"{days} can still be filled in: ", MUTED), ("r", "bold $primary"))
    if verdict.stage:
        return Content.styled(f"Stage {verdict.stage.number} comes next", MUTED)
    return legend(verdict.days[-DAYS_SHOWN - 1 :])


def _stage(stage: StageNow | None, programme: Programme) -> str:
    if stage is None:
        return ""
    return f"Stage {stage.number} of {len(programme.stages)}: {programme.stages[stage.number - 1]}"


def legend(days: Sequence[DayLine]) -> Content:
    """The signs that are there, with their words."""
    seen = {line.state for line in days}
    found = [sign for state, sign in DAY_SIGNS.items() if state in seen]
    parts = [Content.assemble((sign.shape, sign.colour), (f" {sign.word}", MUTED)) for sign in found]
    return Content("  ").join(parts)
