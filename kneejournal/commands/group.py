"""The commands as one group: the options before them, their order in the help, and what wrong usage says."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

import click

from kneejournal import __version__
from kneejournal.clock import Clock, read_when, system_now
from kneejournal.commands.command import Commands
from kneejournal.commands.invocation import Invocation, OpenApp
from kneejournal.commands.printing import complain
from kneejournal.commands.suggestions import with_suggestions
from kneejournal.errors import WrongUsage
from kneejournal.paths import FILE_VARIABLE, find_places

MODULES = {
    "today": "day", "done": "day", "log": "day", "run": "runs", "ready": "ready", "status": "ready", "remind": "remind",
    "entries": "entries", "edit": "edit", "delete": "entries", "undo": "entries", "resolve": "entries",
    "shoes": "shoes", "setup": "profile", "export": "export", "import": "imports", "report": "report", "sync": "sync",
    "learn": "learn", "doctor": "doctor", "confirm": "doctor", "purge": "doctor", "demo": "demo", "where": "profile",
    "completion": "completion",
}  # fmt: skip
"""Where every command is, in the order in which the help lists them."""


class _EachWhenCalled(Mapping[str, click.Command]):
    """Every command by its name; its module is loaded when it is looked up."""

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f"kneejournal.commands.{MODULES[name]}")
        command: click.Command = getattr(module, "import_" if name == "import" else name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


@with_suggestions
@click.group(
    cls=Commands,
    commands=_EachWhenCalled(),
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


def run(argv: Sequence[str], open_app: OpenApp) -> int:
    """Run the command that `argv` calls; answers with the exit status, and says what wrong usage is wrong."""
    try:
        with cli.make_context("kneejournal", list(argv), obj=open_app) as context:
            return cli.invoke(context) or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort as end:
        raise KeyboardInterrupt from end
    except click.ClickException as error:
        complain(error.format_message(), _help_hint(error))
        return WrongUsage.status


def _clock(now: str | None) -> Clock:
    if now is None:
        return system_now
    moment = read_when(now)
    return lambda: moment


def _help_hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"Try: {context.command_path if context else 'kneejournal'} --help"
