"""What every command is given: the places, the clock, and the journal once it is asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kneejournal.clock import Clock
from kneejournal.paths import Places

if TYPE_CHECKING:
    from kneejournal.journal import Journal


class Invocation:
    """One call of kneejournal. The journal is opened when a command first needs it."""

    def __init__(self, places: Places, clock: Clock, open_app: "OpenApp") -> None:
        self.places = places
        self.clock = clock
        self.open_app = open_app
        """For the commands that end in the app."""

    @cached_property
    def journal(self) -> "Journal":
        from kneejournal.wiring import open_journal

        return open_journal(self.places, self.clock)


OpenApp = Callable[[Invocation], int]
"""Opens the terminal app; answers with the exit status."""
