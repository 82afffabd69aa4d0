"""One page to read, with its links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from kneejournal.domain.programme import Block, LearnPage, Words

TITLE = "bold $primary"
LOOKS = {"plain": "", "emphasis": "bold", "key": "bold $primary", "link": "underline $primary"}
CHOSEN = "bold reverse $primary"
BULLET = "• "


class PageText(Widget):
    """The words of a page as wide as there is room; a click on a link says so."""

    def __init__(self) -> None:
        super().__init__()
        self._page = LearnPage("", "", ())
        self._chosen: Words | None = None

    def show(self, page: LearnPage, chosen: Words | None = None) -> None:
        """Show `page`, with one of its links highlighted."""
        self._page, self._chosen = page, chosen
        self.refresh(layout=True)

    def render(self) -> Content:
        lines = [line for paragraph in self._paragraphs(self.size.width) for line in paragraph]
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return sum(map(len, self._paragraphs(width)))

    def region_of(self, chosen: Words) -> Region:
        """The lines of the block that `chosen` stands in."""
        top = 0
        for block, lines in zip((None, *self._page.blocks), self._paragraphs(self.size.width), strict=True):
            if block and any(words is chosen for words in block.words):
                return Region(0, top, 1, len(lines))
            top += len(lines)
        return Region()

    def on_click(self, event: Click) -> None:
        if page := event.style.meta.get("page"):
            event.stop()
            self.post_message(LearnText.Followed(page))

    def _paragraphs(self, width: int) -> Iterator[list[Content]]:
        """The lines of the title, and then of each block with the empty line above it."""
        yield Content.styled(self._page.title, TITLE).wrap(max(1, width))
        before = "title"
        for block in self._page.blocks:
            is_close = before == "heading" or before == block.kind == "item"
            yield [*([] if is_close else [Content("")]), *block_lines(block, width, self._chosen)]
            before = block.kind


class LearnText(VerticalScroll):
    """A page that scrolls; its links are walked through and followed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "walk(1)", "Link"),
        Binding("left", "walk(-1)", "Link before", show=False),
        Binding("enter", "follow", "Open"),
    ]

    @dataclass
    class Followed(Message):
        """Somebody wants to read the page of that id."""

        page: str

    def __init__(self) -> None:
        super().__init__()
        self._page: LearnPage | None = None
        self._links: list[Words] = []
        self._place = -1
        """The highlighted link, counted through the page; -1 for none."""

    def compose(self) -> ComposeResult:
        yield PageText()

    def show(self, page: LearnPage) -> None:
        """Show `page` from its beginning."""
        self._page, self._place = page, -1
        self._links = [words for block in page.blocks for words in block.words if words.look == "link"]
        self.query_one(PageText).show(page)
        self.scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "walk":
            return bool(self._links)
        if action == "follow":
            return self._place >= 0
        return super().check_action(action, parameters)

    def action_walk(self, step: int) -> None:
        """Highlight the next link, or the one before, and bring it into view."""
        if self._page is None:
            return
        from_none = 0 if step > 0 else -1
        self._place = (self._place + step if self._place >= 0 else from_none) % len(self._links)
        text, link = self.query_one(PageText), self._links[self._place]
        text.show(self._page, link)
        self.scroll_to_region(text.region_of(link), animate=False)
        self.refresh_bindings()

    def action_follow(self) -> None:
        self.post_message(self.Followed(self._links[self._place].page))


def block_lines(block: Block, width: int, chosen: Words | None = None) -> list[Content]:
    """`block` in lines of at most `width` cells; the further lines of an item stand below its words."""
    indent = len(BULLET) if block.kind == "item" else 0
    words = words_line(block.words, chosen)
    if block.kind == "heading":
        words = words.stylize(TITLE)
    lines = words.wrap(max(1, width - indent))
    if not indent:
        return lines
    return [Content.assemble(" " * indent if number else BULLET, line) for number, line in enumerate(lines)]


def words_line(words: Sequence[Words], chosen: Words | None = None) -> Content:
    """`words` with their looks; a link carries the page that it leads to."""
    return Content("").join(_piece(piece, is_chosen=piece is chosen) for piece in words)


def _piece(words: Words, *, is_chosen: bool) -> Content:
    piece = Content.styled(words.text, CHOSEN if is_chosen else LOOKS[words.look])
    return piece.stylize(Style.from_meta({"page": words.page})) if words.page else piece
