"""What is seen of a session: the figure, a large count, and what it counts."""

from collections.abc import Callable

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.figure import Movement, Side
from kneejournal.domain.text import clean, clean_line
from kneejournal.widgets.figure import Figure
from kneejournal.widgets.large_count import LargeCount

MUTED = "$foreground 60%"
FRAMES_A_SECOND = 10
"""Fewer than elsewhere: the figure is larger, and moves for half an hour."""
LINES = ("where", "name", "place", "what", "unit", "hint", "next")


class Cue(Struct, frozen=True, kw_only=True):
    """What a session shows at one moment; each a line, empty for none."""

    where: str
    """What is played, and how much of it is left."""
    share: float
    """How much of the session is behind, 0 to 1."""
    name: str
    place: str = ""
    """Which set, which side."""
    what: str = ""
    """What to do now, in a word or two."""
    count: str = ""
    """Digits and colons only: it is written large."""
    unit: str = ""
    """What is counted."""
    hint: str = ""
    next: str = ""
    is_work: bool = False


class SessionView(Vertical):
    """Shows one cue at a time, and writes only what is not as it was."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock`: the time of the figure, seconds."""
        super().__init__()
        self._clock = clock
        self._cue: Cue | None = None
        self._said = ""
        self._bar = (0, 0)
        """Columns of the bar that are behind, and all of them."""

    def compose(self) -> ComposeResult:
        yield Static(id="session-where")
        yield Static(id="session-bar")
        with Horizontal(id="session-body"):
            yield Figure(clock=self._clock, frames_a_second=FRAMES_A_SECOND)
            with Vertical(id="session-count"):
                yield Static(id="session-name")
                yield Static(id="session-place")
                yield Static(id="session-what")
                yield LargeCount(id="session-digits")
                yield Static(id="session-unit")
                yield Static(id="session-hint")
        yield Static(id="session-say")
        yield Static(id="session-next")

    def on_resize(self) -> None:
        self._draw_bar()

    def show_figure(self, movement: Movement | None, side: Side | None) -> None:
        """Show a figure from the beginning; without one the count has the whole width."""
        self.set_class(movement is None, "-bare")
        self.query_one(Figure).show(movement, side, began=0.0)

    def show(self, cue: Cue) -> None:
        before, self._cue = self._cue, cue
        for line in LINES:
            if before is None or getattr(before, line) != getattr(cue, line):
                self._write(line, getattr(cue, line))
        if before is None or before.count != cue.count:
            digits = self.query_one(LargeCount)
            digits.value = cue.count
            digits.display = bool(cue.count)
        self.set_class(cue.is_work, "-work")
        self.set_class(not cue.count, "-over")
        self._draw_bar()

    def say(self, text: str) -> None:
        """A sentence or two that stay until the next one."""
        if text != self._said:
            self._said = text
            self.query_one("#session-say", Static).update(Content(clean(text)))

    def _write(self, line: str, text: str) -> None:
        widget = self.query_one(f"#session-{line}", Static)
        widget.update(Content(clean_line(text)))
        widget.set_class(not text, "-empty")

    def _draw_bar(self) -> None:
        bar = self.query_one("#session-bar", Static)
        done, width = round(self._cue.share * bar.size.width) if self._cue else 0, bar.size.width
        if (done, width) != self._bar:
            self._bar = done, width
            bar.update(Content.assemble(("━" * done, "$primary"), ("─" * (width - done), MUTED)))
