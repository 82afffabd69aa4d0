"""One rehab from the flare to maintenance, told as a table."""

from datetime import date, timedelta

from kneejournal.domain.case import Status
from kneejournal.domain.profile import Profile
from kneejournal.domain.progress import Phase
from kneejournal.domain.readiness import Verdict, judge
from tests.domain.stories import PROGRAMME, at, story

BEGAN = date(2026, 3, 2)

CHAPTERS: list[tuple[str, str]] = [
    ("the flare", "4 3 3 2 . s 1"),
    ("recovery, with a check forgotten and filled in", "ccc f cc o"),
    ("a week of clear days", "ccccccc"),
    ("stage 1", "RcRc"),
    ("stage 2", "RcRc"),
    ("stage 3, and it hurts a little on the stairs afterwards", "Rc R 1"),
    ("a minor setback: three days off", "ccc"),
    ("stage 2 again", "RcRc"),
    ("stages 3 to 5", "RcRc RcRc RcRc"),
    ("stage 6, and pain of 4", "R 4"),
    ("a major setback: seven days off, one of them masked", "cc m ccccccc"),
    ("from stage 1 to stage 8", "RcRc" * 8),
    ("maintenance", "r c r r c . f"),
]

TOLD: dict[str, tuple[Status, Phase, int | None]] = {
    "the flare": ("not-ready", "rehab", None),
    "recovery, with a check forgotten and filled in": ("unconfirmed", "rehab", None),
    "a week of clear days": ("ready", "rehab", 1),
    "stage 1": ("ready", "return", 2),
    "stage 2": ("ready", "return", 3),
    "stage 3, and it hurts a little on the stairs afterwards": ("setback", "return", 2),
    "a minor setback: three days off": ("ready", "return", 2),
    "stage 2 again": ("ready", "return", 3),
    "stages 3 to 5": ("ready", "return", 6),
    "stage 6, and pain of 4": ("setback", "return", 1),
    "a major setback: seven days off, one of them masked": ("ready", "return", 1),
    "from stage 1 to stage 8": ("ready", "maintain", None),
    "maintenance": ("unconfirmed", "maintain", None),
}
"""The morning after each chapter."""


def mornings() -> dict[str, Verdict]:
    line, found = "", {}
    for chapter, signs in CHAPTERS:
        line += signs.replace(" ", "")
        morning = BEGAN + timedelta(days=len(line))
        records = story(line, morning - timedelta(days=1))
        found[chapter] = judge(records, Profile(), PROGRAMME, at(morning, 8))
    return found


def test_a_whole_rehab_goes_as_the_rules_say() -> None:
    told = {chapter: (v.status, v.phase, v.stage.number if v.stage else None) for chapter, v in mornings().items()}
    assert told == TOLD


def test_no_day_of_it_says_ready_with_symptoms_in_the_three_days_before() -> None:
    line = "".join(signs.replace(" ", "") for _, signs in CHAPTERS)
    for count in range(1, len(line)):
        morning = BEGAN + timedelta(days=count)
        found = judge(story(line[:count], morning - timedelta(days=1)), Profile(), PROGRAMME, at(morning, 8))
        if found.is_ready:
            assert not set(line[max(0, count - 3) : count]) & set("1234s.om")
