"""One entry in full: every symptom in words, and the whole note."""

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.days import short_day
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run, Shoe
from kneejournal.domain.text import clean
from kneejournal.domain.units import show_distance
from kneejournal.widgets.entry_rows import EntryRows
from kneejournal.widgets.words import show_words

CARE_WORDS = {"ice": "Iced", "elevate": "Leg up"}


class EntryDetail(VerticalScroll):
    """The entry that is highlighted in the list."""

    def compose(self) -> ComposeResult:
        yield Static("", id="entry-text")

    def show(self, records: Sequence[AnyRecord], rows: EntryRows, shoes: Sequence[Shoe]) -> None:
        """Show the records of one line of the list."""
        self.set_class(not records, "-empty")
        lines = list(_lines(records, rows, shoes))
        show_words(self.query_one("#entry-text", Static), Content("\n").join(lines))
        self.scroll_home(animate=False)


def _lines(records: Sequence[AnyRecord], rows: EntryRows, shoes: Sequence[Shoe]) -> Iterator[Content]:
    if not records:
        return
    first = records[0]
    yield Content.styled(f"{short_day(first.day, rows.today)}, {_what(first, records)}", "bold $primary")
    if isinstance(first, Pain):
        yield from _of_pain(first, rows)
    elif isinstance(first, Run):
        yield from _of_run(first, rows, shoes)
    elif isinstance(first, Care):
        yield Content(f"{CARE_WORDS[first.what]} for {first.minutes} min.")
    for mark in records:
        if isinstance(mark, ExerciseMark):
            hurt = f", pain {mark.pain}" if mark.pain else ""
            yield Content(f"{rows.exercise_name(mark)}: {'done' if mark.done else 'not done'}{hurt}.")
    note = first.note if isinstance(first, Pain | Run) else ""
    if note:
        yield Content("")
        yield Content(clean(note))
    yield Content("")
    yield Content.styled(_written(first, rows), "$foreground-muted")


def _what(record: AnyRecord, records: Sequence[AnyRecord]) -> str:
    if isinstance(record, Pain):
        return "the whole day" if record.scope == "day" else f"at {record.time}" if record.time else "this moment"
    if isinstance(record, ExerciseMark):
        return "exercises" if len(records) > 1 else "exercise"
    return "a run" if isinstance(record, Run) else "care"


def _of_pain(pain: Pain, rows: EntryRows) -> Iterator[Content]:
    for side, score in pain.pain.by_side().items():
        yield Content.assemble(f"{side.capitalize()} knee: pain ", (str(score), "bold"), " of 10.")
    flags = pain.red_flags
    for code in pain.symptoms:
        label = rows.programme.label(code)
        if code not in flags:
            yield Content(f"• {label}")
        else:
            seen = f", settled {short_day(pain.resolved_on, rows.today)}" if pain.resolved_on else ""
            yield Content.styled(f"⚑ {label} (a red flag{seen})", "$text-error")
    if pain.medicine:
        yield Content.styled("◇ Pain medicine taken.", "$text-warning")


def _of_run(run: Run, rows: EntryRows, shoes: Sequence[Shoe]) -> Iterator[Content]:
    minutes = f" in {run.duration_s // 60}:{run.duration_s % 60:02}" if run.duration_s else ""
    yield Content(f"{show_distance(run.distance_m, rows.profile.units)}{minutes}.")
    yield Content("Pain was not asked." if run.pain is None else f"Pain {run.pain} of 10 while running.")
    yield Content(f"A session of stage {run.stage}." if run.stage else "Not a session of the plan.")
    name = next((shoe.name for shoe in shoes if shoe.id == run.shoe_id), None)
    yield Content.assemble("Shoes: ", clean(name) if name else "none", ".")


def _written(record: AnyRecord, rows: EntryRows) -> str:
    written = f"Written {short_day(record.recorded_at.date(), rows.today)}, {record.recorded_at:%H:%M}"
    if record.updated_at == record.recorded_at:
        return f"{written}."
    return f"{written}; changed {short_day(record.updated_at.date(), rows.today)}, {record.updated_at:%H:%M}."
