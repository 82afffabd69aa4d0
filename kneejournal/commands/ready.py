"""The verdict: may I run, and why?"""

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.prompt import say_status, say_verdict


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_invocation
def ready(invocation: Invocation, as_json: bool) -> int:
    """May I run today? The verdict on the log, with every reason.

    The exit status is 0 when the log meets the rules, and 1 when it does not.
    """
    return say_verdict(invocation.journal, as_json=as_json)


@click.command(cls=Command)
@pass_invocation
def status(invocation: Invocation) -> int:
    """Say where things stand in one line, for a prompt or a status bar."""
    return say_status(invocation.journal)
