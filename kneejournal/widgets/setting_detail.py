"""One threshold explained: its value, its default, its range, what changing it does; and the field to change it."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Programme
from kneejournal.domain.text import clean
from kneejournal.domain.thresholds import YES_NO, Setting, Value, value_of
from kneejournal.errors import BadData
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.entry_fields import LineInput, hint

SOURCES = {"article": "article", "default": "journal"}
NAMED = " The verdict says when it was changed."


class SettingDetail(VerticalScroll, can_focus=False):
    """Explains a setting; a field stands in the place of its value while it is changed."""

    def __init__(self, programme: Programme, profile: Profile, setting: Setting) -> None:
        super().__init__()
        self._programme = programme
        self._profile = profile
        self._setting = setting

    def compose(self) -> ComposeResult:
        yield Static("", id="setting-name")
        yield Static("", id="setting-facts")
        with Horizontal(id="setting-field"):
            yield LineInput(id="setting-value")
            yield Choice([(word, word) for word in YES_NO.values()], "yes", id="setting-choice")
            yield hint("")
        yield Static("", id="setting-means")

    @property
    def value(self) -> Value:
        """What is typed or chosen. Raises BadData."""
        return self._setting.read(self._field.value, self._profile.units)

    def show(self, setting: Setting, profile: Profile) -> None:
        """Explain `setting`, without a field."""
        self._setting, self._profile = setting, profile
        self.remove_class("-changing")
        name = clean(self._programme.thresholds[setting.name])
        self.query_one("#setting-name", Static).update(Content(name[:1].upper() + name[1:]))
        self.query_one("#setting-facts", Static).update(self._facts())
        means = clean(self._programme.changing[setting.name]) + (NAMED if setting.is_named else "")
        self.query_one("#setting-means", Static).update(Content(means))

    def open_field(self) -> None:
        """Let the setting be changed, from the value that it has."""
        self.add_class("-changing")
        for field in self.query("#setting-field LineInput, #setting-field Choice"):
            field.display = field is self._field
        self._field.value = self._setting.bare(self._now, self._profile.units)
        self._field.focus()
        self._judge()

    @property
    def _field(self) -> LineInput | Choice:
        if self._setting.unit == "yes/no":
            return self.query_one("#setting-choice", Choice)
        return self.query_one("#setting-value", LineInput)

    @property
    def _now(self) -> Value:
        return value_of(self._profile.thresholds, self._setting.name)

    def _facts(self) -> Content:
        setting, units = self._setting, self._profile.units
        now, usual = (setting.shown(value, units) for value in (self._now, setting.default))
        default = "the default" if now == usual else f"default {usual}"
        more = f"   {default} ({SOURCES[setting.source]})   {setting.span(units)}"
        return Content.assemble((now, "bold"), (more, "$foreground-muted"))

    @on(Input.Changed, "#setting-value")
    def _judge(self) -> None:
        """Say at once whether what is typed can be."""
        line = self.query_one(".field-hint", Static)
        try:
            self._setting.read(self._field.value, self._profile.units)
            said = f"{self._setting.span(self._profile.units)}; enter writes it"
        except BadData as error:
            said = f"! {clean(str(error))}"
        line.set_class(said.startswith("!"), "-wrong")
        line.update(Content(said))
