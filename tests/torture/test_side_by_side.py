"""R6: the app, cron and a terminal write one journal together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.torture.conftest import Scale
from tests.torture.rig import Done, Home
from tests.torture.work import finish, read_till_told, start, write_some


@pytest.mark.parametrize("ahead", [False, True], ids=["at once", "ahead"])
def test_many_writers_and_readers_lose_and_tear_nothing(
    home: Home, scale: Scale, figure: Callable[[str], None], ahead: bool
) -> None:
    """Those that write ahead are apps; one writer in four is none, as a timer's command is."""
    writers, times, readers = scale(4, 8), scale(12, 100), 2
    home.begin()
    reading = [start(read_till_told, home.folder) for _ in range(readers)]
    writing = [start(write_some, home.folder, f"writer{n}", times, ahead and n % 4 > 0) for n in range(writers)]
    said = [outcome for process, pipe in writing for outcome in finish(process, pipe, 600)]
    assert not home.ahead.exists(), "whoever ends in order leaves nothing"
    reads, wrong = 0, list[str]()
    for process, pipe in reading:
        pipe.send("stop")
        ((count, found),) = finish(process, pipe)
        reads, wrong = reads + count, wrong + found
    errors = [text for kind, text in said if kind == "error"]
    acknowledged = {text for kind, text in said if kind == "wrote"}
    lost = acknowledged - set(home.notes())
    figure(
        f"{writers}x{times} writers: {len(acknowledged)} acknowledged, {len(lost)} lost, {len(errors)} errors; "
        f"{reads} reads, {len(wrong)} torn or gone back"
    )
    assert (lost, wrong) == (set(), [])
    assert errors == []
    assert len(acknowledged) == writers * times


def test_many_commands_side_by_side_lose_nothing(home: Home, scale: Scale, figure: Callable[[str], None]) -> None:
    lanes, times = scale(2, 4), scale(5, 25)
    home.begin()

    def lane(number: int) -> list[Done]:
        return [home.run("log", "1", "--note", f"lane{number} {time}") for time in range(times)]

    with ThreadPoolExecutor(lanes) as pool:
        done = [each for found in pool.map(lane, range(lanes)) for each in found]
    expected = {f"lane{number} {time}" for number in range(lanes) for time in range(times)}
    errors = [each for each in done if (each.status, each.err) != (0, "")]
    lost = expected - set(home.notes())
    figure(f"{lanes}x{times} commands: {len(lost)} lost, {len(errors)} errors")
    assert (errors, lost) == ([], set())


def test_an_app_and_commands_side_by_side_lose_nothing(home: Home, scale: Scale, figure: Callable[[str], None]) -> None:
    apps, times, commands = scale(1, 3), scale(25, 100), scale(3, 40)
    home.begin()
    writing = [start(write_some, home.folder, f"app{n}", times, True) for n in range(apps)]
    done = [home.run("log", "1", "--note", f"command {number}") for number in range(commands)]
    said = [outcome for process, pipe in writing for outcome in finish(process, pipe, 600)]
    errors = [each for each in done if (each.status, each.err) != (0, "")]
    errors += [each for each in said if each[0] != "wrote"]
    expected = {f"command {number}" for number in range(commands)} | {text for _, text in said}
    lost = expected - set(home.notes())
    figure(f"{apps}x{times} changes of apps, {commands} commands: {len(lost)} lost, {len(errors)} errors")
    assert (errors, lost) == ([], set())


def test_the_first_writers_of_a_new_journal_lose_nothing(home: Home) -> None:
    writing = [start(write_some, home.folder, f"writer{n}", 3, n > 1) for n in range(4)]
    said = [outcome for process, pipe in writing for outcome in finish(process, pipe)]
    assert {kind for kind, _ in said} == {"wrote"}
    assert len(home.notes()) == 12
