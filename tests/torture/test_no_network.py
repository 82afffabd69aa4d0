"""R13: no command ever opens a socket to anywhere."""

from collections.abc import Callable

from kneejournal.domain.records import Run
from tests.torture import commands
from tests.torture.rig import Home, note
from tests.torture.traced import need_strace, trace


def test_no_command_opens_an_internet_socket(home: Home, is_full: bool, figure: Callable[[str], None]) -> None:
    need_strace()
    journal = home.begin()
    note(journal, "an entry")
    home.ok("run", "3mi")
    entry = next(r.id for r in journal.entries() if not isinstance(r, Run))
    run = next(r.id for r in journal.entries() if isinstance(r, Run))
    export = home.folder / "export.json"
    home.ok("export", str(export))
    words = [*commands.READING, *commands.writing(home, entry, run, export)]
    sockets = []
    chosen = words if is_full else list({each[:1]: each for each in words}.values())
    for each in chosen:
        done, calls = trace(home, each, "network")
        assert not done.is_crash, (each, done)
        sockets += [(each, call.name, call.arguments) for call in calls if "AF_UNIX" not in call.arguments]
    figure(f"{len(chosen)} commands: {len(sockets)} internet sockets")
    assert sockets == []
