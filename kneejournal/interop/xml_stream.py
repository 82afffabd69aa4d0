"""Reads XML piece by piece, without ever holding the document or expanding an entity of its own."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from kneejournal.interop.streams import MB, Refused

CHUNK = 65_536
MAX_DEPTH = 60
MAX_TEXT = 100_000
MAX_PIECE = MB
"""The longest tag or text that is waited for."""


class Element(NamedTuple):
    """An element that begins, or that ended: then with its text. Names are without their namespace's prefix."""

    path: tuple[str, ...]
    attributes: Mapping[str, str]
    text: str
    is_end: bool

    @property
    def name(self) -> str:
        return self.path[-1]


class _Events:
    """Collects what the parser meets."""

    def __init__(self) -> None:
        self.met: list[Element] = []
        self._path: tuple[str, ...] = ()
        self._text: list[str] = []
        self._length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path = (*self._path, name.rpartition(":")[2])
        if len(self._path) > MAX_DEPTH:
            raise Refused(f"is nested deeper than {MAX_DEPTH} levels")
        self._begin_text()
        self.met.append(Element(self._path, attributes, "", is_end=False))

    def end(self, _: str) -> None:
        self.met.append(Element(self._path, {}, "".join(self._text).strip(), is_end=True))
        self._path = self._path[:-1]
        self._begin_text()

    def text(self, text: str) -> None:
        self._length += len(text)
        if self._length <= MAX_TEXT:
            self._text.append(text)

    def entity(self, *_: object) -> None:
        raise Refused("declares entities of its own, as no file of runs does")

    def _begin_text(self) -> None:
        self._text, self._length = [], 0


def read_elements(stream: BinaryIO) -> Iterator[Element]:
    """The elements of a document, each once as it begins and once as it ends.

    Raises Refused for XML that is damaged or cut short, for declared entities, and for deep nesting.
    """
    events, parser = _Events(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = events.start
    parser.EndElementHandler = events.end
    parser.CharacterDataHandler = events.text
    parser.EntityDeclHandler = events.entity
    fed, is_last = 0, False
    while not is_last:
        chunk = stream.read(CHUNK)
        is_last = not chunk
        try:
            parser.Parse(chunk, is_last)
        except (expat.ExpatError, ValueError, UnicodeError, LookupError) as error:
            raise error if isinstance(error, Refused) else _damaged(error) from error
        yield from events.met
        events.met.clear()
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > MAX_PIECE:
            raise Refused("holds a tag of more than a megabyte")


def _damaged(error: Exception) -> Refused:
    where = f" (line {error.lineno})" if isinstance(error, expat.ExpatError) else ""
    return Refused(f"is damaged or cut short: it is not whole XML{where}")
