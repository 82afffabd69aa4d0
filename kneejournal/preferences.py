"""Gives the app the look and the keys of the settings file, and writes a theme that the user chooses."""

import os
from pathlib import Path
from typing import Any

from textual.app import App
from textual.theme import BUILTIN_THEMES, Theme

from kneejournal.domain.text import clean, clean_line
from kneejournal.errors import Unreadable
from kneejournal.keys import Keymap
from kneejournal.settings import Settings, read_settings, save_theme
from kneejournal.theme import DARK, LIGHT

OWN_THEMES = {theme.name: theme for theme in (DARK, LIGHT)}
THEME_VARIABLE = "TEXTUAL_THEME"
"""Names a theme for this time only; it comes before the one in the file."""


class Preferences:
    """What somebody chose for the app, and what of it cannot be used: the app's own stands in for that."""

    def __init__(self, app: App[Any], path: Path) -> None:
        self._app = app
        self.path = path
        self.keymap: Keymap = {}
        self.problems: tuple[str, ...] = ()
        """What is wrong with the settings file, a sentence each."""
        self._settings = self._read()
        self.theme = self._known(self._settings.theme)
        """The name of the theme that the app begins with; later, of the one that was written last."""

    def apply(self) -> None:
        """Take the keys, say what is wrong, and look out for another theme; the app runs by now."""
        if self._settings.keys:
            from kneejournal.own_keys import check_keys, own_screens

            self.keymap, problems = check_keys(self._settings.keys, type(self._app), list(own_screens()))
            self.problems += problems
            self._app.set_keymap(self.keymap)
        self._app.theme_changed_signal.subscribe(self._app, self._remember)
        self._say_problems()

    def _read(self) -> Settings:
        try:
            return read_settings(self.path)
        except Unreadable as error:
            self.problems = (str(error),)
            return Settings()

    def _remember(self, theme: Theme) -> None:
        """Write the theme that the app has now, unless it is the one it began with."""
        if theme.name == self.theme:
            return
        self.theme = theme.name
        try:
            save_theme(self.path, theme.name)
        except Unreadable as error:
            self._app.notify(clean(str(error)), severity="error", timeout=10, markup=False)

    def _say_problems(self) -> None:
        """One toast; the dialog of all keys says the rest."""
        if self.problems:
            more = f" And {len(self.problems) - 1} more: ctrl+p, All keys." if len(self.problems) > 1 else ""
            self._app.notify(
                f"settings.toml: {clean(self.problems[0])}{more}", severity="warning", timeout=15, markup=False
            )

    def _known(self, wanted: str) -> str:
        """The theme that is wanted, or what stands in for it."""
        known = (*BUILTIN_THEMES, *OWN_THEMES)
        if wanted and wanted not in known:
            from difflib import get_close_matches

            near = get_close_matches(wanted, known, n=1)
            hint = f"Is it “{near[0]}”?" if near else "ctrl+p, Theme, shows them all."
            self.problems += (f"There is no theme “{clean_line(wanted)}”. {hint}",)
        named = (os.environ.get(THEME_VARIABLE, ""), wanted, DARK.name)
        return next(name for name in named if name in known)
