"""Keys in groups: the key, what it does, and the id by which the settings file names it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.text import clean

KEY_WIDTH = 8
WIDE = 68
"""Columns from which the ids stand beside."""
GAP = 2
OWN = " (yours)"
MUTED = "$foreground-muted"


class KeyRow(Struct, frozen=True):
    """One action. `is_own`: the settings file gave it this key."""

    key: str
    what: str
    id: str = ""
    more: str = ""
    is_own: bool = False


class KeyGroup(Struct, frozen=True):
    """Actions under one heading."""

    title: str
    rows: Sequence[KeyRow]


class KeyTable(Static):
    """The groups, one below the other."""

    def __init__(self, groups: Sequence[KeyGroup]) -> None:
        super().__init__()
        self._groups = [group for group in groups if group.rows]

    def on_resize(self) -> None:
        self.update(Content("\n").join(self._lines(self.size.width)))

    def _lines(self, width: int) -> Iterator[Content]:
        widest = max((len(row.id) for group in self._groups for row in group.rows), default=0)
        id_width = widest + len(OWN) + GAP if widest and width >= WIDE else 0
        for number, group in enumerate(self._groups):
            if number:
                yield Content("")
            yield Content.styled(group.title, "bold $primary")
            for row in group.rows:
                yield from _row(row, max(10, width - KEY_WIDTH - id_width), has_id=id_width > 0)


def _row(row: KeyRow, room: int, *, has_id: bool) -> Iterator[Content]:
    """A row in as many lines as it takes; the key and the id stand beside the first, or the id behind it."""
    more = row.more if has_id or not row.id else row.id
    what = Content.assemble(clean(row.what), (f"  {clean(more)}" if more else "", MUTED))
    key, own = f"{clean(row.key)} ".ljust(KEY_WIDTH), OWN if row.is_own else ""
    for number, line in enumerate(what.wrap(room)):
        if number:
            yield Content.assemble(" " * KEY_WIDTH, line)
        else:
            padded = line.pad_right(room - line.cell_length) if has_id else line
            yield Content.assemble((key, "bold"), padded, (f"{' ' * GAP}{row.id}{own}" if has_id else "", MUTED))
