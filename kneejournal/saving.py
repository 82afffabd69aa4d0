"""Makes changes in a thread of their own, one after the other, in the order in which they were asked for."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Any, TypeVar

from kneejournal.errors import KneejournalError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
TURN_SECONDS = 0.0005
"""How long this thread may keep the one that draws waiting: a tenth of what Python allows."""
NOT_IN_TIME = "The disk did not answer in time: look whether the last change was saved."


class Saving:
    """The changes under way: each from when it is begun until it is on the disk, and shown as saved."""

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None
        self._under_way: list[Future[Any]] = []
        self._is_done = asyncio.Event()

    @property
    def is_busy(self) -> bool:
        return bool(self._under_way)

    def begin(self, change: Callable[[], T]) -> Future[T]:
        """Make `change` after those that were begun before it; `end` it when what it gave is to be shown."""
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor

            self._thread = ThreadPoolExecutor(1, "saving")
            sys.setswitchinterval(TURN_SECONDS)
        making = self._thread.submit(change)
        self._under_way.append(making)
        self._is_done.clear()
        return making

    def end(self, making: Future[Any]) -> None:
        """What `making` wrote, or why it did not, is shown now."""
        self._under_way.remove(making)
        if not self._under_way:
            self._is_done.set()

    async def settled(self, seconds: float) -> bool:
        """Wait until nothing is under way; False when a change failed meanwhile, or all take longer than `seconds`."""
        waited_for = [*self._under_way]
        try:
            if waited_for:
                await asyncio.wait_for(self._is_done.wait(), seconds)
        except TimeoutError:
            return False
        return not any(making.exception() for making in waited_for)

    def finish(self, seconds: float) -> str:
        """Stand still until every change is made; answers with what is to be said of those that are not, if any."""
        if wait(self._under_way, seconds).not_done:
            return NOT_IN_TIME
        errors = (making.exception() for making in self._under_way)
        return next((str(error) for error in errors if isinstance(error, KneejournalError)), "")
