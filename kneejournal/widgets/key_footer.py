"""The line at the bottom: what the keys do here."""

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer


class KeyFooter(Footer):
    """Textual's footer, made anew only when other keys are there: it asks after every focus and every entry."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._keys: object = None
        """What it was made of last."""

    def compose(self) -> ComposeResult:
        self._keys = self._keys_now()
        yield from super().compose()

    def bindings_changed(self, screen: Screen[object]) -> None:
        if self._keys is None or self._keys != self._keys_now():
            super().bindings_changed(screen)

    def _keys_now(self) -> object:
        if not self._bindings_ready:
            return None
        active = self.screen.active_bindings.values()
        return [(found.binding, found.enabled, found.tooltip) for found in active if found.binding.show]
