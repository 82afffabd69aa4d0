"""Draws the pain chart of the report as SVG that is read without colours too."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from markupsafe import Markup

from kneejournal.domain.series import DayPain

WIDTH, HEIGHT = 700, 157
LEFT = 84
"""Where the days begin: the labels of the table below the chart take as much of its width."""
TOP, BASE = 14, 124
RUN_ROW, MEDICINE_ROW = 138, 151
WORD = 46
"""What the word at a setback takes; where the next one begins before its end, the line stands alone."""
WORST = 10
"""The scale is fixed, so that two reports can be laid side by side."""

INK, MUTED, FAINT, BAR, LINE, PAPER = "#16211f", "#5b6664", "#d9dedd", "#9aa8a6", "#0b4f52", "#ffffff"
"""The colours of print. A dark screen has others, through the classes of the page."""


def pain_chart(
    days: Sequence[DayPain], setbacks: Collection[date], flags: Collection[date], medicine: Collection[date]
) -> Markup:
    """The worst pain of each day as a bar from 0 to 10, its seven-day mean as a line; a day without a number is shaded.

    Only numbers and words of our own are in it. Looks are attributes first, which every printer of SVG understands.
    """
    chart = _Chart(days)
    parts = [
        *chart.gaps(), *chart.scale(), *chart.bars(), *chart.mean(), *chart.zeros(), *chart.runs(),
        *chart.signs(medicine, MEDICINE_ROW, "m"), *chart.signs(flags, TOP + 8, "!"), *chart.falls(setbacks),
    ]  # fmt: skip
    label = f"Worst pain of each of the last {len(days)} days, 0 to 10"
    head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}" font-size="9.5">'
    return Markup("\n".join([head, _HATCH, *parts, "</svg>"]))


class _Chart:
    """Places on the chart, and what is drawn there."""

    def __init__(self, days: Sequence[DayPain]) -> None:
        self.days = days
        self.step = (WIDTH - LEFT) / len(days)
        self.bar = min(self.step * 0.64, 12.0)
        self.places = {day.day: LEFT + self.step * (number + 0.5) for number, day in enumerate(days)}

    def height(self, score: float) -> float:
        return BASE - (BASE - TOP) * score / WORST

    def scale(self) -> Iterator[str]:
        for score in range(0, WORST + 1, 2):
            y = self.height(score)
            yield f'<path class="faint" d="M{LEFT} {y:.1f}H{WIDTH}" stroke="{FAINT}" stroke-width="0.7" fill="none"/>'
            yield _text(LEFT - 6, y + 3, str(score), MUTED, "end")
        for number in range(7, len(self.days), 7):
            x = LEFT + self.step * number
            yield (f'<path class="faint" d="M{x:.1f} {TOP}V{HEIGHT}" stroke="{FAINT}" stroke-width="0.7" fill="none"/>')
        yield f'<path class="ink" d="M{LEFT} {BASE}H{WIDTH}" stroke="{INK}" stroke-width="1" fill="none"/>'
        yield _text(0, RUN_ROW + 1, "runs", MUTED)
        yield _text(0, MEDICINE_ROW + 1, "pain medicine", MUTED)
        yield _text(0, TOP + 8, "worst pain", MUTED)
        yield _text(0, TOP + 19, "of the day", MUTED)

    def gaps(self) -> Iterator[str]:
        for day in self.days:
            if day.worst is None:
                at = f'x="{self.places[day.day] - self.step / 2:.1f}" width="{self.step:.2f}"'
                yield f'<rect {at} y="{TOP}" height="{BASE - TOP}" fill="url(#no-number)"/>'

    def bars(self) -> Iterator[str]:
        for day in self.days:
            if day.worst:
                x, y = self.places[day.day], self.height(day.worst)
                at = f'x="{x - self.bar / 2:.1f}" y="{y:.1f}" width="{self.bar:.2f}" height="{BASE - y:.1f}"'
                look = f'class="late" fill="{PAPER}" {_DASHED}' if day.is_late else f'class="bar" fill="{BAR}"'
                yield f"<rect {at} {look}/>"

    def zeros(self) -> Iterator[str]:
        radius = min(2.1, self.step * 0.4)
        for day in self.days:
            if day.worst == 0:
                look = f'class="late" {_DASHED}' if day.is_late else f'class="zero" stroke="{INK}" stroke-width="0.8"'
                at = f'cx="{self.places[day.day]:.1f}" cy="{BASE}" r="{radius:.1f}"'
                yield f'<circle {at} fill="{PAPER}" {look}/>'

    def mean(self) -> Iterator[str]:
        for run in self._unbroken():
            points = " ".join(f"{self.places[day.day]:.1f},{self.height(day.mean or 0):.1f}" for day in run)
            for name, colour, width in (("halo", PAPER, 4.6), ("mean", LINE, 2)):
                yield (
                    f'<polyline class="{name}" points="{points}" fill="none" stroke="{colour}" '
                    f'stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round"/>'
                )

    def runs(self) -> Iterator[str]:
        size = min(self.step * 0.42, 3.6)
        for day in self.days:
            if day.ran:
                x = self.places[day.day]
                at = f"M{x:.1f} {RUN_ROW - 6}l{size:.1f} 7h{-2 * size:.1f}z"
                yield f'<path class="fill" d="{at}" fill="{INK}"/>'

    def signs(self, days: Collection[date], y: float, sign: str) -> Iterator[str]:
        for day in days:
            if day in self.places:
                yield _text(self.places[day], y + 1, sign, INK, "middle", bold=True)

    def falls(self, days: Collection[date]) -> Iterator[str]:
        named = 0.0
        for day in sorted(days):
            if day not in self.places:
                continue
            x = self.places[day] - self.step / 2
            yield (
                f'<path class="ink" d="M{x:.1f} {TOP - 8}V{BASE}" stroke="{INK}" stroke-width="1.1" '
                'stroke-dasharray="4 2.5" fill="none"/>'
            )
            if named <= x < WIDTH - WORD:
                named = x + WORD
                yield _text(x + 3, TOP - 4, "setback", INK)

    def _unbroken(self) -> list[list[DayPain]]:
        """The stretches of days that all have a mean."""
        found: list[list[DayPain]] = [[]]
        for day in self.days:
            if day.mean is None:
                found.append([])
            else:
                found[-1].append(day)
        return [stretch for stretch in found if stretch]


def _text(x: float, y: float, words: str, colour: str, anchor: str = "start", *, bold: bool = False) -> str:
    name = "words" if colour == INK else "muted-fill"
    weight = ' font-weight="700"' if bold else ""
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{weight}>{words}</text>'


_DASHED = f'stroke="{MUTED}" stroke-width="1" stroke-dasharray="2 1.4"'
_HATCH = f"""<defs>
<pattern id="no-number" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<path class="faint" d="M0 0V4" stroke="{FAINT}" stroke-width="2.4"/></pattern></defs>"""
