"""The charts of the pain journal: which of them are shown, of how many days, and which day is highlighted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalGroup
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from kneejournal.domain.case import Case
from kneejournal.domain.day_states import Days
from kneejournal.domain.programme import Programme
from kneejournal.domain.series import Series, count_symptoms, read_series
from kneejournal.domain.snapshot import Snapshot
from kneejournal.widgets.chart_bar import ChartBar
from kneejournal.widgets.day_picture import DayPicture
from kneejournal.widgets.heat_map import HeatMap
from kneejournal.widgets.pain_chart import SPANS, PainChart
from kneejournal.widgets.symptom_counts import SymptomList

Room = Literal["none", "one", "above", "all"]
"""No charts; one chart instead of the entries; one above them; all of them above."""

CHARTS = ("chart", "calendar", "symptoms")
VIEWS = (("charts", "Charts"), ("chart", "Chart"), ("calendar", "Calendar"), ("symptoms", "Symptoms"))
ENTRIES = ("entries", "Entries")
Value = TypeVar("Value")
SHORTEST, SHORT, HIGH, WIDE = 10, 20, 34, 100


class JournalCharts(VerticalGroup):
    """A line to choose by, and below it what was chosen; what is chosen stays so while the app runs."""

    view: reactive[str] = reactive(CHARTS[0], init=False)
    span: reactive[int] = reactive(SPANS[0], init=False)
    room: reactive[Room] = reactive[Room]("above", init=False)

    @dataclass
    class Arranged(Message):
        """Something else is shown, so that the entries may have to make room."""

    def __init__(self) -> None:
        super().__init__(id="journal-charts")
        self._series = Series()
        self._days = Days.none()
        self._programme: Programme | None = None
        self._both_knees = False

    def compose(self) -> ComposeResult:
        yield ChartBar((*VIEWS, ENTRIES), [(str(span), str(span)) for span in SPANS])
        yield PainChart()
        with Horizontal(id="journal-more"):
            yield HeatMap()
            yield SymptomList()

    @property
    def views(self) -> tuple[str, ...]:
        """What there is room to choose from."""
        return ("charts", "entries") if self.room == "all" else (*CHARTS, "entries")

    @property
    def hides_entries(self) -> bool:
        """Whether a chart stands in the place of the entries."""
        return self.room == "one" and self.view != "entries" and not self._series.is_empty

    @property
    def offers(self) -> bool:
        """Whether there is anything to draw, and room for it."""
        return self.room != "none" and not self._series.is_empty

    def show(self, snapshot: Snapshot, case: Case, programme: Programme) -> None:
        """Draw the days of `case`, read from `snapshot`, and count their symptoms in the words of `programme`.

        A journal longer than the shortest span opens with the next one, so that its beginning is in view.
        """
        is_first = self._series.is_empty
        self._days, self._programme = case.days, programme
        self._series = read_series(case.days, snapshot.log, snapshot.profile.thresholds, case.today)
        self._both_knees = len({knee.side for knee in snapshot.profile.knees}) > 1
        self.query_one(HeatMap).show(self._series)
        began = self._series.began
        if is_first and began and (case.today - began).days >= SPANS[0]:
            self.set_reactive(JournalCharts.span, SPANS[1])
        self._show_span()
        self._arrange()

    def mark(self, day: date | None) -> None:
        """Highlight a day in every chart."""
        for picture in self.query(DayPicture):
            picture.mark(day)

    def fit(self, size: Size) -> None:
        """Show as much as a terminal of `size` has room for."""
        if size.height < SHORT:
            self.room = "none" if size.height < SHORTEST else "one"
        else:
            self.room = "all" if size.height >= HIGH and size.width >= WIDE else "above"

    def go_on(self, what: Literal["view", "span"]) -> None:
        """Show the next view, or the next number of days."""
        if what == "span":
            self.span = _after(SPANS, self.span)
        else:
            self.view = _after(self.views, self._view_here).replace("charts", CHARTS[0])

    def make_way(self) -> None:
        """Show the entries if a chart stands in their place."""
        if self.hides_entries:
            self.view = "entries"

    def watch_view(self) -> None:
        self._arrange()

    def watch_span(self) -> None:
        self._show_span()
        self._arrange()

    def watch_room(self) -> None:
        self._arrange()

    @on(ChartBar.Chosen)
    def _chosen(self, event: ChartBar.Chosen) -> None:
        event.stop()
        if event.group == "view":
            self.view = event.value.replace("charts", CHARTS[0])
        elif event.value == str(self.span):
            self.go_on("span")
        else:
            self.span = int(event.value)

    @property
    def _view_here(self) -> str:
        return "charts" if self.room == "all" and self.view != "entries" else self.view

    def _show_span(self) -> None:
        if self._programme is None:
            return
        counts = count_symptoms(self._days, self._series.today, self.span)
        self.query_one(PainChart).show_span(self._series, self.span, both_knees=self._both_knees)
        self.query_one(SymptomList).show(counts, self._programme)

    def _arrange(self) -> None:
        here = self._view_here
        shown = CHARTS if here == "charts" else (here,)
        self.display = self.offers
        self.query_one(PainChart).display = "chart" in shown
        heat_map = self.query_one(HeatMap)
        heat_map.display, heat_map.says_day = "calendar" in shown, "chart" not in shown
        heat_map.draw_again()
        self.query_one(SymptomList).display = "symptoms" in shown
        self.query_one("#journal-more").display = "calendar" in shown or "symptoms" in shown
        has_span = "chart" in shown or "symptoms" in shown
        self.query_one(ChartBar).show(self.views, here, str(self.span) if has_span else None)
        self.set_class(here == "entries", "-entries")
        self.post_message(self.Arranged())


def _after(values: Sequence[Value], here: Value) -> Value:
    return values[(values.index(here) + 1) % len(values)]
