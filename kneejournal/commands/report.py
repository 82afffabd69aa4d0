"""The command that makes the page for a physical therapist."""

from pathlib import Path

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.destination import PRIVATE, STANDARD, find_destination
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import say
from kneejournal.errors import WrongUsage
from kneejournal.interop.formats import MOST_WEEKS, REPORT_WEEKS

WEEKS = click.IntRange(1, MOST_WEEKS)


@click.command(cls=Command)
@click.argument("file", metavar="[FILE|-]", required=False)
@click.option("--weeks", type=WEEKS, default=REPORT_WEEKS, metavar="N", help=f"The last 1 to {MOST_WEEKS}; else 8.")
@click.option("--pdf", is_flag=True, help="Print it into a PDF, with a browser that is installed.")
@click.option("--open", "show_it", is_flag=True, help="Open it in the browser.")
@click.option("--force", is_flag=True, help="Replace FILE when there is one.")
@pass_invocation
def report(invocation: Invocation, file: str | None, weeks: int, pdf: bool, show_it: bool, force: bool) -> None:
    """Write one page for a physical therapist: HTML that prints on one sheet of A4.

    Without FILE it goes into the documents folder, under a name that is not taken; - is standard output.

    \b
    Examples:
      kneejournal report --open
      kneejournal report knee.pdf --weeks 12
    """
    is_pdf = pdf or (file or "").lower().endswith(".pdf")
    if file == STANDARD and (is_pdf or show_it):
        raise WrongUsage("--pdf and --open need a file, not standard output. Name one, or none.")
    to = find_destination(file or _proposed(invocation, is_pdf), invocation, force=force)
    page = invocation.journal.export("report", weeks)
    if to.path is None:
        to.write(page)
        return
    to.write(_printed(page, to.path) if is_pdf else page)
    say(f"The report is in {to.path}. {PRIVATE}")
    if show_it:
        _show(to.path)


def _proposed(invocation: Invocation, is_pdf: bool) -> str:
    from kneejournal.outgoing import free_path, usual_folder

    ending = "-report.pdf" if is_pdf else "-report.html"
    return str(free_path(usual_folder(invocation.places), invocation.clock().date(), ending))


def _printed(page: bytes, path: Path) -> bytes:
    from kneejournal.browsers import print_pdf

    return print_pdf(page, path)


def _show(path: Path) -> None:
    from kneejournal.browsers import show

    if not show(path):
        say("No browser was found to open it with.")
