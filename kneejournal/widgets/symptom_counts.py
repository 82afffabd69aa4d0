"""Which symptoms were written on painful days, as counts of days."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from kneejournal.domain.programme import Programme
from kneejournal.domain.records import RED_FLAGS
from kneejournal.domain.series import SymptomCounts
from kneejournal.widgets.day_signs import DAY_SIGNS

MUTED = "$foreground-muted"
FULL, EMPTY = "━", "─"
SHORTEST_BAR, LONGEST_BAR = 5, 30
FLAG = "⚑"


class SymptomList(Widget):
    """The most frequent first; it says how many painful days there were, and that a count is no cause."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[SymptomCounts, Programme] | None = None

    def show(self, counts: SymptomCounts, programme: Programme) -> None:
        """Show `counts`, in the words of `programme`."""
        self._shown = (counts, programme)
        self.refresh()

    def render(self) -> Content:
        if self._shown is None:
            return Content("")
        return Content("\n").join(count_lines(*self._shown, self.size.width, self.size.height))


def count_lines(counts: SymptomCounts, programme: Programme, width: int, height: int) -> list[Content]:
    """At most `height` lines of `width` cells."""
    head = [Content.styled(_headline(counts), MUTED)]
    foot = [Content.styled("Counts of days, never causes.", MUTED)] if counts.painful else []
    rows = list(_rows(counts, programme))
    room = max(0, height - len(head) - len(foot))
    if len(rows) > room:
        foot = [Content.styled(f"{len(rows) - room} more. Counts, never causes.", MUTED)]
        rows = rows[:room]
    label = max(0, min(max((len(name) for name, _ in rows), default=0), width - SHORTEST_BAR - 7))
    lines = [_line(name, days, counts.painful, label, width) for name, days in rows]
    return [*head, *lines, *foot][:height]


def _headline(counts: SymptomCounts) -> str:
    if not counts.painful:
        return f"No pain was written in the last {counts.length} days."
    days = "day" if counts.painful == 1 else "days"
    return f"Written on {counts.painful} painful {days} of {counts.length}:"


def _rows(counts: SymptomCounts, programme: Programme) -> Iterator[tuple[str, int]]:
    for code, days in counts.symptoms:
        flag = f"{FLAG} " if code in RED_FLAGS else ""
        yield f"{flag}{programme.label(code)}", days
    if counts.medicine:
        yield f"{DAY_SIGNS['masked'].shape} Pain medicine", counts.medicine


def _line(name: str, days: int, painful: int, label: int, width: int) -> Content:
    """The days, their name, and a bar of their share of the painful ones."""
    shown = name if len(name) <= label else f"{name[: max(0, label - 1)]}…"
    bar = max(0, min(LONGEST_BAR, width - label - 7))
    full = min(bar, max(1, round(bar * days / painful)))
    return Content.assemble(
        (f"{days:>4}", "bold"), f"  {shown:<{label}} ", (FULL * full, "$primary"), (EMPTY * (bar - full), "$border")
    )
