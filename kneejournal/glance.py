"""Tells by a glance at files whether they were changed since they were read."""

import time
from collections.abc import Callable

RECENT_SECONDS = 1.0
"""For so long, what looks the same as it was read is not read again."""
QUIET_NS = 500_000_000
"""Nanoseconds that a file must not have been written for, so that the next change shows in its times."""


class Glance:
    """What files looked like before they were read, or after they were written.

    `look` answers with the inode, the size and the times of the last change (ns: of the content, of anything) of each.
    """

    def __init__(self, look: Callable[[], tuple[int, ...] | None]) -> None:
        self._look = look
        self._found: tuple[int, ...] | None = None
        self._is_quiet = False
        self._read_at = 0.0

    def take(self) -> None:
        """To be called before reading: what changes while it is read is read again the next time."""
        self._found, self._read_at = self._look(), time.monotonic()
        self._is_quiet = self._found is not None and max(self._found[3::4]) < time.time_ns() - QUIET_NS

    def take_after_writing(self) -> None:
        self._found, self._is_quiet = self._look(), False

    def forget(self) -> None:
        """For what could not be read or written."""
        self._found, self._is_quiet = None, False

    @property
    def is_same(self) -> bool:
        """Whether they look as they did. That is no proof: it is for what is looked at again before it is replaced."""
        return self._found is not None and self._found == self._look()

    @property
    def is_recent(self) -> bool:
        """Whether they were read a moment ago and are the same: one command asks for its journal several times.

        What was written shortly before it was read is never taken for the same: it may change again in the same tick of
        the clock.
        """
        return self._is_quiet and time.monotonic() - self._read_at < RECENT_SECONDS and self.is_same
