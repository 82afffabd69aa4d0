"""The command line: every command of kneejournal."""

import click

from kneejournal import __version__
from kneejournal.clock import Clock, read_when, system_now
from kneejournal.commands.completion import completion
from kneejournal.commands.day import done, log, today
from kneejournal.commands.demo import demo
from kneejournal.commands.doctor import confirm, doctor, purge
from kneejournal.commands.edit import edit
from kneejournal.commands.entries import delete, entries, resolve, undo
from kneejournal.commands.export import export
from kneejournal.commands.imports import import_
from kneejournal.commands.invocation import Commands, Invocation, OpenApp
from kneejournal.commands.learn import learn
from kneejournal.commands.profile import setup, where
from kneejournal.commands.ready import ready, status
from kneejournal.commands.remind import remind
from kneejournal.commands.report import report
from kneejournal.commands.runs import run
from kneejournal.commands.shoes import shoes
from kneejournal.commands.suggestions import with_suggestions
from kneejournal.commands.sync import sync
from kneejournal.paths import FILE_VARIABLE, find_places


@with_suggestions
@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--journal", metavar="FILE", help=f"Another journal file; else {FILE_VARIABLE}, else your own.")
@click.option("--now", metavar="WHEN", help="Act as if it were this moment: 2026-11-22T20:15:00-05:00, or a date.")
@click.version_option(__version__, prog_name="kneejournal", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, journal: str | None, now: str | None) -> int | None:
    """A daily rehab journal for people with runner's knee.

    Without a command it opens today's screen in the terminal. Information, not medical advice.
    """
    open_app: OpenApp = context.obj
    invocation = Invocation(places=find_places(journal), clock=_clock(now), open_app=open_app)
    context.obj = invocation
    return open_app(invocation) if context.invoked_subcommand is None else None


def _clock(now: str | None) -> Clock:
    if now is None:
        return system_now
    moment = read_when(now)
    return lambda: moment


for _command in (
    today, done, log, run, ready, status, remind, entries, edit, delete, undo, resolve, shoes, setup, export, import_,
    report, sync, learn, doctor, confirm, purge, demo, where, completion,
):  # fmt: skip
    cli.add_command(with_suggestions(_command))
