"""The thresholds of the rules in their groups, each with its value; a changed one is marked and names its default."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kneejournal.domain.profile import Profile
from kneejournal.domain.text import clean
from kneejournal.domain.thresholds import GROUPS, SETTINGS, Setting, value_of

CHANGED = "●"
GAP = 2
WIDEST = 10
"""Columns of the widest value with its unit: 2 sessions."""
MARGIN = 4
"""Columns for the mark and the ends of a line."""


class SettingList(OptionList):
    """Settings to walk through with the arrows."""

    @dataclass
    class Looked(Message):
        """Another setting is highlighted."""

        setting: Setting

    @dataclass
    class Asked(Message):
        """Somebody wants to change a setting."""

        setting: Setting

    def __init__(self, names: Mapping[str, str], profile: Profile) -> None:
        """`names`: what the thresholds are called."""
        super().__init__(markup=False, compact=True)
        self._names = {name: _capital(clean(text)) for name, text in names.items()}
        self._profile = profile

    def on_mount(self) -> None:
        self.set_options(self._options_of())
        self.action_first()

    @property
    def setting(self) -> Setting | None:
        """The highlighted setting."""
        option = self.highlighted_option
        return SETTINGS.get(option.id or "") if option else None

    def show(self, profile: Profile) -> None:
        """Show the values of `profile`; the highlight stays."""
        self._profile = profile
        for setting in SETTINGS.values():
            self.replace_option_prompt(setting.name, self._line(setting))

    def on_resize(self) -> None:
        self.show(self._profile)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.setting:
            self.post_message(self.Looked(self.setting))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.setting:
            self.post_message(self.Asked(self.setting))

    def _options_of(self) -> Iterator[Option]:
        for group, settings in GROUPS.items():
            yield Option(Content.styled(f" {group}", "bold $primary"), disabled=True)
            for setting in settings:
                yield Option(self._line(setting), id=setting.name)

    def _line(self, setting: Setting) -> Content:
        units, value = self._profile.units, value_of(self._profile.thresholds, setting.name)
        is_changed = value != setting.default
        shown = setting.shown(value, units)
        usual = f" (default {setting.bare(setting.default, units)})" if is_changed else ""
        room = max(2 * WIDEST, self.scrollable_content_region.width - MARGIN - GAP)
        name_width = min(max(len(name) for name in self._names.values()), room - WIDEST)
        if name_width + len(shown + usual) > room:
            usual = ""
        name = Content(self._names[setting.name]).truncate(name_width, ellipsis=True, pad=True)
        value_style = "bold $primary" if is_changed else ""
        return Content.assemble(
            (f" {CHANGED} " if is_changed else "   ", "$primary"), name, " " * GAP, (shown, value_style), usual
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
