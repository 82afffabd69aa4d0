"""The rows of a form: a name, a control in one line, and what it takes."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

BOXES = {True: "[x]", False: "[ ]"}


class Field(HorizontalGroup):
    """One row of a form."""

    def __init__(self, name: str, control: Widget, hint: str = "") -> None:
        super().__init__()
        self._label = name
        self._control = control
        self._hint = hint

    def compose(self) -> ComposeResult:
        yield Static(Content(self._label), classes="field-name")
        yield self._control
        if self._hint:
            yield Static(Content(self._hint), classes="field-hint")


class Tick(Widget, can_focus=True):
    """A box to tick, in one line; ticked or not is a sign, not a colour."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "turn", "Tick", show=False)]

    value: reactive[bool] = reactive(False, init=False)

    @dataclass
    class Changed(Message):
        """The box was ticked, or unticked."""

        tick: "Tick"
        value: bool

        @property
        def control(self) -> "Tick":
            return self.tick

    def __init__(self, label: str, value: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label
        self.set_reactive(Tick.value, value)

    def render(self) -> Content:
        return Content(f"{BOXES[self.value]} {self._label}")

    def watch_value(self) -> None:
        self.post_message(self.Changed(self, self.value))

    def on_click(self) -> None:
        self.action_turn()

    def action_turn(self) -> None:
        if not self.disabled:
            self.value = not self.value


class TickList(OptionList):
    """Several boxes to tick, in one list; space or enter ticks."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "Tick", show=False)]

    def __init__(self, choices: list[tuple[str, str]], ticked: tuple[str, ...], id: str | None = None) -> None:
        """`choices`: code and label of each."""
        super().__init__(compact=True, markup=False, id=id)
        self._labels = dict(choices)
        self._ticked = set(ticked)
        self.add_options(Option(self._line(code), id=code) for code in self._labels)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order of the list."""
        return tuple(code for code in self._labels if code in self._ticked)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        code = str(event.option_id)
        self._ticked ^= {code}
        self.replace_option_prompt(code, self._line(code))

    def _line(self, code: str) -> Content:
        return Content(f"{BOXES[code in self._ticked]} {self._labels[code]}")
