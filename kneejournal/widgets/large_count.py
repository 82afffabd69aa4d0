"""A number to be read from the mat: digits of blocks, as large as there is room for."""

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

PIXELS: dict[str, tuple[str, ...]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
}
ROWS = 5
LARGEST = 2 * ROWS
HALVES = {"  ": " ", "# ": "▀", " #": "▄", "##": "█"}


class LargeCount(Widget):
    """Shows digits and colons. Ten rows and five are full blocks; with less room, half ones in three rows."""

    DEFAULT_CSS = """
    LargeCount { width: 1fr; height: auto; max-height: 5; }
    """

    value: reactive[str] = reactive("")

    def watch_value(self, before: str, now: str) -> None:
        """Fewer digits may be larger ones."""
        self.refresh(layout=len(before) != len(now))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(drawn(self.value, Size(width, LARGEST)))

    def render(self) -> Content:
        return Content("\n".join(drawn(self.value, self.size)))


def drawn(value: str, room: Size) -> list[str]:
    """`value`, in lines, in the largest of three sizes that fits into `room`."""
    rows = [" ".join(PIXELS[sign][row] for sign in value) for row in range(ROWS)]
    width = len(rows[0])
    for times in (2, 1):
        if room.height >= ROWS * times and room.width >= width * 2 * times:
            return [
                "".join(("█" if dot == "#" else " ") * 2 * times for dot in row) for row in rows for _ in range(times)
            ]
    pairs = zip(rows[::2], [*rows[1::2], " " * width], strict=True)
    return ["".join(HALVES[top + bottom] for top, bottom in zip(*pair, strict=True)) for pair in pairs]
