"""Keeps what is typed in order: what rests on a change waits until that is saved, and shown."""

from collections.abc import Mapping

from textual.actions import ActionParseResult
from textual.dom import DOMNode

from kneejournal.ending import OrderlyEnd
from kneejournal.saving import Saving

PATIENCE_SECONDS = 10.0
"""Longer than the store waits for another program that is writing."""
STILL_SAVING = "What was typed before is still being saved."
AHEAD = frozenset(("tick", "short", "step", "page", "help"))
"""Actions that mean the same whatever is being saved: a second tick is asked for at once, and saved in its turn."""


class InTurn(OrderlyEnd):
    """An app of which every key acts on what the keys before it have written."""

    @property
    def saving(self) -> Saving:
        """The changes under way."""
        raise NotImplementedError

    def finish_saving(self, seconds: float) -> str:
        return self.saving.finish(seconds)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Act in turn. After a change that failed nothing is done that was typed before this could be seen."""
        name = action if isinstance(action, str) else action[1]
        is_in_turn = name.partition("(")[0].rpartition(".")[2] in AHEAD or await self._settled()
        return not is_in_turn or await super().run_action(action, default_namespace, namespaces)

    async def _settled(self) -> bool:
        is_saved = not self.saving.is_busy or await self.saving.settled(PATIENCE_SECONDS)
        if self.saving.is_busy:
            self.notify(STILL_SAVING, severity="warning")
        return is_saved
