"""How commands and groups of them read their words, and what they are given."""

import re
from itertools import islice

import click

from kneejournal.commands.invocation import Invocation
from kneejournal.commands.suggestions import with_suggestions

_MINUS_NUMBER = re.compile(r"-[0-9.,]")

pass_invocation = click.make_pass_decorator(Invocation)


class Command(click.Command):
    """A command to which a number with a minus is a value, never an option: `log -1` is a wrong pain."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, self._with_numbers_last(args))

    def _with_numbers_last(self, args: list[str]) -> list[str]:
        takes_value = {
            name for p in self.params if isinstance(p, click.Option) and not (p.is_flag or p.count) for name in p.opts
        }
        kept: list[str] = []
        numbers: list[str] = []
        words = iter(args)
        for word in words:
            if word == "--":
                return [*kept, "--", *numbers, *words]
            (numbers if _MINUS_NUMBER.match(word) else kept).append(word)
            if word in takes_value:
                kept.extend(islice(words, 1))
        return [*kept, "--", *numbers] if numbers else kept


class Commands(click.Group):
    """A group that lists its commands in the order in which they were added, and suggests what their words can be."""

    command_class = Command
    group_class = type

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        return None if command is None else with_suggestions(command)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)
