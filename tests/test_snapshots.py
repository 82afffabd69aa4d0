"""Every screen on the sample journal, as it is drawn: small and large, dark and light."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from kneejournal.app import KneejournalApp
from kneejournal.journal import Journal
from kneejournal.sample import sample_journal
from kneejournal.storage import MemoryStorage
from kneejournal.store import Store
from kneejournal.theme import DARK, LIGHT
from tests.support import DEVICE, places_in, programme

NOW = datetime.fromisoformat("2026-11-22T17:40:00-05:00")
SCREENS = {
    "today": (),
    "pain-journal": ("j",),
    "ready": ("r",),
    "shoes": ("s",),
    "learn": ("l",),
    "pain-dialog": ("p",),
    "run-dialog": ("n",),
    "setup": ("comma",),
    "settings": ("comma", "f2"),
    "help": ("question_mark",),
    "player": ("enter",),
    "run-player": ("r", "g"),
}


class Compare(Protocol):
    """Draws an app and compares it with its stored picture."""

    def __call__(self, app: App[None], *, terminal_size: tuple[int, int], run_before: object) -> bool: ...


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_screen_is_drawn_as_it_was(
    screen: str, size: tuple[int, int], theme: str, home: Path, snap_compare: Compare
) -> None:
    store = Store(MemoryStorage())
    store.begin(sample_journal(NOW, programme()), NOW)
    app = KneejournalApp(Journal(store, programme(), lambda: NOW, lambda: DEVICE), places_in(home))

    app.follow_along.clock = lambda: 0.0

    async def to_the_screen(pilot: Pilot[None]) -> None:
        app.animation_level = "none"
        app.theme = theme
        for key in SCREENS[screen]:
            await pilot.press(key)
            await pilot.pause()
        for field in app.screen.query("Input, TextArea"):
            if isinstance(field, Input | TextArea):
                field.cursor_blink = False
        app.clear_notifications()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=to_the_screen)
