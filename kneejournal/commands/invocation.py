"""What every command is given: the places, the clock, and the journal once it is asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import click

from kneejournal.clock import Clock
from kneejournal.paths import Places

if TYPE_CHECKING:
    from kneejournal.journal import Journal

_MINUS_NUMBER = re.compile(r"-[0-9.,]")


@dataclass(frozen=True)
class Invocation:
    """One call of kneejournal. The journal is opened when a command first needs it."""

    places: Places
    clock: Clock
    open_app: "OpenApp"
    """For the commands that end in the app."""

    @cached_property
    def journal(self) -> "Journal":
        from kneejournal.wiring import open_journal

        return open_journal(self.places, self.clock)


OpenApp = Callable[[Invocation], int]
"""Opens the terminal app; answers with the exit status."""

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
    """A group that lists its commands in the order in which they were added, not by the alphabet."""

    command_class = Command
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)
