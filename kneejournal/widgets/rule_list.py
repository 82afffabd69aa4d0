"""The rules of the verdict, each with its mark, its sentence, its days and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from kneejournal.domain.days import DAY, day_list, short_day
from kneejournal.domain.reasons import RuleResult
from kneejournal.domain.text import clean

MARKS = {True: ("✓", "met"), False: ("✗", "not met")}
SOURCES = {"article": "article", "default": "default", "setting": "your setting"}


class RuleRow(HorizontalGroup, can_focus=True):
    """One rule. The arrows go to the next one; enter or a click asks what is behind it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "learn", "What is behind it"),
        Binding("up", "app.focus_previous", "Rule before", show=False),
        Binding("down", "app.focus_next", "Rule after", show=False),
    ]

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

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_learn()

    def action_learn(self) -> None:
        self.post_message(RuleList.Asked(self.rule))


class RuleList(VerticalGroup):
    """Every rule, the weightiest first."""

    @dataclass
    class Asked(Message):
        """Somebody wants to read what is behind a rule."""

        rule: RuleResult

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[RuleResult, ...] = ()

    def show(self, rules: Sequence[RuleResult]) -> None:
        """Show `rules`; nothing is touched when they are shown already. The focus stays on its rule."""
        if tuple(rules) == self._shown:
            return
        self._shown = tuple(rules)
        focused = self.screen.focused
        kept = focused.rule.id if isinstance(focused, RuleRow) else None
        rows = [RuleRow(rule) for rule in rules]
        with self.app.batch_update():
            self.remove_children()
            self.mount_all(rows)
        for row in rows:
            if row.rule.id == kept:
                row.focus()


def days_beside(rule: RuleResult) -> str:
    """The days of a rule, unless its sentence names them all."""
    if all(short_day(day) in rule.text for day in rule.days):
        return ""
    return day_span(rule.days)


def day_span(days: Sequence[date]) -> str:
    """Days in a row by the first and the last of them, others one by one."""
    in_a_row = all(later - earlier == DAY for earlier, later in pairwise(days))
    if len(days) > 2 and in_a_row:
        return day_range(days[0], days[-1])
    return day_list(days)


def day_range(first: date, last: date) -> str:
    """Two days, the month named once where it is the same."""
    begin = short_day(first, last)
    if (first.year, first.month) == (last.year, last.month):
        begin = begin.rpartition(" ")[0]
    return f"{begin} to {short_day(last)}"
