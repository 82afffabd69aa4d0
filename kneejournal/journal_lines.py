"""The table of records in a journal's file, changed line by line: what is not touched stays the bytes that it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

_SEPARATOR = b",\n"
_LINE = re.compile(rb'^"([^"\\\n]+)": ', re.MULTILINE)
_FEW = 8
"""Lines up to this number are searched for one by one, from the end, where the latest stand; more by an index."""


class RecordLines(Mapping[str, Any]):
    """The records of a file as a table: they stand in `raw` from `start` to `end`, one document a line."""

    def __init__(self, raw: bytes, start: int, end: int) -> None:
        self._raw = raw
        self._start = start
        self._end = end
        self._new: dict[str, Any] = {}
        self._gone: dict[str, tuple[int, int]] = {}
        """Where the lines stand that are taken out, by id."""
        self._places: dict[bytes, int] | None = None

    @property
    def documents(self) -> memoryview:
        """The table as it was read: one JSON object, ids and records."""
        return memoryview(self._raw)[self._start - 2 : self._end + 2]

    @property
    def new(self) -> Mapping[str, Any]:
        """What was put in, by id."""
        return self._new

    def pieces(self) -> Iterator[bytes | memoryview]:
        """The lines as they are now, with what stands between them: untouched stretches, then what is new."""
        view, begin = memoryview(self._raw), self._start
        found: list[bytes | memoryview] = []
        for start, end in sorted(self._gone.values()):
            found.append(view[begin : start - len(_SEPARATOR)] if start > begin else b"")
            begin = end + len(_SEPARATOR)
        found.append(view[begin : self._end] if begin < self._end else b"")
        found += [msgspec.json.encode(key) + b": " + msgspec.json.encode(record) for key, record in self._new.items()]
        kept = [piece for piece in found if piece]
        for piece in kept[:-1]:
            yield piece
            yield _SEPARATOR
        yield from kept[-1:]

    def __getitem__(self, key: str) -> Any:
        if key in self._new:
            return self._new[key]
        start, end = self._find(key)
        return msgspec.json.decode(self._raw[start:end].partition(b": ")[2])

    def put(self, records: Mapping[str, Any], replaced: Iterable[str]) -> None:
        """Write `records`, by id; `replaced` are those of the ids that the table has. Raises KeyError."""
        for key in replaced:
            if self._new.pop(key, None) is None:
                self._gone[key] = self._find(key)
        self._new |= records

    def __iter__(self) -> Iterator[str]:
        found = (match[1].decode() for match in _LINE.finditer(self._raw, self._start, self._end))
        yield from (key for key in found if key not in self._gone and key not in self._new)
        yield from self._new

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, key: str) -> tuple[int, int]:
        """Where the line of `key` begins and ends. Raises KeyError."""
        begin = -1 if key in self._gone else self._begin(key)
        if begin < 0:
            raise KeyError(key)
        end = self._raw.find(b",\n", begin, self._end)
        return begin, self._end if end < 0 else end

    def _begin(self, key: str) -> int:
        if self._places is None and len(self._gone) >= _FEW:
            lines = _LINE.finditer(self._raw, self._start, self._end)
            self._places = {match[1]: match.start() for match in lines}
        if self._places is not None:
            return self._places.get(key.encode(), -1)
        place = self._raw.rfind(b'\n"' + key.encode() + b'": ', self._start - 1, self._end)
        return place if place < 0 else place + 1
