"""A file is written whole or not at all, for its owner only, and on the disk when that is asked for."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kneejournal import files
from kneejournal.files import TEMPORARY, NotSynced, create_file, give_to_owner, make_folder, replace_file

Write = Callable[[Path, bytes], None]
BOTH = pytest.mark.parametrize("write", [replace_file, create_file], ids=["replaced", "new"])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def is_folder(descriptor: int) -> bool:
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


@pytest.fixture
def loosest_mask() -> object:
    before = os.umask(0)
    yield before
    os.umask(before)


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the disk, in order."""
    asked: list[str] = []
    fsync = os.fsync

    def spied(descriptor: int) -> None:
        asked.append("folder" if is_folder(descriptor) else "file")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", spied)
    return asked


def fails_for(monkeypatch: pytest.MonkeyPatch, kind: str, number: int) -> None:
    """From here on the disk does not confirm folders, or files."""
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        if is_folder(descriptor) == (kind == "folders"):
            raise OSError(number, os.strerror(number))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", failing)


@BOTH
@pytest.mark.usefixtures("loosest_mask")
def test_what_is_written_is_there_for_its_owner_only_and_nothing_else(home: Path, write: Write) -> None:
    write(home / "a", b"x\r\ny\n\x00")
    assert (home / "a").read_bytes() == b"x\r\ny\n\x00"
    assert mode(home / "a") == 0o600
    assert names(home) == ["a"]


@pytest.mark.usefixtures("loosest_mask")
def test_what_others_could_read_is_private_once_it_is_replaced(home: Path) -> None:
    (home / "a").write_bytes(b"old")
    (home / "a").chmod(0o666)
    replace_file(home / "a", b"new")
    assert ((home / "a").read_bytes(), mode(home / "a")) == (b"new", 0o600)


@pytest.mark.usefixtures("loosest_mask")
def test_the_last_look_is_at_the_old_file_with_the_new_one_whole_beside_it(home: Path) -> None:
    (home / "real").write_bytes(b"old")
    (home / "link").symlink_to("real")
    looks: list[Path] = []

    def look(target: Path) -> None:
        looks.append(target)
        assert target.read_bytes() == b"old"
        (beside,) = [path for path in home.iterdir() if path.name.startswith(".real.")]
        assert beside.name.endswith(TEMPORARY)
        assert (beside.read_bytes(), mode(beside)) == (b"new", 0o600)

    replace_file(home / "link", b"new", last_look=look)
    assert looks == [home / "real"]
    assert (home / "link").is_symlink()
    assert (home / "real").read_bytes() == b"new"


def test_the_temporary_file_is_hidden_as_the_folder_asks_for(home: Path) -> None:
    looks: list[str] = []
    replace_file(home / "a", b"x", hidden_by="~", last_look=lambda _: looks.extend(names(home)))
    (temporary,) = looks
    assert temporary.startswith("~a.")
    assert temporary.endswith(TEMPORARY)
    assert names(home) == ["a"]


def test_a_last_look_that_raises_leaves_the_old_file_and_no_other(home: Path) -> None:
    (home / "a").write_bytes(b"old")

    def look(_: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(home / "a", b"new", last_look=look)
    assert (home / "a").read_bytes() == b"old"
    assert names(home) == ["a"]


def test_no_two_writes_share_a_temporary_file(home: Path) -> None:
    seen: set[str] = set()
    for _ in range(5):
        replace_file(home / "a", b"x", last_look=lambda _: seen.update(names(home)))
    assert len(seen - {"a"}) == 5


def test_a_trap_in_the_place_of_the_temporary_file_is_not_followed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "urandom", bytes)
    (home / "victim").write_bytes(b"theirs")
    (home / f".a.000000000000{TEMPORARY}").symlink_to("victim")
    with pytest.raises(OSError, match="exists"):
        replace_file(home / "a", b"x")
    assert (home / "victim").read_bytes() == b"theirs"
    assert not (home / "a").exists()


def test_a_new_file_goes_through_no_link(home: Path) -> None:
    (home / "a").symlink_to("elsewhere")
    with pytest.raises(FileExistsError):
        create_file(home / "a", b"x")
    assert not (home / "elsewhere").exists()
    assert (home / "a").is_symlink()


@BOTH
def test_the_disk_is_asked_for_the_file_and_then_for_its_name(home: Path, synced: list[str], write: Write) -> None:
    write(home / "a", b"x")
    assert synced == ["file", "folder"]


def test_a_copy_of_what_is_on_the_disk_asks_nothing_of_it(home: Path, synced: list[str]) -> None:
    replace_file(home / "a", b"x", synced=False)
    create_file(home / "b", b"x", synced=False)
    assert names(home) == ["a", "b"]
    assert synced == []


@BOTH
def test_a_disk_that_does_not_confirm_the_file_leaves_none(
    home: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    fails_for(monkeypatch, "files", errno.ENOSPC)
    with pytest.raises(OSError, match="No space left") as told:
        write(home / "a", b"x")
    assert not isinstance(told.value, NotSynced)
    assert names(home) == []


@BOTH
def test_what_cannot_be_taken_away_after_a_failure_does_not_hide_the_failure(
    home: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, f"{self.name} stays {missing_ok}")

    fails_for(monkeypatch, "files", errno.ENOSPC)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(OSError, match="No space left"):
        write(home / "a", b"x")


@BOTH
def test_a_file_that_could_not_be_made_leaves_the_reason_as_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    open_it = os.open

    def full(path: Path, flags: int, *more: int) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.ENOSPC, "No space left on device")
        return open_it(path, flags, *more)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(OSError, match="No space left"):
        write(home / "a", b"x")
    assert names(home) == []


@BOTH
def test_a_folder_that_cannot_be_closed_spoils_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    close = os.close

    def fail(descriptor: int) -> None:
        close(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "close", fail)
        write(home / "a", b"x")
    assert (home / "a").read_bytes() == b"x"


@BOTH
def test_a_disk_that_does_not_confirm_the_name_is_told_apart_since_the_file_is_there(
    home: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    fails_for(monkeypatch, "folders", errno.EIO)
    with pytest.raises(NotSynced) as told:
        write(home / "a", b"x")
    assert (told.value.errno, told.value.strerror) == (errno.EIO, os.strerror(errno.EIO))
    assert (home / "a").read_bytes() == b"x"
    assert names(home) == ["a"]


@BOTH
def test_a_file_system_that_cannot_sync_folders_is_no_hindrance(
    home: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    fails_for(monkeypatch, "folders", errno.EINVAL)
    write(home / "a", b"x")
    assert (home / "a").read_bytes() == b"x"


@BOTH
def test_a_folder_that_could_not_be_synced_afterwards_stops_the_write_before_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    open_it = os.open

    def refuse_folders(path: Path, flags: int, *more: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied")
        return open_it(path, flags, *more)

    monkeypatch.setattr(os, "open", refuse_folders)
    with pytest.raises(PermissionError):
        write(home / "a", b"x")
    assert names(home) == []


@BOTH
def test_no_file_or_folder_stays_open(home: Path, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    opened: list[int] = []
    open_it = os.open

    def spied(path: Path, flags: int, *more: int) -> int:
        opened.append(open_it(path, flags, *more))
        return opened[-1]

    monkeypatch.setattr(os, "open", spied)
    write(home / "a", b"x")
    assert len(opened) == 2
    for descriptor in opened:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)


@pytest.mark.parametrize("drive_confirms", [True, False], ids=["drive-confirms", "drive-cannot"])
def test_where_fsync_stops_at_the_drives_cache_the_drive_is_asked(
    home: Path, monkeypatch: pytest.MonkeyPatch, synced: list[str], drive_confirms: bool
) -> None:
    """As on macOS; file systems that cannot do it there are synced as elsewhere."""
    full, asked = 51, list[tuple[str, int]]()

    class Fcntl:
        F_FULLFSYNC = full

        @staticmethod
        def fcntl(descriptor: int, command: int) -> None:
            asked.append(("folder" if is_folder(descriptor) else "file", command))
            if not drive_confirms:
                raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(files, "fcntl", Fcntl)
    replace_file(home / "a", b"x")
    assert asked == [("file", full), ("folder", full)]
    assert synced == ([] if drive_confirms else ["file", "folder"])


def test_where_folders_cannot_be_opened_only_the_file_is_synced(
    home: Path, monkeypatch: pytest.MonkeyPatch, synced: list[str]
) -> None:
    """As on Windows, which has no such thing as a folder's names on the disk."""
    with monkeypatch.context() as patched:
        patched.setattr(os, "name", "nt")
        create_file(home / "a", b"x")
    assert synced == ["file"]


@pytest.mark.usefixtures("loosest_mask")
def test_a_folder_is_made_for_its_owner_only(home: Path) -> None:
    make_folder(home / "new")
    assert mode(home / "new") == 0o700


def test_folders_above_are_made_only_when_asked_for(home: Path) -> None:
    with pytest.raises(FileNotFoundError):
        make_folder(home / "one" / "two")
    assert names(home) == []
    make_folder(home / "one" / "two", parents=True)
    assert (home / "one" / "two").is_dir()


def test_a_folder_that_is_there_stays_as_it_is(home: Path) -> None:
    home.chmod(0o755)
    make_folder(home)
    assert mode(home) == 0o755


def test_a_folder_that_another_program_makes_at_the_same_moment_will_do(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []
    is_folder_of = Path.is_dir

    def just_before(self: Path) -> bool:
        """Not there when it is looked for, and there when it is to be made."""
        if not looks:
            looks.append(self)
            os.mkdir(self)  # noqa: PTH102
            return False
        return is_folder_of(self)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "is_dir", just_before)
        make_folder(home / "new")
    assert looks == [home / "new"]
    assert (home / "new").is_dir()


Owner = tuple[int, int]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, Owner]:
    """What root gave to whom, by name. `theirs` belongs to user 7 and group 8, whatever else to user 1 and group 2."""
    calls: dict[str, Owner] = {}
    stat_of = Path.stat

    def owned(self: Path, **named: bool) -> os.stat_result:
        found = stat_of(self, **named)
        return os.stat_result((*found[:4], *((7, 8) if self.name == "theirs" else (1, 2)), *found[6:10]))

    def chown(path: Path, user: int, group: int) -> None:
        calls[Path(path).name] = (user, group)

    monkeypatch.setattr(Path, "stat", owned)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", chown)
    return calls


def test_root_leaves_a_file_to_whom_the_one_it_replaces_belongs(home: Path, given: dict[str, Owner]) -> None:
    (home / "theirs").write_bytes(b"old")
    replace_file(home / "theirs", b"new", last_look=lambda _: given.update(looked=(0, 0)))
    (temporary,) = given.keys() - {"looked"}
    assert temporary.startswith(".theirs.")
    assert given[temporary] == (7, 8)
    assert list(given) == [temporary, "looked"], "before it takes the place of the other"


def test_root_leaves_a_new_file_to_whom_its_folder_belongs(home: Path, given: dict[str, Owner]) -> None:
    folder = home / "theirs"
    folder.mkdir()
    create_file(folder / "a", b"x")
    replace_file(folder / "b", b"x", last_look=lambda _: None)
    assert given.pop("a") == (7, 8)
    assert list(given.values()) == [(7, 8)]


def test_root_leaves_a_new_folder_to_whom_the_one_above_belongs(home: Path, given: dict[str, Owner]) -> None:
    (home / "theirs").mkdir()
    make_folder(home / "theirs" / "new")
    assert given == {"new": (7, 8)}


def test_root_may_not_be_able_to_and_writes_all_the_same(
    home: Path, given: dict[str, Owner], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refuse)
    create_file(home / "a", b"x")
    assert (home / "a").read_bytes() == b"x"
    assert given == {}


def test_whoever_is_not_root_gives_nothing_away(
    home: Path, given: dict[str, Owner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    give_to_owner(home, home.parent)
    create_file(home / "a", b"x")
    assert given == {}
