"""The days that can still be filled in, one of them highlighted."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.case import Fillable
from kneejournal.domain.days import short_day


class FillStrip(Static):
    """Days side by side; hidden when there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[Fillable, ...] = ()
        self._place = 0

    @property
    def chosen(self) -> Fillable | None:
        return self._days[self._place] if self._days else None

    def show(self, days: Sequence[Fillable]) -> None:
        """Show `days`, oldest first; the oldest is highlighted unless a later one was and still is there."""
        before = self.chosen
        self._days = tuple(days)
        self._place = self._days.index(before) if before in self._days else 0
        self._paint()

    def move(self, step: int) -> None:
        """Highlight the next day, or the one before."""
        self._place = max(0, min(self._place + step, len(self._days) - 1))
        self._paint()

    def _paint(self) -> None:
        if self.chosen is None:
            self.update("")
            return
        names = [_name(fill, is_chosen=fill == self.chosen) for fill in self._days]
        day, until = short_day(self.chosen.day), short_day(self.chosen.until)
        self.update(
            Content("\n").join(
                [
                    Content.assemble("Still to be filled in: ", Content(" ").join(names)),
                    Content.assemble(("f ", "bold $primary"), f" {day}: it was fine, all day (until {until})"),
                    Content.assemble(("F ", "bold $primary"), f" {day}: it was not, or there is more to say"),
                ]
            )
        )


def _name(fill: Fillable, *, is_chosen: bool) -> Content:
    """A day that no line break divides."""
    day = short_day(fill.day).replace(" ", "\u00a0")
    return Content.styled(
        f"▸{day}" if is_chosen else f"\u00a0{day}", "bold $primary" if is_chosen else "$foreground-muted"
    )
