"""The command that opens the app on a sample journal."""

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation


@click.command(cls=Command)
@click.pass_context
@pass_invocation
def demo(invocation: Invocation, context: click.Context) -> int:
    """Open the app on a sample journal of eight weeks, to look around in.

    Nothing of yours is read or written, and whatever you change is thrown away on leaving.
    """
    if context.find_root().params["journal"] is not None:
        raise click.UsageError("demo opens a sample journal of its own, and no other. Leave out --journal.", context)
    from kneejournal.demo import throwaway_sample

    with throwaway_sample(invocation.clock()) as places:
        return invocation.open_app(Invocation(places, invocation.clock, invocation.open_app))
