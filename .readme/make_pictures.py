"""Makes the README's pictures: the pages of the sample journal at a moment that stands still."""

import asyncio
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click
from textual.widgets import Input, TextArea

from kneejournal.app import PAGES, KneejournalApp
from kneejournal.demo import throwaway_sample
from kneejournal.screens.page import Page
from kneejournal.screens.pain_journal import PainJournalScreen
from kneejournal.theme import DARK, LIGHT
from kneejournal.wiring import open_journal

HERE = Path(__file__).parent
NOW = datetime.fromisoformat("2026-11-22T17:40:00-05:00")
SIZE = (92, 28)
SIZES_TO_LOOK_AT = ((80, 24), (120, 40))
WIDER = {PainJournalScreen.NAME: (100, 28)}
"""Here 90 days get a column each."""
FONTS = "ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
"""No font is fetched from anywhere: every cell has its place, so that any of these will do."""


class Picture(NamedTuple):
    """One page, and how it is to be seen."""

    name: str
    keys: tuple[str, ...]
    theme: str = DARK.name
    size: tuple[int, int] = SIZE


def pictures() -> list[Picture]:
    """The pages, the session to follow along, and the setup."""
    return [*map(picture_of, PAGES), Picture("player", ("enter",)), Picture("setup", ("comma",))]


def picture_of(page: type[Page]) -> Picture:
    return Picture(page.NAME, (page.KEY,), size=WIDER.get(page.NAME, SIZE))


def to_look_at() -> Iterator[tuple[str, Picture]]:
    """Every picture in every theme and size, with a name for its file."""
    for picture in pictures():
        for theme in (DARK, LIGHT):
            for size in SIZES_TO_LOOK_AT:
                shade = "dark" if theme.dark else "light"
                yield f"{picture.name}-{shade}-{size[0]}", picture._replace(theme=theme.name, size=size)


async def drawn(picture: Picture) -> str:
    """The picture as SVG, the same each time."""
    with throwaway_sample(NOW) as places:
        app = KneejournalApp(open_journal(places, lambda: NOW), places)
        app.animation_level = "none"
        app.follow_along.clock = lambda: 0.0
        async with app.run_test(size=picture.size) as pilot:
            app.theme = picture.theme
            await pilot.pause()
            await pilot.press(*picture.keys)
            for field in app.screen.query("Input, TextArea"):
                if isinstance(field, Input | TextArea):
                    field.cursor_blink = False
            await pilot.pause()
            return cleaned(app.export_screenshot(), picture.name)


def cleaned(svg: str, name: str) -> str:
    """`svg` without fonts from the network, and with ids that do not change."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: Fira Code[^;]*", f"font-family: {FONTS}", svg)
    svg = re.sub(r"terminal-[0-9]+", name, svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; say which are not up to date.")
@click.option(
    "--look",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Every page, dark and light, 80x24 and 120x40, to look at.",
)
def main(check: bool, look: Path | None) -> None:
    """Make the README's pictures anew. Another Textual can change all of them."""
    chosen = list(to_look_at()) if look else [(picture.name, picture) for picture in pictures()]
    folder = look or HERE
    folder.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, picture in chosen:
        path, svg = folder / f"{name}.svg", asyncio.run(drawn(picture))
        if check:
            stale += [path.name] if not path.is_file() or path.read_text(encoding="utf-8") != svg else []
        else:
            path.write_text(svg, encoding="utf-8")
    click.echo("\n".join(f"{name} is not up to date" for name in stale) or f"{len(chosen)} pictures")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
