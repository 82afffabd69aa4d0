"""R8: links, modes, owners, and everything that a journal's name may lead to: 25 cases and some."""

import multiprocessing
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kneejournal import journal_file
from kneejournal.errors import Unreadable
from tests.torture.ahead import AppHome
from tests.torture.rig import NOW, Done, Home, killed_at_once, leave_ahead, note, raw_controls, said, tree
from tests.torture.work import finish, hold_the_lock, start

NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def need_root() -> None:
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("needs root, to become somebody else")


def refused(done: Done) -> str:
    """The one or two lines with which a command refuses, and its status."""
    assert done.status == 3, done
    assert not done.is_crash
    assert done.out == ""
    assert 1 <= len(done.err.splitlines()) <= 2, done.err
    assert raw_controls(done.err) == []
    return done.err


def bound(home: Home, *words: str) -> Done:
    """Call kneejournal as somebody whom modes bind."""
    return home.run(*words, before=unprivileged())


def unprivileged() -> list[str]:
    """What to put before a program so that modes bind it: root too is bound, once its capabilities are gone."""
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv, so that modes bind root too")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"]


def test_01_a_link_stays_a_link(home: Home) -> None:
    home.begin()
    link = home.journal.with_name("link.json")
    link.symlink_to(home.journal.name)
    note(home.open(path=link), "through the link")
    assert link.is_symlink()
    assert home.notes() == ["through the link"]


def test_02_a_link_to_a_link_stays_one(home: Home) -> None:
    home.begin()
    one, two = home.journal.with_name("one"), home.folder / "two"
    one.symlink_to(home.journal)
    two.symlink_to(one)
    note(home.open(path=two), "through both")
    assert one.is_symlink()
    assert two.is_symlink()
    assert home.notes() == ["through both"]
    assert list(home.folder.glob("two.*")) == [], "lock and backups lie beside the file itself"


def test_03_links_in_a_circle_are_refused(home: Home) -> None:
    home.journal.symlink_to(home.journal.with_name("b"))
    home.journal.with_name("b").symlink_to(home.journal)
    assert "cannot be read" in refused(home.run("log", "1"))


def test_04_a_link_to_nothing_makes_the_file_where_it_leads(home: Home) -> None:
    target = home.folder / "elsewhere" / "real.json"
    target.parent.mkdir()
    home.journal.symlink_to(target)
    home.ok("log", "1")
    assert home.journal.is_symlink()
    assert target.is_file()


def test_05_a_link_into_a_folder_that_is_not_there_is_refused(home: Home) -> None:
    home.journal.symlink_to(home.folder / "unmounted" / "real.json")
    assert "not there" in refused(home.run("log", "1"))
    assert not (home.folder / "unmounted").exists()


def test_06_a_second_name_of_the_file_keeps_what_it_had_and_doctor_says_so(home: Home) -> None:
    note(home.begin(), "one")
    other = home.folder / "other.json"
    os.link(home.journal, other)
    before = other.read_bytes()
    assert "another name" in home.run("doctor").out
    note(home.open(), "two")
    assert other.read_bytes() == before
    assert len(home.notes()) == 2


def test_07_a_read_only_file_is_not_replaced(home: Home) -> None:
    home.begin()
    home.journal.chmod(0o400)
    before = home.content
    assert "read-only" in refused(bound(home, "log", "1"))
    assert (home.content, mode(home.journal)) == (before, 0o400)
    assert bound(home, "ready").status == 1, "reading it is fine"


def test_08_a_read_only_folder_is_refused_and_can_be_read_from(home: Home) -> None:
    home.begin()
    home.journal.with_name("journal.json.lock").unlink()
    home.journal.parent.chmod(0o555)
    before = tree(home.journal.parent)
    try:
        refused(bound(home, "log", "1"))
        assert tree(home.journal.parent) == before
        assert bound(home, "entries").status == 0
        assert bound(home, "export").status == 0
    finally:
        home.journal.parent.chmod(0o700)


def test_09_a_file_that_may_not_be_read_is_refused(home: Home) -> None:
    home.begin()
    home.journal.chmod(0o000)
    assert "cannot be read" in refused(bound(home, "log", "1"))
    assert "cannot be read" in refused(bound(home, "ready"))


def test_10_a_folder_that_may_not_be_entered_is_refused(home: Home) -> None:
    home.begin()
    home.journal.parent.chmod(0o000)
    try:
        refused(bound(home, "log", "1"))
    finally:
        home.journal.parent.chmod(0o700)


def test_11_the_loosest_mask_leaves_everything_private(home: Home) -> None:
    shell = ["sh", "-c", 'umask 000; exec "$@"', "sh"]
    assert home.run("log", "1", "--note", "secret", before=shell).status == 0
    assert home.run("export", str(home.folder / "out.json"), before=shell).status == 0
    for path in [*home.journal.parent.iterdir(), *home.data.rglob("*"), home.folder / "out.json", home.data]:
        assert mode(path) & 0o077 == 0, path


def test_12_a_file_that_others_could_read_is_private_after_a_save(home: Home) -> None:
    home.begin()
    home.journal.chmod(0o644)
    assert "others may read it" in home.run("doctor").out
    note(home.open(), "one")
    assert mode(home.journal) == 0o600


def test_13_a_save_as_root_leaves_the_journal_to_its_owner(home: Home) -> None:
    """After one `sudo kneejournal`, the journal's owner can still read and write all of it."""
    need_root()
    home.begin()
    for path in (home.journal.parent, *home.journal.parent.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    home.ok("log", "1", "--note", "as root")
    owners = {path.name: path.stat().st_uid for path in home.journal.parent.rglob("*")}
    assert set(owners.values()) == {NOBODY}, owners


def test_14_a_pipe_is_refused_and_does_not_hang(home: Home) -> None:
    os.mkfifo(home.journal)
    assert "not a file" in refused(home.call("log", "1"))
    assert "not a file" in refused(home.call("ready"))


def test_15_a_folder_is_refused(home: Home) -> None:
    home.journal.mkdir()
    assert "not a file" in refused(home.call("log", "1"))
    assert list(home.journal.iterdir()) == []


def test_16_a_folder_that_is_missing_is_not_made(home: Home) -> None:
    home.journal.parent.rmdir()
    assert "not there" in refused(home.call("log", "1"))
    assert home.call("ready").status == 1
    assert not home.journal.parent.exists()


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/full"])
def test_17_a_device_is_refused(home: Home, device: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"there is no {device}")
    home.journal.symlink_to(device)
    assert "not a file" in refused(home.call("log", "1"))
    assert Path(device).is_char_device()


def test_18_an_empty_file_is_damaged_and_not_an_empty_journal(home: Home) -> None:
    home.journal.touch()
    assert "damaged" in refused(home.call("log", "1"))
    home.journal.unlink()
    note(home.begin(), "one")
    home.journal.write_bytes(b"")
    assert "damaged" in refused(home.call("ready"))
    assert home.content == b""


def test_19_a_file_that_is_gone_beside_backups_is_an_error(home: Home) -> None:
    note(home.begin(), "one")
    home.journal.unlink()
    for words in (("log", "1"), ("ready",), ("entries",), ("export",)):
        assert "is gone" in refused(home.call(*words))
    assert not home.journal.exists()
    home.ok("doctor", "--repair")
    assert home.notes() == ["one"]


def test_20_a_file_that_is_mounted_by_itself_is_refused_with_a_reason(home: Home) -> None:
    need_root()
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare")
    note(home.begin(), "one")
    before = home.content
    mount = f'mount --bind "{home.journal}" "{home.journal}" || exit 99; exec "$@"'
    done = home.run("log", "1", before=["unshare", "-m", "sh", "-c", mount, "sh"])
    if done.status == 99:
        pytest.skip("nothing can be mounted here")
    assert "Nothing was changed" in refused(done)
    assert home.content == before
    assert home.temporary() == []


@pytest.mark.parametrize("length", [200, 237, 245, 255, 256, 5000])
def test_21_a_very_long_name_works_or_is_refused(home: Home, length: int) -> None:
    home.journal = home.journal.with_name("x" * length)
    done = home.call("log", "1")
    if done.status == 0:
        assert len(home.snapshot().live) == 1
        assert home.call("doctor").status == 0, "its copies are there too"
    else:
        refused(done)
        assert not [path for path in home.journal.parent.iterdir() if path.suffix != ".lock"]


@pytest.mark.parametrize(
    "name", ["two\nlines", "\x1b]0;owned\x07", "\x9b2J", "[1].json", "*.json", "?", "a b", "-rf", "\udcff", "‮gpj.json"]
)
def test_22_a_strange_name_works_and_reaches_no_terminal_raw(home: Home, name: str) -> None:
    bystander = home.journal.with_name(".a.json.0123456789ab.tmp")
    bystander.write_bytes(b"of another journal")
    home.journal = home.journal.with_name(name)
    for words in (("log", "1"), ("where",), ("doctor",), ("ready",), ("where", "--json")):
        done = home.call(*words)
        assert not done.is_crash, done
        assert raw_controls(done.out + done.err) == [], (words, done)
    assert len(home.snapshot().live) == 1
    home.journal.write_bytes(b"{")
    assert raw_controls(refused(home.call("log", "1"))) == []
    assert bystander.exists()


def test_23_two_names_of_one_journal_share_its_lock(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_file, "LOCK_SECONDS", 0.1)
    home.begin()
    link = home.folder / "link.json"
    link.symlink_to(home.journal)
    with home.file().locked(), pytest.raises(Unreadable):
        note(home.open(path=link), "at the same time")
    assert home.notes() == []


def test_24_a_lock_file_that_is_deleted_is_made_again(home: Home) -> None:
    home.begin()
    lock = home.journal.with_name("journal.json.lock")
    lock.unlink()
    note(home.open(), "one")
    assert mode(lock) == 0o600
    assert home.notes() == ["one"]


def test_25_a_lock_file_that_is_deleted_while_it_is_held_loses_nothing(home: Home) -> None:
    """The check before the replacing is the second line: both writers come through it."""
    home.begin()
    with home.file().locked():
        home.journal.with_name("journal.json.lock").unlink()
        note(home.open(), "beside the lock")
    note(home.open(), "after it")
    assert sorted(home.notes()) == ["after it", "beside the lock"]


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_26_something_else_in_the_place_of_the_lock_is_refused_or_no_hindrance(home: Home, kind: str) -> None:
    home.begin()
    lock = home.journal.with_name("journal.json.lock")
    lock.unlink()
    if kind == "folder":
        lock.mkdir()
    elif kind == "link":
        lock.symlink_to(home.folder / "precious")
    else:
        os.mkfifo(lock)
    done = home.run("log", "1")
    if done.status:
        assert "Nothing was changed" in refused(done)
    assert not (home.folder / "precious").exists()


def test_27_a_lock_that_another_user_owns_is_refused_with_a_reason(home: Home) -> None:
    need_root()
    home.begin()
    lock = home.journal.with_name("journal.json.lock")
    os.chown(lock, NOBODY, NOBODY)
    assert "Nothing was changed" in refused(bound(home, "log", "1"))


@pytest.mark.parametrize("is_stopped", [False, True], ids=["working", "stopped"])
def test_28_a_lock_that_is_held_is_waited_for_and_then_given_up(
    home: Home, monkeypatch: pytest.MonkeyPatch, is_stopped: bool
) -> None:
    monkeypatch.setattr(journal_file, "LOCK_SECONDS", 0.2)
    home.begin()
    process, pipe = start(hold_the_lock, home.folder)
    assert pipe.recv() == "held"
    if is_stopped:
        os.kill(process.pid or 0, signal.SIGSTOP)
    before = home.content
    with pytest.raises(Unreadable) as caught:
        note(home.open(), "too late")
    assert "nothing was changed" in said(caught.value).lower()
    assert home.content == before
    assert home.open().verdict().status == "unconfirmed", "reading needs no lock"
    if is_stopped:
        os.kill(process.pid or 0, signal.SIGCONT)
    pipe.send("enough")
    finish(process, pipe)
    note(home.open(), "now")
    assert home.notes() == ["now"]


def test_29_a_holder_that_is_killed_leaves_no_lock_behind(home: Home) -> None:
    home.begin()
    process, pipe = start(hold_the_lock, home.folder)
    assert pipe.recv() == "held"
    process.kill()
    finish(process, pipe)
    note(home.open(), "at once")
    assert home.notes() == ["at once"]


def test_30_a_folder_that_was_removed_under_a_shell_is_no_crash(home: Home) -> None:
    home.begin()
    gone = home.folder / "gone"
    gone.mkdir()
    shell = ["sh", "-c", f'cd "{gone}" && rmdir "{gone}" && exec "$@"', "sh"]
    assert home.run("log", "1", before=shell).status == 0
    home.journal = Path("relative.json")
    assert not home.run("log", "1", before=shell).is_crash
    assert not home.run("ready", before=shell).is_crash


@pytest.mark.parametrize("value", ["", " ", "~nobody-of-this-name/journal.json", "no/such/folder/journal.json", "/"])
def test_31_a_name_from_the_environment_that_leads_nowhere_is_refused(home: Home, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kneejournal", "--now", NOW, "log", "1"],
        env={**home.environment, "KNEEJOURNAL_FILE": value},
        cwd=home.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    refused(Done(done.returncode, done.stdout, done.stderr))
    assert not home.data.exists() or not list(home.data.glob("journal.json*")), "and no other journal is written"


def test_32_backups_and_memory_that_cannot_be_written_do_not_stop_a_save(home: Home) -> None:
    note(home.begin(), "one")
    for folder in (home.journal.with_name("journal.json.backups"), home.state):
        shutil.rmtree(folder)
        folder.write_text("in the way")
    home.ok("log", "1", "--note", "two")
    assert sorted(home.notes()) == ["one", "two"]
    assert home.run("doctor").status == 3, "that copies are behind is said"


def test_33_the_memory_of_versions_may_be_damaged(home: Home) -> None:
    home.begin_ready()
    for path in home.state.iterdir():
        path.write_bytes(b"\xff{")
    home.ok("log", "1", "--note", "two")
    assert "two" in home.notes()


@pytest.mark.parametrize("kind", ["folder", "link", "link to nothing", "pipe", "unreadable"])
def test_34_something_else_in_the_place_of_what_is_written_ahead_is_refused_and_does_not_hang(
    home: Home, kind: str
) -> None:
    """What cannot be read is not passed over: an entry may stand in it."""
    note(home.begin(), "one")
    precious = home.folder / "precious"
    leave_ahead(home, "two")
    if kind == "unreadable":
        home.ahead.chmod(0o000)
    else:
        home.ahead.replace(precious)
        if kind == "folder":
            home.ahead.mkdir()
        elif kind == "pipe":
            os.mkfifo(home.ahead)
        else:
            home.ahead.symlink_to(precious if kind == "link" else home.folder / "nothing")
    before = tree(home.journal.parent)
    for words in (("log", "1"), ("ready",), ("entries",), ("doctor", "--repair"), ("doctor", "--restore", "1")):
        done = bound(home, *words) if kind == "unreadable" else home.call(*words)
        assert "cannot be read" in refused(done)
    assert (bound(home, "doctor") if kind == "unreadable" else home.call("doctor")).status == 3
    if kind != "unreadable":
        with pytest.raises(Unreadable):
            note(home.open(ahead=True), "by the app")
    assert tree(home.journal.parent) == before
    assert not (home.folder / "nothing").exists()


def test_35_what_is_written_ahead_is_private_and_its_owners(home: Home) -> None:
    home.begin()
    is_root = not os.geteuid()
    if is_root:
        for path in (home.journal.parent, *home.journal.parent.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    before = os.umask(0)
    try:
        leave_ahead(home, "two")
    finally:
        os.umask(before)
    assert mode(home.ahead) == 0o600
    assert not is_root or home.ahead.stat().st_uid == NOBODY


@pytest.mark.parametrize(("what", "why"), [("journal", "it is read-only"), ("folder", "Permission denied")])
def test_36_a_read_only_journal_is_not_written_ahead_of(home: Home, what: str, why: str) -> None:
    """What a killed app left there is read all the same."""
    home.begin()
    leave_ahead(home, "one")
    read_only = home.journal if what == "journal" else home.journal.parent
    read_only.chmod(0o500)
    before = tree(home.journal.parent)
    try:
        done = AppHome(home.folder).run("add:two", before=unprivileged())
        assert "refused" in done.out
        assert f"{why}. Nothing was changed" in done.out
        assert tree(home.journal.parent) == before
        assert "one" in bound(home, "export").out
    finally:
        read_only.chmod(0o700)


def test_37_an_app_writes_ahead_beside_the_file_that_a_link_leads_to(home: Home) -> None:
    home.begin()
    link = home.folder / "link.json"
    link.symlink_to(home.journal)
    with killed_at_once():
        note(home.open(path=link, ahead=True), "through the link")
    assert list(home.folder.glob("link.json.*")) == []
    assert home.notes() == ["through the link"]
    note(home.open(path=link), "and taken in")
    assert link.is_symlink()
    assert sorted(home.notes()) == ["and taken in", "through the link"]


def test_the_start_of_processes_is_clean() -> None:
    """The tests above leave none behind."""
    assert multiprocessing.active_children() == []
