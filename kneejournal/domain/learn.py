"""Finds a page to read, and says it without looks."""

from kneejournal.domain.programme import Block, LearnPage, Programme
from kneejournal.errors import BadData


def find_page(word: str, programme: Programme) -> LearnPage:
    """The page that an id, or a unique beginning of one, names. Raises BadData."""
    wanted = word.strip().lower()
    if exact := programme.page(wanted):
        return exact
    found = [page for page in programme.learn if wanted and page.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(page.id for page in found or programme.learn)
    if found:
        raise BadData(f"“{wanted}” could be any of {ids}. Write more of it.")
    raise BadData(f"“{wanted}” is not a page. The pages are: {ids}.")


def said(block: Block) -> str:
    """The words of `block` as plain text, keys in quotation marks."""
    return "".join(f'"{words.text}"' if words.look == "key" else words.text for words in block.words)
