"""Learn: short pages about the knee, and what the journal does about each."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot
from kneejournal.journal import Journal
from kneejournal.screens.page import Page
from kneejournal.sheets import sheets
from kneejournal.widgets.learn_text import LearnText


class LearnScreen(Page):
    """The pages as a list, and the highlighted one beside it; on a narrow terminal one of the two."""

    CSS_PATH = sheets("learn")
    NAME = "learn"
    KEY = "l"
    LABEL = "Learn"
    AUTO_FOCUS = "#learn-list"
    HELP = """
    # Learn
    Short pages about runner's knee. `↑` and `↓` go through them, `space` reads on. `tab` or `enter` goes into the
    text, where `→` goes to the next link and `enter` opens it; `escape` goes back to the list.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "turn", "List/text", key_display="tab", id="learn.turn"),
        Binding("space", "read_on", "More", id="learn.read-on"),
        Binding("escape", "back", "Back", id="learn.back"),
    ]

    @dataclass
    class Wanted(Message):
        """Somebody wants to read the page of that id; the app shows it."""

        page: str

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self._pages = journal.programme.learn
        self._place = 0
        self._is_read = False
        """Whether the text was asked for, rather than the list."""

    def compose_page(self) -> ComposeResult:
        with Horizontal(id="learn"):
            yield OptionList(
                *(Option(Content(page.title), id=page.id) for page in self._pages),
                id="learn-list",
                markup=False,
                compact=True,
            )
            yield LearnText()

    def on_mount(self) -> None:
        self._show()

    def open(self, page_id: str) -> None:
        """Go to a page and into its text, now or when the screen is first shown."""
        self._place = next(place for place, page in enumerate(self._pages) if page.id == page_id)
        self._is_read = True
        if self.is_mounted:
            self._show()

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        """These pages show nothing of the journal."""

    def _show(self) -> None:
        self.query_one("#learn-list", OptionList).highlighted = self._place
        self.query_one(LearnText).show(self._pages[self._place])
        self._turn_to_text(is_read=self._is_read)

    def _turn_to_text(self, *, is_read: bool) -> None:
        self._is_read = is_read
        self.set_class(is_read, "-reading")
        target = self.query_one(LearnText) if is_read else self.query_one("#learn-list")
        # A widget that was hidden can take the focus once its display is refreshed.
        self.call_after_refresh(target.focus)
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted, "#learn-list")
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is highlighted by now; the list announces its first page even when another was asked for."""
        place = event.option_list.highlighted
        if place is not None and place != self._place:
            self._place = place
            self.query_one(LearnText).show(self._pages[place])

    @on(OptionList.OptionSelected, "#learn-list")
    def _read(self) -> None:
        self._turn_to_text(is_read=True)

    def on_learn_text_followed(self, event: LearnText.Followed) -> None:
        self.open(event.page)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return self._is_read
        return super().check_action(action, parameters)

    def action_turn(self) -> None:
        self._turn_to_text(is_read=not self._is_read)

    def action_back(self) -> None:
        self._turn_to_text(is_read=False)

    def action_read_on(self) -> None:
        text = self.query_one(LearnText)
        if text.display:
            text.scroll_page_down(animate=False)
        else:
            self._turn_to_text(is_read=True)
