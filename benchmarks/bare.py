"""A bare Textual app, to measure against: a header, a line that counts the keys, a footer."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Footer, Header, Static


class Bare(App[None]):
    """Answers every key by saying how many there were."""

    keys = 0

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("0 keys")
        yield Footer()

    def on_key(self, _: Key) -> None:
        self.keys += 1
        self.query_one(Static).update(f"{self.keys} keys")


if __name__ == "__main__":
    Bare().run()
