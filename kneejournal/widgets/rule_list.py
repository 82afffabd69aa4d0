"""The rules of the verdict, each with its mark, its sentence, its days and where it comes from."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.days import DAY, day_list, short_day
from kneejournal.domain.reasons import RuleResult
from kneejournal.domain.text import clean

MARKS = {True: ("✓", "met"), False: ("✗", "not met")}
SOURCES = {"article": "article", "default": "default", "setting": "your setting"}


class RuleRow(HorizontalGroup):
    """One rule."""

    def __init__(self, rule: RuleResult) -> None:
        super().__init__(classes="-holds" if rule.holds else "-breaks")
        self.rule = rule

    def compose(self) -> ComposeResult:
        rule = self.rule
        sign, word = MARKS[rule.holds]
        yield Static(Content(f"{sign} {word}"), classes="rule-mark")
        with VerticalGroup():
            with HorizontalGroup():
                yield Static(Content(clean(rule.title)), classes="rule-title")
                yield Static(Content(SOURCES[rule.source]), classes="rule-source")
            days = (f"  {days_beside(rule)}", "$foreground-muted")
            yield Static(Content.assemble(clean(rule.text), days), classes="rule-text")


class RuleList(VerticalGroup):
    """Every rule, the weightiest first."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[RuleResult, ...] = ()

    def show(self, rules: Sequence[RuleResult]) -> None:
        """Show `rules`; nothing is touched when they are shown already."""
        if tuple(rules) == self._shown:
            return
        self._shown = tuple(rules)
        with self.app.batch_update():
            self.remove_children()
            self.mount_all(RuleRow(rule) for rule in rules)


def days_beside(rule: RuleResult) -> str:
    """The days of a rule, unless its sentence names them all."""
    if all(short_day(day) in rule.text for day in rule.days):
        return ""
    return day_span(rule.days)


def day_span(days: Sequence[date]) -> str:
    """Days in a row by the first and the last of them, others one by one."""
    in_a_row = all(later - earlier == DAY for earlier, later in pairwise(days))
    if len(days) > 2 and in_a_row:
        return f"{short_day(days[0])} to {short_day(days[-1])}"
    return day_list(days)
