"""The command that prints what there is to read about the knee."""

import textwrap
from collections.abc import Iterator

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import say
from kneejournal.domain.learn import find_page, said
from kneejournal.domain.programme import Block, LearnPage

WIDTH = 79


@click.command(cls=Command)
@click.argument("page", metavar="[PAGE]", required=False)
@pass_invocation
def learn(invocation: Invocation, page: str | None) -> None:
    """Read about runner's knee: a list of the pages, or one of them.

    \b
    Examples:
      kneejournal learn
      kneejournal learn shoes
    """
    programme = invocation.journal.programme
    if page is not None:
        say(*_page_lines(find_page(page, programme)))
        return
    width = max(len(found.id) for found in programme.learn)
    lines = [f"{found.id:<{width}}  {found.title}" for found in programme.learn]
    say(*lines, "", "To read one: kneejournal learn PAGE", programme.advice["disclaimer"])


def _page_lines(page: LearnPage) -> Iterator[str]:
    yield page.title
    before = None
    for block in page.blocks:
        if not (before == block.kind == "item" or before == "heading"):
            yield ""
        yield from _block_lines(block)
        before = block.kind
    if page.leads_to:
        yield ""
        yield f"See also: {', '.join(page.leads_to)}"


def _block_lines(block: Block) -> list[str]:
    first, further = ("- ", "  ") if block.kind == "item" else ("", "")
    return textwrap.wrap(
        said(block),
        WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
