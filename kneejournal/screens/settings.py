"""Every threshold of the rules: what it is, what changing it means, and a field to change it."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input

from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean
from kneejournal.domain.thresholds import SETTINGS, Setting, Value, value_of
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets
from kneejournal.widgets.setting_detail import SettingDetail
from kneejournal.widgets.setting_list import SettingList


class SettingsScreen(Dialog[None]):
    """The settings in groups, and the highlighted one explained; enter opens a field for it."""

    CSS_PATH = sheets("dialog", "settings")
    TITLE_TEXT = "Settings of the rules"
    AUTO_FOCUS = "SettingList"
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-short"), (20, "-tall")]  # noqa: RUF012
    HELP = """
    Every number that the rules rest on. Each has its default from the article, or from the journal where the article
    is silent. A ● marks what you changed; the verdict and the reasons say it too.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # The list takes enter for itself, so that the footer would not show it.
        Binding("c", "change", "Change", key_display="enter", id="settings.change"),
        Binding("enter", "save", "Save", show=False, id="settings.enter"),
        Binding(
            "r,backspace", "reset", "Default", key_display="r", tooltip="Back to the default", id="settings.default"
        ),
        Binding("u", "undo", "Undo", tooltip="Take the last change back", id="settings.undo"),
        Binding("escape", "leave", "Close", id="dialog.leave"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._profile = read_or_empty(journal).profile
        self._changed: Setting | None = None
        """What the field is open for."""

    def compose_fields(self) -> ComposeResult:
        programme = self._journal.programme
        with Container(id="settings"):
            yield SettingList(programme.thresholds, self._profile)
            yield SettingDetail(programme, self._profile, next(iter(SETTINGS.values())))

    @property
    def _list(self) -> SettingList:
        return self.query_one(SettingList)

    @property
    def _detail(self) -> SettingDetail:
        return self.query_one(SettingDetail)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "save":
            return self._changed is not None
        if action in ("change", "undo"):
            return self._changed is None
        if action == "reset":
            is_made = bool(self.query(SettingList))
            setting = self._list.setting if is_made and self._changed is None else None
            return setting is not None and self._value(setting) != setting.default
        return super().check_action(action, parameters)

    @on(SettingList.Looked)
    def _look(self) -> None:
        self._close()

    @on(SettingList.Asked)
    def _asked(self, event: SettingList.Asked) -> None:
        self._open(event.setting)

    def action_change(self) -> None:
        if setting := self._list.setting:
            self._open(setting)

    def _open(self, setting: Setting) -> None:
        self._changed = setting
        self.add_class("-changing")
        self._detail.open_field()
        self.refresh_bindings()

    def _close(self) -> None:
        self._changed = None
        self.remove_class("-changing")
        self.query_one("#dialog-error").remove_class("-shown")
        if setting := self._list.setting:
            self._detail.show(setting, self._profile)
        self._list.focus()
        self.refresh_bindings()

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        if setting := self._changed:
            self._write(setting, self._detail.value)

    def action_reset(self) -> None:
        if setting := self._list.setting:
            self._try(lambda: self._write(setting, setting.default))

    def action_undo(self) -> None:
        self._try(lambda: self._say(self._journal.undo()))

    def action_leave(self) -> None:
        if self._changed:
            self._close()
        else:
            self.dismiss(None)

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except KneejournalError as error:
            self.notify(clean(str(error)), severity="error", timeout=10, markup=False)

    def _write(self, setting: Setting, value: Value) -> None:
        if value == self._value(setting):
            self._close()
        else:
            self._say(self._journal.set_up(SetupAnswers(thresholds={setting.name: value})))

    def _say(self, written: Written) -> None:
        """The toast that names what was written, and its undo; then show what is in the journal now."""
        self.app.clear_notifications()
        hint = "" if written.what.startswith("Taken back") else "  u takes it back."
        self.notify(clean(written.what) + hint, markup=False)
        self._profile = read_or_empty(self._journal).profile
        self._list.show(self._profile)
        self._close()

    def _value(self, setting: Setting) -> Value:
        return value_of(self._profile.thresholds, setting.name)


def read_or_empty(journal: Journal) -> Snapshot:
    """What the journal holds; an unreadable one says so on saving."""
    try:
        return journal.snapshot()
    except KneejournalError:
        return Snapshot()
