"""What was measured, against what, and whether the target was reached."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal


@dataclass(frozen=True)
class Samples:
    """Measured values by name: seconds, or bytes."""

    found: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, value: float) -> None:
        self.found[name].append(value)

    def update(self, more: Mapping[str, list[float]]) -> None:
        for name, values in more.items():
            self.found[name].extend(values)

    def figure(self, name: str) -> "Figure | None":
        """What was measured under `name`; where it ends with `*`, the slowest of those that begin so."""
        return max((Figure.of(self.found[each]) for each in self.found if _is_meant(name, each)), default=None)


def _is_meant(name: str, each: str) -> bool:
    return each.startswith(name[:-1]) if name.endswith("*") else each == name


@dataclass(frozen=True, order=True)
class Figure:
    """One measured work: its median, and the least that it took."""

    median: float
    least: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Figure":
        return cls(median(values), min(values))


@dataclass(frozen=True)
class Target:
    """`ratio`: at most so many times the anchor. `most`: at most so much. `growth`: times the figure at one year."""

    kind: Literal["ratio", "most", "growth"]
    value: float


@dataclass(frozen=True)
class Work:
    """One kind of work. `name` and `anchor` name samples; `against` says what the anchor is."""

    what: str
    name: str
    against: str
    anchor: str
    year: Target | None
    ten: Target | None
    unit: Literal["ms", "MB"] = "ms"

    def shown(self, figure: float) -> str:
        value = figure * (1e3 if self.unit == "ms" else 1e-6)
        return f"{value:.0f} {self.unit}" if value >= 100 else f"{value:.3g} {self.unit}"


@dataclass(frozen=True)
class Row:
    """A work at one length of the journal, against its anchor, or against itself at one year."""

    work: Work
    length: str
    figure: Figure
    target: Target | None
    against: str = ""
    anchor: Figure | None = None

    @property
    def ratio(self) -> float | None:
        return self.figure.median / self.anchor.median if self.anchor else None

    @property
    def is_reached(self) -> bool | None:
        """None where there is no target, or nothing to hold it against."""
        if self.target is None:
            return None
        if self.target.kind == "most":
            return self.figure.median <= self.target.value
        return None if self.ratio is None else self.ratio <= self.target.value

    @property
    def limit(self) -> str:
        if self.target is None:
            return ""
        if self.target.kind == "most":
            return f"≤ {self.work.shown(self.target.value)}"
        return f"≤ {self.target.value:g}"

    def cells(self) -> tuple[str, ...]:
        return (
            self.work.what,
            self.length,
            self.work.shown(self.figure.median),
            f"{self.against} {self.work.shown(self.anchor.median)}" if self.anchor else "",
            "" if self.ratio is None else f"{self.ratio:.2f}",
            self.limit,
            {True: "reached", False: "**missed**", None: ""}[self.is_reached],
        )


HEAD = ("work", "journal", "median", "against", "ratio", "target", "")


def rows(works: Sequence[Work], year: Samples, ten: Samples) -> list[Row]:
    """A row for each work and length that was measured."""
    found = []
    for work in works:
        for length, samples, target in (("one year", year, work.year), ("ten years", ten, work.ten)):
            figure = samples.figure(work.name)
            against, anchor = work.against, samples.figure(work.anchor)
            if target and target.kind == "growth":
                against, anchor = "one year", year.figure(work.name)
            if figure is not None:
                found.append(Row(work, length, figure, target, against, anchor))
    return found


def as_text(found: Sequence[Row]) -> str:
    """The table, and the least that each work and its anchor took: on a busy machine that is what can be believed."""
    lines = [(*HEAD[:-1], "", "least"), *((*row.cells(), _least(row)) for row in found)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _least(row: Row) -> str:
    least = row.work.shown(row.figure.least)
    return f"{least} ({row.figure.least / row.anchor.least:.2f})" if row.anchor else least


def as_markdown(found: Sequence[Row]) -> str:
    lines = [HEAD, ("---",) * len(HEAD), *(row.cells() for row in found)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
