"""A pair of shoes in a few lines: how far it has come towards each limit, and which one it reaches first."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct
from textual.content import Content

from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.shoes import ShoeState, ShoeWear
from kneejournal.domain.text import clean
from kneejournal.domain.units import Units, show_distance

NARROW_BAR = 8
WIDE_BAR = 48
BESIDE_THE_BAR = 43
"""Cells that the words before and after a bar take."""
FULL, EMPTY = "━", "─"
MUTED = "$foreground-muted"


class ShoeSign(NamedTuple):
    """How a state of shoes looks."""

    shape: str
    word: str
    colour: str


SHOE_SIGNS: dict[ShoeState, ShoeSign] = {
    "ok": ShoeSign("●", "in order", "$text-success"),
    "soon": ShoeSign("◐", "to be replaced soon", "$text-warning"),
    "retire": ShoeSign("✗", "past the limit: retire", "$text-error"),
    "unknown": ShoeSign("?", "age unknown", "$text-warning"),
    "retired": ShoeSign("–", "retired", MUTED),
}


class ShoeBars(Struct, frozen=True):
    """Draws pairs, in `units`, as seen from `today`."""

    thresholds: Thresholds
    units: Units
    today: date
    room: int = 80
    """Cells there are for a line."""

    def block(self, wear: ShoeWear, name_width: int) -> Content:
        """The lines of one pair; `name_width`: cells up to the state, so that those of all pairs stand in line."""
        lines = [self._first(wear, name_width)]
        if wear.status == "retired":
            lines.append(Content(f"  {self._distance(wear)}"))
            return Content("\n").join(lines).stylize(MUTED)
        if wear.shoe.shoe_kind == "running":
            done = wear.distance_m / self.thresholds.shoe_limit_m
            limit = show_distance(self.thresholds.shoe_limit_m, self.units).replace(".0 ", " ")
            said = f"{self._distance(wear).split()[0]} of {limit}"
            lines.append(self._bar(self.units, done, said, wear, "distance"))
        lines.append(self._age_bar(wear))
        lines += self._last(wear)
        return Content("\n").join(lines)

    def _first(self, wear: ShoeWear, name_width: int) -> Content:
        sign, shoe = SHOE_SIGNS[wear.status], wear.shoe
        mark = "▸ " if shoe.default else "  "
        name = Content(clean(shoe.name))
        gap = " " * max(2, name_width - name.cell_length + 2)
        word = sign.word
        if shoe.retired_on:
            word = f"retired {short_day(shoe.retired_on, self.today)}"
        said = Content.assemble((mark, "$primary"), name.stylize("bold"), gap, (f"{sign.shape} {word}", sign.colour))
        kind = "for my runs" if shoe.default else "everyday" if shoe.shoe_kind == "everyday" else ""
        return Content.assemble(said, (f", {kind}" if kind else "", MUTED))

    def _age_bar(self, wear: ShoeWear) -> Content:
        if wear.since is None or wear.age_days is None or wear.age_limit_date is None:
            return Content.styled("  age  unknown: neither first worn nor bought is written", MUTED)
        months = self.thresholds.shoe_limit_months
        done = wear.age_days / max(1, (wear.age_limit_date - wear.since).days)
        said = f"{done * months:.1f} of {months} months"
        return self._bar("age", done, said, wear, "age")

    def _last(self, wear: ShoeWear) -> Iterator[Content]:
        said = []
        if wear.limit_date:
            when = "was reached" if wear.limit_date <= self.today else "is reached"
            said.append(f"limit {when} {short_day(wear.limit_date, self.today)}")
        if wear.shoe.fitted_on:
            said.append(f"fitted {short_day(wear.shoe.fitted_on, self.today)}")
        if said:
            yield Content.styled("  " + " · ".join(said), MUTED)

    def _bar(self, name: str, done: float, said: str, wear: ShoeWear, limit: Literal["distance", "age"]) -> Content:
        width = min(WIDE_BAR, max(NARROW_BAR, self.room - BESIDE_THE_BAR))
        colour, binds = _colour(wear), wear.limit == limit
        full = min(width, int(done * width))
        is_one_of_two = wear.shoe.shoe_kind == "running"
        return Content.assemble(
            (f"  {name:<5}", MUTED),
            (FULL * full, colour if binds else "$foreground"),
            (EMPTY * (width - full), "$border"),
            (f"  {said}", "" if binds else MUTED),
            ("  ◂ comes first" if binds and is_one_of_two else "", f"bold {colour}"),
        )

    def _distance(self, wear: ShoeWear) -> str:
        return show_distance(wear.distance_m, self.units)


def _colour(wear: ShoeWear) -> str:
    """The colour of the bar that binds."""
    return {"retire": "$text-error", "soon": "$text-warning"}.get(wear.status, "$primary")
