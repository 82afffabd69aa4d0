"""The lines of the day: the knee, care, yesterday and shoes, each with the keys that write it."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from kneejournal.domain.exercises import ExerciseWeek
from kneejournal.domain.records import Care, Side
from kneejournal.domain.text import clean_line
from kneejournal.domain.today import Today
from kneejournal.widgets.ribbon import MUTED

LABEL = 11
CARE_WORDS = {"ice": "iced", "elevate": "leg up"}
YESTERDAY_KEYS = (("y", "fine, all day"), ("Y", "with details"))
KNEE_KEYS = (("0", "fine, all day"), ("1-9", "pain now"), ("p", "details"))
CARE_KEYS = (("i", "ice"), ("v", "leg up"))


def day_lines(today: Today, sides: Sequence[Side], closes_at: int, warnings: Iterable[str]) -> Content:
    """What is asked and known of the day. `sides`: the tracked knees; `warnings`: of the shoes."""
    lines = [
        _line("Knee", knee_words(today, sides, closes_at), () if today.knee else KNEE_KEYS),
        _line("Care", care_words(today.care), CARE_KEYS),
    ]
    if today.ask_yesterday:
        lines.insert(0, _line("Yesterday", Content.styled("how was it?", "bold $text-warning"), YESTERDAY_KEYS))
    shoes = (Content.styled(clean_line(warning), "$text-warning") for warning in warnings)
    return Content("\n").join([*lines, *(_line("Shoes", warning) for warning in shoes)])


def knee_words(today: Today, sides: Sequence[Side], closes_at: int) -> Content:
    """How the knee is, as far as it is written."""
    if today.knee is None:
        return Content.styled("not checked yet", "bold")
    worst = max(today.knee.values())
    one = len(sides) == 1 and len(today.knee) == 1
    scores = str(worst) if one else ", ".join(f"{side} {score}" for side, score in today.knee.items())
    if today.is_closed:
        return Content.styled(f"{scores}, all day", "bold $text-success")
    if worst:
        return Content.styled(f"{'pain ' if one else ''}{scores}", "bold $text-error")
    return Content.assemble((f"{scores} so far", "bold"), (f", ask again from {closes_at}:00", MUTED))


def care_words(care: Sequence[Care]) -> Content:
    """The minutes of each kind of care."""
    minutes = {what: sum(c.minutes for c in care if c.what == what) for what in CARE_WORDS}
    said = ", ".join(f"{CARE_WORDS[what]} {total} min" for what, total in minutes.items() if total)
    return Content.styled(said, "bold") if said else Content.styled("none today", MUTED)


def week_line(week: ExerciseWeek) -> Content:
    """Strength and stretch days of the last seven."""
    target = week.target
    more = f" ({target.suggested} suggested)" if target.suggested > target.least else ""
    return Content.assemble(
        ("Exercises".ljust(LABEL), "bold"),
        ("in seven days: ", MUTED),
        *_count("strength", len(week.strength_days), target.least),
        " · ",
        *_count("stretch", len(week.stretch_days), target.least),
        (more, MUTED),
    )


def _count(what: str, have: int, least: int) -> tuple[str, tuple[str, str]]:
    return f"{what} ", (f"{have} of {least}", "bold $text-success" if have >= least else "bold")


def _line(label: str, words: Content, keys: Iterable[tuple[str, str]] = ()) -> Content:
    hints = [Content.assemble((key, "bold $primary"), (f" {what}", MUTED)) for key, what in keys]
    line = Content.assemble((label.ljust(LABEL), MUTED), words)
    return Content("   ").join([line, *hints])
