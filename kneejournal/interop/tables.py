"""Reads tables of comma-separated values by the names of their columns."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from kneejournal.interop.streams import MB, Refused

MAX_LINE = MB
MAX_BYTES = 200 * MB
MAX_COLUMNS = 1000
RESAVED = "looks re-saved by a spreadsheet, which loses seconds, days and months; export it again and import that file"

_TAG = re.compile(r"<[^<>]*>")
_WITHOUT_SECONDS = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}( [0-9]{1,2}:[0-9]{2})?( ?[AP]M)?")


class Row(NamedTuple):
    """One row: its number, the header being 1, and its cells by column name, in the order of the columns."""

    number: int
    cells: Mapping[str, list[str]]

    def first(self, names: frozenset[str]) -> str:
        """The first cell of a column that is called one of `names`, empty when there is none."""
        return next((cells[0] for name, cells in self.cells.items() if name in names), "")

    def last(self, names: frozenset[str]) -> str:
        """The last such cell: columns of one name can stand in a table twice."""
        return next((cells[-1] for name, cells in self.cells.items() if name in names), "")

    def all(self, names: frozenset[str]) -> list[str]:
        """Every such cell."""
        return [cell for name, cells in self.cells.items() if name in names for cell in cells]


def refuse_resaved(row: Row, date: str) -> None:
    """Raise Refused for a date as spreadsheets leave it: without its seconds, day and month in either order."""
    if _WITHOUT_SECONDS.fullmatch(date):
        raise Refused(f"{RESAVED} (row {row.number}: {date})")


def column_names(cells: list[str]) -> list[str]:
    """The names of a header as they are compared: without tags, blanks around them, and capitals."""
    return [" ".join(_TAG.sub("", cell).replace("\u202f", " ").split()).casefold() for cell in cells]


def header_of(head: bytes, delimiter: str = ",") -> list[str]:
    """The column names in the first bytes of a table; none when it is no table."""
    text = head.decode("utf-8-sig", errors="replace")
    try:
        return column_names(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))
    except csv.Error:
        return []


def read_rows(stream: BinaryIO) -> Iterator[Row]:
    """The rows of a table, blank ones left out.

    Raises Refused for text that is not UTF-8, for a row that has not the cells of its header, and for quotes that
    do not end: a damaged table cannot be told from one in which rows are lost.
    """
    rows = csv.reader(_lines(stream), strict=True)
    try:
        header = column_names(next(rows, []))
        if len(header) > MAX_COLUMNS:
            raise Refused(f"has more than {MAX_COLUMNS} columns")
        for number, cells in enumerate(rows, 2):
            if any(cell.strip() for cell in cells):
                yield Row(number, _by_name(header, cells, number))
    except csv.Error as error:
        raise Refused(f"is damaged or cut short: {error}") from error
    except UnicodeDecodeError as error:
        raise Refused("is not UTF-8 text, as every export is; a spreadsheet may have saved it") from error


def _by_name(header: list[str], cells: list[str], number: int) -> dict[str, list[str]]:
    if len(cells) < len(header) or any(cells[len(header) :]):
        shape = f"row {number} has {len(cells)} cells, the header {len(header)}"
        raise Refused(f"is damaged or cut short: {shape}")
    found: dict[str, list[str]] = {}
    for name, cell in zip(header, cells, strict=False):
        found.setdefault(name, []).append(cell.strip())
    return found


def _lines(stream: BinaryIO) -> Iterator[str]:
    read = 0
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        while line := text.readline(MAX_LINE + 1):
            read += len(line)
            if len(line) > MAX_LINE or read > MAX_BYTES:
                raise Refused("is too big for a list of activities")
            yield line
