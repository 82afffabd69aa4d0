"""Reads the pages of content/learn, or says which line is wrong.

A file is called 06-shoes.md: its place in the list, and the page's id. It is plain Markdown and little of it: the
title (`# `) on the first line, headings (`## `), paragraphs, lists (`- `, further lines indented by two spaces),
*emphasis*, `keys` and [links](shoes) to other pages by their id. Each of these begins and ends on one line.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from kneejournal.content_text import read_text, unreadable
from kneejournal.domain.programme import Block, LearnPage, Words
from kneejournal.domain.text import clean, clean_line

FOLDER = "learn"
LONGEST_TITLE = 24
LONGEST_PAGE = 20_000

_NAME = re.compile(r"[0-9]{2}-(?P<id>[a-z]+(-[a-z]+)*)")
_STYLED = re.compile(r"\*(?P<emphasis>[^*`\[\]]+)\*|`(?P<key>[^`]+)`|\[(?P<link>[^*`\[\]]+)\]\((?P<page>[^()\s]*)\)")
_STRAY = re.compile(r"[*`\[\]<>|]|https?:")
_OTHER_MARKDOWN = re.compile(r"#|[-+*] |\d+[.)] |---|===|\t")


def load_pages(content: Path) -> tuple[LearnPage, ...]:
    """The pages of content/ in their order. Raises Unreadable, naming file and line, when anything is wrong."""
    folder = content / FOLDER
    label = f"{content.name}/{FOLDER}"
    files = sorted(folder.glob("*.md"))
    if not files:
        raise unreadable(label, "there is no page in it", "Put them back or install kneejournal again.")
    sources = [_Source(file, f"{label}/{file.name}") for file in files]
    ids: dict[str, str] = {}
    for source in sources:
        if (first := ids.setdefault(source.id, source.label)) != source.label:
            raise unreadable(source.label, f'the page "{source.id}" is {first} already; each is allowed once')
    return tuple(source.page(frozenset(ids)) for source in sources)


class _Source:
    """One file, read line by line."""

    def __init__(self, file: Path, label: str) -> None:
        self.label = label
        name = _NAME.fullmatch(file.stem)
        if name is None:
            raise unreadable(label, "the name is not two digits, a hyphen and small letters, as in 06-shoes.md")
        self.id = name["id"]
        text = read_text(file, label)
        if len(text) > LONGEST_PAGE:
            raise unreadable(label, f"the page is longer than {LONGEST_PAGE} characters")
        self._lines = [clean(line).rstrip() for line in text.splitlines()]

    def page(self, ids: frozenset[str]) -> LearnPage:
        first = self._lines[0] if self._lines else ""
        title = clean_line(first.removeprefix("# "))
        if not first.startswith("# ") or not 1 <= len(title) <= LONGEST_TITLE:
            self._refuse(1, f"the first line is not the title: `# ` and at most {LONGEST_TITLE} characters")
        blocks = tuple(self._blocks(ids))
        if not blocks:
            self._refuse(1, "the page has nothing below its title")
        return LearnPage(self.id, title, blocks)

    def _blocks(self, ids: frozenset[str]) -> Iterator[Block]:
        block: Block | None = None
        for number, line in enumerate(self._lines[1:], 2):
            begins = line.startswith(("## ", "- "))
            goes_on = block is not None and not begins and line.startswith("  ") == (block.kind == "item")
            if block and (begins or not line):
                yield block
                block = None
            if not line:
                continue
            if block is None:
                block = self._begin(number, line, ids)
            elif goes_on and block.kind != "heading":
                block = Block(block.kind, (*block.words, Words(" "), *self._words(number, line.strip(), ids)))
            else:
                self._refuse(number, "an empty line is missing above it, or two spaces at its beginning")
        if block:
            yield block

    def _begin(self, number: int, line: str, ids: frozenset[str]) -> Block:
        if line.startswith("## "):
            return Block("heading", tuple(self._words(number, line[3:].strip(), ids)))
        if line.startswith("- "):
            return Block("item", tuple(self._words(number, line[2:].strip(), ids)))
        if _OTHER_MARKDOWN.match(line) or line.startswith(" "):
            self._refuse(number, "only headings (##), paragraphs and lists (- ) are shown")
        return Block("paragraph", tuple(self._words(number, line, ids)))

    def _words(self, number: int, line: str, ids: frozenset[str]) -> Iterator[Words]:
        place = 0
        for found in _STYLED.finditer(line):
            yield from self._plain(number, line[place : found.start()])
            place = found.end()
            if found["emphasis"]:
                yield Words(found["emphasis"], "emphasis")
            elif found["key"]:
                yield Words(found["key"], "key")
            elif found["page"] in ids:
                yield Words(found["link"], "link", found["page"])
            else:
                self._refuse(number, f'there is no page "{found["page"]}"; links go to {", ".join(sorted(ids))}')
        yield from self._plain(number, line[place:])

    def _plain(self, number: int, text: str) -> Iterator[Words]:
        if stray := _STRAY.search(text):
            self._refuse(number, f"{stray[0]} stands alone, or is not shown; what it begins ends on the same line")
        if text:
            yield Words(text)

    def _refuse(self, number: int, what: str) -> NoReturn:
        raise unreadable(f"{self.label}, line {number}", what)
