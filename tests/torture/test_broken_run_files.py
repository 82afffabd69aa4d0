"""R10 for files of runs: whatever is broken in them, nothing crashes, hangs, gets half in, or reaches the terminal."""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CommandLine
from tests.interop.found import SAMPLES, table, zipped
from tests.interop.test_garmin import ENGLISH, account
from tests.interop.test_garmin import row as garmin_row
from tests.interop.test_recordings import DISTANCE, PARIS, health, workout
from tests.torture.conftest import Scale
from tests.torture.hostile import ESCAPES, MARKUP
from tests.torture.rig import raw_controls
from tests.torture.test_broken_imports import SECONDS, within

VALUES = (
    "", "--", "-1", "0", "NaN", "inf", "1e999", "1e99", "-0.0", "9" * 30, "1" * 5000, "٢", "1_0", "5,0", "1,234.5",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-30 10:00:00", "2026-11-22 25:61:61", "1:2:3:4",
    "Apr 13, 9999, 9:15:22 PM", "Running", "<Workout ", "&lol;", "]]>", '"', "\\", "../../x", "x" * 200_000,
)  # fmt: skip


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, bytes]:
    """A whole file of every kind."""
    files = {
        path.name: path.read_bytes() for path in SAMPLES.rglob("*") if path.suffix in (".gpx", ".csv", ".xml", ".gz")
    }
    for name in ("garmin-fenix-5-run.fit", "activity-unexpected-eof.fit", "2013-02-06-12-11-14.fit"):
        files[name] = (SAMPLES / "fit" / name).read_bytes()
    files["laps.tcx"] = (SAMPLES / "tcx" / "no_hr.tcx").read_bytes()[
        :4000
    ] + b"</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    files["garmin.csv"] = table(tmp_path / "a.csv", ENGLISH, *(garmin_row(day) for day in range(1, 9))).read_bytes()
    files["health.xml"] = health(tmp_path / "a.xml", workout(PARIS + DISTANCE.format(5, "km")) * 3).read_bytes()
    files["account.zip"] = account(tmp_path / "a.zip").read_bytes()
    members = {name: files[name] for name in ("activities.csv", "shoes.csv")}
    files["strava.zip"] = zipped(
        tmp_path / "b.zip", members | {"activities/12866632127.fit.gz": files["12866632127.fit.gz"]}
    ).read_bytes()
    files["health.zip"] = zipped(
        tmp_path / "c.zip", {"apple_health_export/export.xml": files["health.xml"]}
    ).read_bytes()
    return files


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """`raw` with something wrong in it: bytes, values, or its length; in a packed file often inside of the packing."""
    if raw.startswith(b"\x1f\x8b") and chance.random() < 0.6:
        return gzip.compress(mutated(gzip.decompress(raw), chance), 1)
    if raw.startswith(b"PK") and chance.random() < 0.7:
        return _mutated_member(raw, chance)
    place, kind = chance.randrange(len(raw)), chance.randrange(8)
    if kind == 0:
        return raw[:place]
    if kind == 1:
        return raw[:place] + bytes([chance.randrange(256)]) + raw[place + 1 :]
    if kind == 2:
        return raw[:place] + raw[place + chance.randrange(1, 200) :]
    if kind == 3:
        return raw[:place] + raw[chance.randrange(len(raw)) :]
    if kind == 4:
        return raw[:place] + chance.choice((*ESCAPES, *MARKUP)).encode() + raw[place:]
    if kind == 5:
        return raw[:place] + bytes(chance.randrange(256) for _ in range(8)) + raw[place + 8 :]
    ends = [end for mark in (b",", b'"', b">", b"<", b":") if (end := raw.find(mark, place)) >= 0]
    end = min(ends, default=len(raw))
    return raw[:place] + chance.choice(VALUES).encode() + raw[end:]


def _mutated_member(raw: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    members[name] = mutated(members[name] or b" ", chance)
    if chance.random() < 0.1:
        members[chance.choice(ESCAPES)] = members.pop(name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_broken_file_of_runs_does_no_harm(
    cli: CommandLine, tmp_path: Path, whole: dict[str, bytes], scale: Scale, figure: Callable[[str], None]
) -> None:
    cli.ok("run", "3mi", "--note", "mine")
    before = cli.journal.read_bytes()
    kept = json.loads(cli.ok("export"))["records"]
    chance = random.Random(10)
    files, taken, refused = scale(300, 5000), 0, 0
    wrong: list[str] = []
    path = tmp_path / "broken"
    for number in range(files):
        name = sorted(whole)[number % len(whole)]
        path.write_bytes(mutated(whole[name], chance))
        with within(SECONDS):
            result = cli("import", "--units", "km", str(path))
        said = f"{number}, {name}: status {result.status}, {result.err[:300]!r}"
        if raw_controls(result.out + result.err):
            wrong.append(f"raw escapes, {said}")
        if result.status == 0:
            taken += 1
            records = json.loads(cli.ok("export"))["records"]
            if [record for record in records if record in kept] != kept or any(
                r["day"] > "2026-11-22" for r in records
            ):
                wrong.append(f"what was here is not as it was, {said}")
            cli.journal.write_bytes(before)
        else:
            refused += 1
            if result.status not in (3, 4) or not 1 <= len(result.err.splitlines()) <= 2 or result.out:
                wrong.append(f"crash, {said}")
            if cli.journal.read_bytes() != before:
                wrong.append(f"changed, {said}")
                cli.journal.write_bytes(before)
    figure(f"{files} mutated files of runs: {refused} refused, {taken} taken as far as whole, {len(wrong)} wrong")
    assert wrong == []
    assert refused > files // 4


def test_what_files_of_runs_say_is_only_text(cli: CommandLine, tmp_path: Path) -> None:
    rows = [garmin_row(day + 1, title=text) for day, text in enumerate((*ESCAPES, *MARKUP)[:22])]
    rows += [garmin_row(type=text) for text in ESCAPES]
    file = table(tmp_path / "a.csv", ENGLISH, *rows, newline="\r\n")
    for words in (("import", "--dry-run"), ("import",)):
        result = cli(*words, str(file))
        assert (result.status, raw_controls(result.out + result.err)) == (0, []), result.err
    for words in (("entries",), ("entries", "--json"), ("export",)):
        assert not raw_controls(cli.ok(*words))
