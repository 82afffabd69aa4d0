"""Which copies of the journal are kept."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kneejournal.backups import Backup, Backups, kept_of

TODAY = date(2026, 11, 22)


def backup(revision: int, day: date, hour: int = 12, before: str | None = None) -> Backup:
    return Backup(Path(str(revision)), revision, datetime(day.year, day.month, day.day, hour, tzinfo=UTC), before)


def test_the_last_ten_one_a_day_for_thirty_days_and_one_a_month_for_good() -> None:
    revision = 0
    copies = []
    for back in range(400, -1, -1):
        for hour in (8, 12, 20):
            revision += 1
            copies.append(backup(revision, TODAY - timedelta(days=back), hour))
    kept = sorted(kept_of(copies, TODAY), key=lambda copy: copy.revision, reverse=True)
    assert [copy.revision for copy in kept[:10]] == list(range(revision, revision - 10, -1))
    days = {copy.made_at.date() for copy in kept}
    assert {TODAY - timedelta(days=back) for back in range(30)} <= days
    months = {(copy.made_at.year, copy.made_at.month) for copy in kept}
    assert len(months) == 14
    assert len(kept) == 10 + (30 - 4) + 12


def test_a_clock_that_goes_backwards_lets_no_newer_revision_go() -> None:
    copies = [backup(n, TODAY - timedelta(days=n)) for n in range(1, 30)]
    assert max(copy.revision for copy in kept_of(copies, TODAY)) == 29


def test_copies_made_on_purpose_outlast_ten_saves() -> None:
    copies = [backup(1, TODAY, 1, "import"), *(backup(n, TODAY, 2) for n in range(2, 30))]
    assert copies[0] in kept_of(copies, TODAY)


def test_no_number_of_imports_lets_the_copy_before_a_migration_go() -> None:
    copies = [backup(1, TODAY, 1, "migration"), *(backup(n, TODAY, 2, "import") for n in range(2, 30))]
    kept = kept_of(copies, TODAY)
    assert copies[0] in kept
    assert len(kept) == 1 + 10


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    backups = Backups(tmp_path / "b")
    for number in range(15):
        backups.keep(b"x", number, datetime(2026, 11, 22, 12, number, tzinfo=UTC))
    (tmp_path / "b" / "mine.json").write_bytes(b"y")
    backups.keep(b"x", 15, datetime(2026, 11, 22, 13, tzinfo=UTC))
    assert (tmp_path / "b" / "mine.json").exists()
    assert [copy.revision for copy in backups.all()] == list(range(15, 5, -1))
