"""Draws the contact sheet of all moving figures: `python .readme/make_figures.py` writes `.readme/figures.svg`."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from kneejournal.domain.figure import Movement
from kneejournal.domain.figure_shapes import INKS
from kneejournal.figures import load_movement
from kneejournal.library import load_programme
from kneejournal.paths import packaged
from kneejournal.theme import DARK, LIGHT
from kneejournal.widgets.figure_frames import Frames

COLUMNS, ROWS = 40, 14
"""Cells of one picture: those of today's screen at 120x40."""
DOT = 3
"""From dot to dot, in the units of the drawing."""
ACROSS = 2
GAP, EDGE, TITLE = 16, 24, 26
WIDTH, HEIGHT = COLUMNS * 2 * DOT, ROWS * 4 * DOT
OTHERS = {
    "plank-knees": "Plank, from the knees",
    "plank-full": "Plank, full",
    "side-plank-full": "Side plank, legs long",
    "walking": "Walking",
    "running": "Running",
    "icing": "Icing, with the leg up",
}
"""What the figures are called that are not an exercise of their own."""


def main() -> None:
    content = packaged("content")
    names = {exercise.id: exercise.name for exercise in load_programme(content).exercises} | OTHERS
    cards = [_card(load_movement(content, name), title) for name, title in names.items()]
    (Path(__file__).parent / "figures.svg").write_text(_sheet(cards), encoding="utf-8")


def _sheet(cards: list[str]) -> str:
    card_width, card_height = 2 * WIDTH + GAP, HEIGHT + TITLE
    width = ACROSS * (card_width + EDGE) + EDGE
    height = -(-len(cards) // ACROSS) * (card_height + EDGE) + EDGE
    placed = "\n".join(
        f'<g transform="translate({EDGE + place % ACROSS * (card_width + EDGE)} '
        f'{EDGE + place // ACROSS * (card_height + EDGE)})">\n{card}\n</g>'
        for place, card in enumerate(cards)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">\n'
        f"<title>The exercises that move: each in its first and in its most telling pose</title>\n"
        f"<style>{_style()}</style>\n"
        f'<rect class="sheet" width="{width}" height="{height}" rx="8"/>\n{placed}\n</svg>\n'
    )


def _style() -> str:
    """Both themes of the journal; the dark one where the reader's page is dark."""
    rules = f"path{{fill:none;stroke-width:{0.8 * DOT:g};stroke-linecap:round;stroke-dasharray:0 {DOT}}}"
    rules += "text{font:600 15px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}"
    return rules + _colours(LIGHT) + f"@media(prefers-color-scheme:dark){{{_colours(DARK)}}}"


def _colours(theme: object) -> str:
    ink, accent, prop, paper = (getattr(theme, name) for name in ("foreground", "primary", "secondary", "background"))
    strokes = {"ground": (ink, 0.4), "prop": (prop, 1), "far": (ink, 0.5), "body": (ink, 1), "working": (accent, 1)}
    rules = "".join(f".{name}{{stroke:{colour};opacity:{opacity}}}" for name, (colour, opacity) in strokes.items())
    return f"{rules}.sheet{{fill:{paper}}}text{{fill:{ink}}}"


def _card(movement: Movement, title: str) -> str:
    frames = Frames(movement, None, (COLUMNS, ROWS), 12)
    pictures = [
        f'<g transform="translate({place * (WIDTH + GAP)} {TITLE})">{"".join(_paths(frames, seconds))}</g>'
        for place, seconds in enumerate((0, movement.still_at or movement.seconds / 4))
    ]
    return "\n".join([f'<text y="15">{escape(title)}</text>', *pictures])


def _paths(frames: Frames, seconds: float) -> Iterator[str]:
    """A path for each ink; a run of dots beside each other is a dashed line of no thickness but its round ends."""
    canvas = frames.canvas(seconds)
    for ink in INKS:
        lines = "".join(
            f"M{(first + 0.5) * DOT:g} {(row + 0.5) * DOT:g}h{(count - 1) * DOT or 0.01:g}"
            for row, dots in enumerate(canvas.dots(ink))
            for first, count in _runs(dots)
        )
        if lines:
            yield f'<path class="{ink}" d="{lines}"/>'


def _runs(dots: int) -> Iterator[tuple[int, int]]:
    """The first of each run of set bits, and how many there are."""
    first = 0
    while dots >> first:
        if not dots >> first & 1:
            first += 1
            continue
        count = 1
        while dots >> (first + count) & 1:
            count += 1
        yield first, count
        first += count


if __name__ == "__main__":
    main()
