"""The worst pain of each day as a chart, with its mean and the runs."""

from collections.abc import Sequence
from typing import ClassVar

from kneejournal.domain.series import Series
from kneejournal.widgets.day_picture import DayPicture
from kneejournal.widgets.pain_marks import Cell
from kneejournal.widgets.pain_plot import PainPlot

SPANS = (30, 90, 365)


class PainChart(DayPicture):
    """Thirty days, ninety, or a year; a click on a column picks the worst day in it."""

    PREFIX = "pain-chart"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pain-chart--muted",
        "pain-chart--said",
        "pain-chart--gap",
        "pain-chart--zero",
        "pain-chart--sign",
        "pain-chart--mild",
        "pain-chart--moderate",
        "pain-chart--severe",
        "pain-chart--mean",
        "pain-chart--over-mild",
        "pain-chart--over-moderate",
        "pain-chart--over-severe",
        "pain-chart--run",
        "pain-chart--here",
    }

    def __init__(self) -> None:
        super().__init__()
        self._span = SPANS[0]
        self._both_knees = False

    def show_span(self, series: Series, span: int, *, both_knees: bool) -> None:
        """Draw the last `span` days; `both_knees` when the numbers are the worse one of two."""
        self._span, self._both_knees = span, both_knees
        self.show(series)

    def draw(self, width: int, height: int) -> Sequence[Sequence[Cell]]:
        return PainPlot(
            days=self.series.last(self._span),
            began=self.series.began,
            width=width,
            height=height,
            marked=self.marked,
            both_knees=self._both_knees,
        ).lines()
