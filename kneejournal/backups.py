"""Copies of the journal as it was: the last ten, one a day for thirty days, one a month for good."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from kneejournal.files import create_file, make_folder, replace_file

GENERATIONS = 10
DAYS = 30

_NAME = re.compile(r"([0-9]{8})-([0-9]{8}T[0-9]{6})Z(-[a-z-]+)?\.json")


class Backup(NamedTuple):
    """One copy: the revision it holds, when it was made (UTC), and what came next when it was made on purpose."""

    path: Path
    revision: int
    made_at: datetime
    before: str | None = None


class Backups:
    """The folder of copies beside a journal. Copies are named by revision, since a clock may go backwards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> tuple[Backup, ...]:
        """Every copy, the newest first; whatever else lies in the folder is left alone."""
        try:
            names = sorted(self.folder.iterdir())
        except OSError:
            return ()
        found = [backup for path in names if (backup := _read_name(path)) is not None]
        return tuple(sorted(found, key=lambda backup: (backup.revision, backup.made_at), reverse=True))

    def keep(
        self, content: bytes, revision: int, at: datetime, before: str | None = None, *, synced: bool = False
    ) -> Backup:
        """Keep `content`, which was validated, and let older copies go. Raises OSError.

        A copy that takes the place of another is synced always: it may be the only one of its revision.
        """
        make_folder(self.folder)
        made_at = at.astimezone(UTC)
        name = f"{revision:08d}-{made_at:%Y%m%dT%H%M%S}Z{f'-before-{before}' if before else ''}.json"
        path = self.folder / name
        if path.exists():
            replace_file(path, content)
        else:
            create_file(path, content, synced=synced)
        self._let_go(made_at.date())
        return Backup(path, revision, made_at, before)

    def _let_go(self, today: date) -> None:
        copies = self.all()
        kept = kept_of(copies, today)
        for backup in copies:
            if backup not in kept:
                backup.path.unlink(missing_ok=True)


def kept_of(copies: Iterable[Backup], today: date) -> frozenset[Backup]:
    """The copies to keep: of each kind the last ten, the last of each of thirty days, the last of every month.

    Copies made on purpose are counted by their purpose: no number of imports lets the copy before a migration go.
    """
    newest_first = sorted(copies, key=lambda backup: (backup.revision, backup.made_at), reverse=True)
    kinds: dict[str | None, list[Backup]] = {}
    days: dict[date, Backup] = {}
    months: dict[tuple[int, int], Backup] = {}
    for backup in newest_first:
        kinds.setdefault(backup.before, []).append(backup)
        day = backup.made_at.date()
        months.setdefault((day.year, day.month), backup)
        if day > today - timedelta(days=DAYS):
            days.setdefault(day, backup)
    latest = [backup for kind in kinds.values() for backup in kind[:GENERATIONS]]
    return frozenset([*latest, *days.values(), *months.values()])


def _read_name(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        made_at = datetime.fromisoformat(match[2]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path, int(match[1]), made_at, match[3].removeprefix("-before-") if match[3] else None)
