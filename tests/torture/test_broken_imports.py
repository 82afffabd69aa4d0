"""R10: an import of a broken file changes nothing, says so, and ends."""

import json
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from tests.conftest import CommandLine
from tests.torture.conftest import Scale
from tests.torture.hostile import ESCAPES
from tests.torture.rig import raw_controls

SECONDS = 20
VALUES = (
    "null", "true", "-1", "11", "1e999", "-0.0", "NaN", "Infinity", "1" * 20, "1" * 5000, '""', '"x"', "[]", "{}",
    '"2026-13-45"', '"9999-12-31"', '"2026-11-22T20:00:00"', '"0001-01-01T00:00:00Z"', '"\\ud800"', '"\\u0000"',
    '"\\u001b]0;x\\u0007"', '"' + "x" * 30_000 + '"', "[" * 60 + "]" * 60, "[" * 20_000, '{"a":1,"a":2}',
)  # fmt: skip


@contextmanager
def within(seconds: int) -> Iterator[None]:
    def hangs(_: int, __: FrameType | None) -> None:
        raise AssertionError("it hangs")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """`raw` with something wrong in it: bytes, values, keys, whole lines, or its shape."""
    kind = chance.randrange(10)
    place = chance.randrange(len(raw))
    if kind == 0:
        return raw[:place]
    if kind == 1:
        return raw[:place] + bytes([chance.randrange(256)]) + raw[place + 1 :]
    if kind == 2:
        end = place + chance.randrange(1, 200)
        return raw[:place] + raw[end:]
    if kind == 3:
        return raw[:place] + raw[chance.randrange(len(raw)) :]
    if kind == 4:
        return raw[:place] + chance.choice(ESCAPES).encode() + raw[place:]
    if kind == 5:
        return raw[:place] + bytes(chance.randrange(256) for _ in range(8)) + raw[place + 8 :]
    document = json.loads(raw)
    holder = document if kind == 6 else document["profile"] if kind == 7 else chance.choice(document["records"])
    field = chance.choice(list(holder))
    if kind == 8:
        holder[chance.choice(["", "pian", "\x1b[2J", "kind ", "__proto__"])] = holder.pop(field)
        return json.dumps(document).encode()
    holder[field] = "@here@"
    return json.dumps(document).replace('"@here@"', chance.choice(VALUES)).encode()


def test_a_broken_file_changes_nothing_and_a_whole_one_is_taken_over(
    cli: CommandLine, tmp_path: Path, scale: Scale, figure: Callable[[str], None]
) -> None:
    cli.ok("setup", "--knee", "both")
    cli.log_clear_evenings(16, 20)
    cli.ok("log", "3", "--symptom", "stairs-down,squat", "--note", "a note\nof two lines", "--medicine")
    cli.ok("shoes", "add", "Blue", "--since", "2026-10-01", "--default")
    cli.ok("run", "3mi", "--minutes", "30")
    cli.ok("done", "all")
    raw = cli.ok("export").encode()
    cli.begin_another()
    cli.ok("log", "0", "--note", "mine")
    before = cli.journal.read_bytes()
    backups = {path: path.read_bytes() for path in cli.journal.parent.rglob("*.json") if path != cli.journal}
    chance = random.Random(10)
    files, taken, refused = scale(300, 5000), 0, 0
    wrong: list[str] = []
    path = tmp_path / "broken.json"
    for number in range(files):
        path.write_bytes(mutated(raw, chance))
        with within(SECONDS):
            result = cli("import", str(path))
        said = f"{number}: status {result.status}, {result.err[:300]!r}"
        if raw_controls(result.out + result.err):
            wrong.append(f"raw escapes, {said}")
        if result.status == 0:
            taken += 1
            if cli("export").status != 0:
                wrong.append(f"the journal is unreadable now, {said}")
            restore(cli, before, backups)
        else:
            refused += 1
            if result.status not in (3, 4) or not 1 <= len(result.err.splitlines()) <= 2 or result.out:
                wrong.append(f"crash, {said}")
            if cli.journal.read_bytes() != before:
                wrong.append(f"changed, {said}")
                restore(cli, before, backups)
    figure(f"{files} mutated files: {refused} refused, {taken} still whole and taken over, {len(wrong)} wrong")
    assert wrong == []
    assert refused > files // 2


def restore(cli: CommandLine, content: bytes, backups: dict[Path, bytes]) -> None:
    for path in cli.journal.parent.rglob("*.json"):
        if path not in backups and path != cli.journal and ".backups" in str(path):
            path.unlink()
    for path, was in {**backups, cli.journal: content}.items():
        path.write_bytes(was)


@pytest.mark.parametrize("size", [0, 1, 1_000_000])
@pytest.mark.parametrize("unit", [b"\0", b"[", b'{"a":', b" ", b"9", b'"'])
def test_a_file_of_one_thing_over_and_over_is_refused_quickly(
    cli: CommandLine, tmp_path: Path, unit: bytes, size: int
) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(unit * size)
    with within(SECONDS):
        result = cli("import", str(path))
    assert result.status == 4
    assert len(result.err.splitlines()) <= 2
    assert cli.content is None
