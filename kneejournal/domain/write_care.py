"""Writes icing and elevation."""

from datetime import date
from typing import Literal

from kneejournal.domain.days import short_day
from kneejournal.domain.records import Care, new_id
from kneejournal.domain.snapshot import Edit, Moment

CARE_MINUTES = 15
WORDS = {"ice": "Iced", "elevate": "Leg up"}


def log_care(what: Literal["ice", "elevate"], minutes: int, day: date, moment: Moment) -> Edit:
    """The change that writes icing or elevation, in minutes (1-600)."""
    care = Care(
        id=new_id(),
        day=day,
        recorded_at=moment.now,
        updated_at=moment.now,
        device=moment.device,
        what=what,
        minutes=minutes,
    )
    return Edit(what=described(care, moment.today), records=(care,))


def described(care: Care, today: date) -> str:
    """Icing or elevation in one line: Iced 15 min, Sun 22 Nov."""
    return f"{WORDS[care.what]} {care.minutes} min, {short_day(care.day, today)}."
