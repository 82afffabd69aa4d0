"""The ways to a false READY that were found on the way, each by its name (SAFETY.md)."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kneejournal.domain.days import DAY
from kneejournal.domain.merge import newer
from kneejournal.domain.profile import Profile
from kneejournal.domain.readiness import judge
from kneejournal.domain.records import AnyRecord, Pain, Scores, day_check_id
from kneejournal.errors import BadData, Unreadable
from kneejournal.interop.journal_json import read_document
from kneejournal.journal_format import encoded
from tests.torture.rig import EVENING, TODAY, Home, check, morning, note, shipped, tables_of

CLEAR_WEEK = [TODAY - DAY * back for back in range(7, 0, -1)]


def status(home: Home) -> str:
    return home.open(morning).verdict().status


def rewrite(home: Home, old: str, new: str) -> None:
    """Change the file as a program would that knows its format, checksum and all."""
    text = home.content.decode()
    assert old in text
    head, _, tail = text.rpartition(old)
    tables = tables_of((head + new + tail).encode())
    home.journal.write_bytes(
        encoded(tables, tables["header"]["1"]["revision"], tables["header"]["1"]["journal"], to_confirm=False)[0]
    )


def day_check(day: date, score: int = 0, written: datetime | None = None) -> Pain:
    moment = written or datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
    return Pain(
        id=day_check_id(day),
        day=day,
        recorded_at=moment,
        updated_at=moment,
        device="test",
        scope="day",
        pain=Scores(left=score),
        symptoms=(),
        medicine=False,
    )


def verdict_on(records: list[AnyRecord], now: datetime) -> str:
    return judge(records, Profile(), shipped(), now).status


def test_the_clear_week_itself_is_ready(home: Home) -> None:
    """Without this, every other test here could pass for the wrong reason."""
    assert home.begin_ready().verdict().status == "ready"
    assert verdict_on([day_check(day) for day in CLEAR_WEEK], morning()) == "ready"


def test_an_empty_week_is_not_a_week_without_pain(home: Home) -> None:
    home.begin()
    assert status(home) == "unconfirmed"
    assert home.call("ready", now="2026-11-22").status == 1


@pytest.mark.parametrize(
    "score", ["NaN", "Infinity", "-Infinity", "1e999", "-0.5", "0.5", "true", "false", "null", '"0"', "[]"]
)
def test_a_pain_that_is_no_whole_number_makes_the_journal_unreadable(home: Home, score: str) -> None:
    home.begin_ready()
    text = home.content.decode()
    assert '"left":0' in text
    home.journal.write_text(text.replace('"left":0', f'"left":{score}', 1))
    with pytest.raises(Unreadable):
        status(home)
    if score not in ("NaN", "Infinity", "-Infinity", "1e999"):
        home.journal.write_text(text)
        rewrite(home, '"left":0', f'"left":{score}')
        with pytest.raises(Unreadable):
            status(home)


@pytest.mark.parametrize("score", ["NaN", "Infinity", "1e999", "true", '"0"', "0.5", "-1", "11", "null"])
def test_a_pain_that_is_no_whole_number_is_not_imported(home: Home, score: str) -> None:
    raw = home.begin_ready().export()
    changed = raw.replace(b'"left":0', b'"left":' + score.encode(), 1)
    assert changed != raw
    with pytest.raises(BadData):
        read_document(changed, "x", TODAY)


def test_a_missing_field_makes_the_journal_unreadable(home: Home) -> None:
    home.begin_ready()
    rewrite(home, '"pain":{"left":0},', "")
    with pytest.raises(Unreadable, match="pain"):
        status(home)


def test_a_misspelt_field_makes_the_journal_unreadable(home: Home) -> None:
    home.begin_ready()
    rewrite(home, '"pain":{"left":0}', '"pian":{"left":0}')
    with pytest.raises(Unreadable):
        status(home)
    home.begin_ready()
    rewrite(home, '"pain":{"left":0}', '"pain":{"left":0},"pian":{"left":8}')
    with pytest.raises(Unreadable, match="pian"):
        status(home)


def test_a_key_that_stands_twice_makes_the_journal_unreadable(home: Home) -> None:
    """Most readers keep the last of the two: 8 and then 0 is 0."""
    home.begin_ready()
    for old, new in (('"left":0', '"left":8,"left":0'), ('"pain":{', '"pain":{"left":8},"pain":{')):
        content = home.content
        home.journal.write_text(content.decode().replace(old, new, 1))
        with pytest.raises(Unreadable, match="stands twice"):
            status(home)
        home.journal.write_bytes(content)


def test_one_flipped_bit_in_a_pain_makes_the_journal_unreadable(home: Home) -> None:
    journal = home.begin_ready()
    check(journal, TODAY - DAY, 8)
    assert status(home) == "not-ready"
    content = home.content
    place = content.index(b'"left":8') + len(b'"left":')
    home.journal.write_bytes(content[:place] + bytes([content[place] ^ 0b1000]) + content[place + 1 :])
    assert home.content[place : place + 1] == b"0"
    with pytest.raises(Unreadable):
        status(home)


def test_nothing_is_remembered_of_an_earlier_reading(home: Home) -> None:
    """A program that is open sees the pain that another one writes, at once."""
    opened = home.begin_ready()
    assert opened.verdict().is_ready
    note(home.open(morning, device="another"), "stairs", score=3)
    assert opened.verdict().status == "not-ready"


def test_what_a_reading_gave_cannot_be_changed_in_place(home: Home) -> None:
    journal = home.begin_ready()
    record = next(r for r in journal.entries() if isinstance(r, Pain))
    with pytest.raises(AttributeError):
        record.pain.left = 8  # type: ignore[misc]


def test_a_restored_backup_that_lacks_the_last_entry_is_unconfirmed(home: Home) -> None:
    home.begin_ready()
    newest, *_ = home.file().backups.all()
    note(home.open(morning), "hurts", score=8)
    home.journal.write_bytes(newest.path.read_bytes())
    assert status(home) == "unconfirmed"


def test_a_version_that_a_sync_program_rolled_back_is_unconfirmed(home: Home) -> None:
    home.begin_ready()
    older = home.content
    note(home.open(morning), "hurts", score=8)
    theirs = home.journal.with_name("theirs")
    theirs.write_bytes(older)
    theirs.replace(home.journal)
    assert status(home) == "unconfirmed"
    note(home.open(morning), "written over it")
    assert status(home) == "unconfirmed"


@pytest.mark.parametrize("more", [0, 20], ids=["of an older revision", "of a newer revision"])
def test_a_file_replaced_by_that_of_another_profile_is_unconfirmed(home: Home, more: int) -> None:
    """Somebody else's journal under this name says nothing of this knee."""
    other = Home(home.folder / "other")
    other.begin_ready()
    for number in range(more):
        note(other.open(morning), str(number))
    journal = home.begin_ready()
    check(journal, TODAY, 8)
    note(journal, "hurts", score=8)
    assert status(home) == "not-ready"
    home.journal.write_bytes(other.content)
    assert status(home) == "unconfirmed"


def test_an_entry_of_a_day_to_come_counts_for_nothing(home: Home) -> None:
    with pytest.raises(BadData, match="future"):
        home.begin_ready().read_day((TODAY + DAY).isoformat())
    five = [day_check(day) for day in CLEAR_WEEK[:5]]
    ahead = [day_check(TODAY + DAY * n) for n in range(1, 8)]
    assert verdict_on([*five, *ahead], morning()) == "unconfirmed"
    assert verdict_on([*five, *ahead, day_check(date(2199, 12, 31))], morning()) == "unconfirmed"


def test_an_entry_of_the_year_9999_is_refused_at_every_door(home: Home) -> None:
    journal = home.begin_ready()
    raw = journal.export().replace(b'"day":"2026-11-21"', b'"day":"9999-12-31"')
    with pytest.raises(BadData):
        read_document(raw, "x", TODAY)
    assert home.call("log", "0", "--all-day", "--day", "9999-12-31").status == 4
    assert home.call("ready", now="9999-12-31").status == 4
    rewrite(home, '"day":"2026-11-21"', '"day":"9999-12-31"')
    with pytest.raises(Unreadable):
        status(home)


def test_a_check_written_before_the_evening_of_its_day_does_not_close_it() -> None:
    """A clock that is wrong, or a check at breakfast: the day was not over."""
    morning_of = {day: datetime(day.year, day.month, day.day, 8, tzinfo=UTC) for day in CLEAR_WEEK}
    records = [day_check(day, written=morning_of[day]) for day in CLEAR_WEEK]
    assert verdict_on(list(records), morning()) == "unconfirmed"
    day_before = [day_check(day, written=morning_of[day] - DAY + timedelta(hours=12)) for day in CLEAR_WEEK]
    assert verdict_on(list(day_before), morning()) == "unconfirmed"


def test_a_flight_west_that_turns_today_back_a_day_brings_no_day_forward() -> None:
    """Auckland to Honolulu: yesterday is today again. Six clear days stay six."""
    records: list[AnyRecord] = [day_check(day) for day in CLEAR_WEEK[1:]]
    auckland = datetime(2026, 11, 22, 8, tzinfo=ZoneInfo("Pacific/Auckland"))
    honolulu = (auckland + timedelta(hours=9)).astimezone(ZoneInfo("Pacific/Honolulu"))
    assert honolulu.date() == auckland.date() - DAY
    assert verdict_on(records, auckland) == "unconfirmed"
    assert verdict_on(records, honolulu) == "unconfirmed"
    hurts = [*records, day_check(TODAY, 8, written=auckland)]
    assert verdict_on(hurts, auckland) == "not-ready"


def test_pain_written_before_the_date_line_still_counts_after_it() -> None:
    """Found on the way: the painful day is ahead of the new today, and must not open the gate for an evening."""
    records: list[AnyRecord] = [day_check(TODAY - DAY * back) for back in range(8, 0, -1)]
    auckland = datetime(2026, 11, 22, 8, tzinfo=ZoneInfo("Pacific/Auckland"))
    hurts = [*records, day_check(TODAY, 8, written=auckland)]
    honolulu = (auckland + timedelta(hours=1)).astimezone(ZoneInfo("Pacific/Honolulu"))
    assert verdict_on(hurts, honolulu) != "ready"


def test_a_date_that_a_country_left_out_is_a_day_like_any_other() -> None:
    """Samoa had no 30 December 2011; the journal counts dates, so that day is unlogged and not skipped."""
    today = date(2012, 1, 3)
    week = [today - DAY * back for back in range(7, 0, -1)]
    apia = datetime(2012, 1, 3, 8, tzinfo=ZoneInfo("Pacific/Apia"))
    lived = [day for day in week if day != date(2011, 12, 30)]
    assert verdict_on([day_check(day) for day in lived], apia) == "unconfirmed"
    assert verdict_on([day_check(day) for day in [lived[0] - DAY, *lived]], apia) == "unconfirmed"
    assert verdict_on([day_check(day) for day in week], apia) == "ready"


def test_a_day_of_23_hours_is_one_day() -> None:
    zone = ZoneInfo("America/New_York")
    today = date(2026, 3, 12)
    week = [today - DAY * back for back in range(7, 0, -1)]
    records = [day_check(d, written=datetime(d.year, d.month, d.day, 20, tzinfo=zone)) for d in week]
    now = datetime(2026, 3, 12, 3, 30, tzinfo=zone)
    assert verdict_on(list(records), now) == "ready"
    for missing in range(7):
        assert verdict_on([r for n, r in enumerate(records) if n != missing], now) == "unconfirmed"


def test_a_program_open_over_midnight_counts_from_the_new_day(home: Home) -> None:
    """The week that was complete yesterday lacks yesterday today."""
    clock = [morning()]
    journal = home.open(lambda: clock[0])
    home.begin_ready()
    assert journal.verdict().is_ready
    clock[0] += timedelta(days=1)
    assert journal.verdict().status == "unconfirmed"


def test_one_bad_row_makes_the_whole_journal_unreadable_and_is_not_skipped(home: Home) -> None:
    journal = home.begin_ready()
    note(journal, "hurts", score=8)
    assert status(home) == "not-ready"
    rewrite(home, '"left":8', '"left":88')
    for attempt in (lambda: status(home), lambda: home.open().export(), lambda: note(home.open(), "x")):
        with pytest.raises(Unreadable):
            attempt()


@pytest.mark.parametrize("table", ["records", "profile"])
def test_a_table_that_is_missing_is_not_an_empty_one(home: Home, table: str) -> None:
    """Under a checksum that is right: some program wrote it so, and pain may have been in it."""
    journal = home.begin_ready()
    note(journal, "hurts", score=8)
    tables = tables_of(home.content)
    left = {name: found for name, found in tables.items() if name != table}
    home.journal.write_bytes(
        encoded(left, tables["header"]["1"]["revision"], tables["header"]["1"]["journal"], to_confirm=False)[0]
    )
    with suppress(Unreadable):
        assert status(home) != "ready"


def test_a_document_under_an_unknown_table_is_noticed(home: Home) -> None:
    """Pain in a table that nobody reads would be pain that nobody counts."""
    home.begin_ready()
    tables = tables_of(home.content)
    hurt: dict[str, Any] = {"5": {"left": 8}}
    home.journal.write_bytes(
        encoded(
            {**tables, "pains": hurt},
            tables["header"]["1"]["revision"],
            tables["header"]["1"]["journal"],
            to_confirm=False,
        )[0]
    )
    with suppress(Unreadable):
        assert status(home) != "ready"


def test_of_two_versions_merged_the_order_does_not_hide_the_later_pain() -> None:
    clear = day_check(TODAY - DAY)
    hurts = day_check(TODAY - DAY, 8, written=EVENING)
    assert newer(clear, hurts) == newer(hurts, clear) == hurts


def test_a_zone_that_is_made_up_cannot_close_a_day_before_its_evening() -> None:
    """An offset of 14 hours more makes it evening sooner, yet no day is closed on the day before."""
    far = timezone(timedelta(hours=14))
    records = [day_check(day, written=datetime(day.year, day.month, day.day, 17, 59, tzinfo=far)) for day in CLEAR_WEEK]
    assert verdict_on(list(records), morning()) == "unconfirmed"


def test_ready_says_so_with_its_exit_status_only_when_it_is(home: Home) -> None:
    home.begin_ready()
    assert home.call("ready", now="2026-11-22T08:00:00+00:00").status == 0
    home.journal.write_bytes(home.content[:-1])
    done = home.call("ready", "--json", now="2026-11-22T08:00:00+00:00")
    assert done.status == 3
    assert done.out == ""
    home.journal.unlink()
    assert home.call("ready", now="2026-11-22T08:00:00+00:00").status == 3
    assert json.loads(home.call("ready", "--json").out or "{}").get("status") != "ready"
