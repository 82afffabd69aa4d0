"""Files that mean harm, or came to harm: refused with the reason, in bounded time and memory."""

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest

from kneejournal.interop import apple_health, archives, streams, tables, xml_stream
from kneejournal.interop.recogniser import recognise
from kneejournal.interop.streams import Refused
from tests.interop.found import SAMPLES, found_in, reasons, refused, the_run, zipped
from tests.interop.test_recordings import gpx, health, point

pytestmark = pytest.mark.usefixtures("empty_home")

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)
FIT = (SAMPLES / "fit" / "garmin-fenix-5-run.fit").read_bytes()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("fit/garmin-fenix-5-run.fit", "fit"),
        ("gpx/opentracks-walk.gpx", "gpx"),
        ("tcx/no_hr.tcx", "tcx"),
        ("apple/export-ios10-attributes.xml", "apple-health"),
        ("strava_gap/activities.csv", "strava"),
        ("strava_gap/shoes.csv", "strava-shoes"),
        ("strava_gap/activities/12866632127.fit.gz", "gz"),
        ("runkeeper/cardioActivities-mi.csv", "runkeeper"),
    ],
)
def test_a_file_is_known_by_its_content_whatever_it_is_called(tmp_path: Path, name: str, kind: str) -> None:
    raw = (SAMPLES / name).read_bytes()
    assert recognise(raw[:8192]) == kind
    (tmp_path / "holiday.jpg").write_bytes(raw)
    found_in(tmp_path / "holiday.jpg")


@pytest.mark.parametrize("raw", [b"", b"\0" * 100, b"hello", b"<html/>", b"a,b,c\n1,2,3\n", b"\x89PNG", b"%PDF-1.4"])
def test_what_is_nothing_of_this_is_said_to_be_so(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.fit").write_bytes(raw)
    assert "neither a journal nor runs" in refused(tmp_path / "a.fit")


def test_a_bomb_in_a_zip_is_refused(tmp_path: Path) -> None:
    bomb = zipped(
        tmp_path / "bomb.zip", {"activities.csv": b"Activity ID,Activity Date,Activity Type\n" + b"\n" * 60_000_000}
    )
    assert bomb.stat().st_size < 100_000
    assert "200 times its size" in refused(bomb)


def test_a_bomb_in_a_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(FIT + b"\0" * 60_000_000))
    assert "200 times its size" in refused(tmp_path / "bomb.gz")


def test_no_stream_unpacks_beyond_its_cap() -> None:
    stream = streams.unpacked(io.BytesIO(b"x" * 5_000_000), 2_000_000, 5_000_000)
    with pytest.raises(Refused, match="more than 2 MB"):
        stream.read()


def test_one_bomb_among_recordings_is_left_out_and_named(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 8 + b".FIT" + b"\0" * 30_000_000)
    archive = zipped(
        tmp_path / "a.zip", {"run.fit": FIT, "bomb.fit.gz": bomb, "cut.fit": FIT[:100], "text.fit": b"hello"}
    )
    assert the_run(archive).distance_m == 157.56
    assert [reason for _, reason in reasons(found_in(archive))] == [
        "it unpacks to more than 200 times its size, as no file of runs does",
        "it is damaged or cut short: its summary is missing",
        "it holds nothing that can be imported",
    ]


def test_a_zip_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"run.fit": FIT}).read_bytes()
    assert reasons(found_in(zipped(tmp_path / "a.zip", {"run.fit": inner}))) == [
        (None, "it holds nothing that can be imported")
    ]


def test_a_zip_that_is_cut_short_is_refused_wherever_it_breaks(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", {"run.fit": FIT}).read_bytes()
    path = tmp_path / "cut.zip"
    for size in range(4, len(whole), 97):
        path.write_bytes(whole[:size])
        assert "is damaged or cut short" in refused(path)


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    raw = bytearray(zipped(tmp_path / "a.zip", {"activities.csv": b"x" * 100}).read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", raw, raw.index(mark) + place, 1)
    (tmp_path / "a.zip").write_bytes(raw)
    assert "locked with a password" in refused(tmp_path / "a.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_is_not_one_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("run.fit", FIT)
        archive.writestr("run.fit", FIT)
    assert "two files of one name" in refused(path)
    assert "holds nothing that can be imported" in refused(zipped(path, {"a.txt": "x", "__MACOSX/run.fit": FIT}))
    zipped(path, {f"{number}.fit": FIT for number in range(5)})
    monkeypatch.setattr(archives, "MAX_NAMES", 4)
    assert "more than 4 files" in refused(path)
    monkeypatch.setattr(archives, "MAX_DIRECTORY", 10)
    assert "a list of files of more than" in refused(path)


def test_a_folder_with_nothing_to_import_is_said_to_be_one(tmp_path: Path) -> None:
    assert "holds nothing that can be imported" in refused(tmp_path)


@pytest.mark.parametrize("doctype", [LAUGHS + "]>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"])
def test_declared_entities_are_refused(tmp_path: Path, doctype: str) -> None:
    assert "declares entities" in refused(gpx(tmp_path / "a.gpx", "<trk><name>&e;</name></trk>", head=doctype))
    declared = doctype.replace("DOCTYPE x", "DOCTYPE HealthData")
    assert "declares entities" in refused(health(tmp_path / "a.xml", "", head=declared))


def test_xml_is_held_in_pieces_only(tmp_path: Path) -> None:
    deep = "<a>" * 100
    assert "nested deeper" in refused(gpx(tmp_path / "a.gpx", deep))
    assert "tag of more than a megabyte" in refused(gpx(tmp_path / "b.gpx", f'<a b="{"x" * 2_000_000}"/>'))
    track = f"<trk><name>{'x' * 3_000_000}</name><trkseg>{point(50, 0)}{point(50.01, 5)}</trkseg></trk>"
    assert len(the_run(gpx(tmp_path / "c.gpx", track)).title) <= xml_stream.MAX_TEXT


def test_a_workout_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apple_health, "MAX_WORKOUT", 2_000_000)
    assert "a workout of more than" in refused(health(tmp_path / "a.xml", "<Workout a='b'>" + "<x/>" * 1_000_000))
    assert "does not begin as one" in refused(health(tmp_path / "b.xml", "<Workout " + "x" * 3_000_000))


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Activity ID,Activity Date,Activity Type\n" + b"x" * 2_000_000)
    assert "too big for a list of activities" in refused(path)
    monkeypatch.setattr(tables, "MAX_BYTES", 100)
    path.write_bytes(b"Activity ID,Activity Date,Activity Type\n" + b"1,2,3\n" * 100)
    assert "too big for a list of activities" in refused(path)


def test_names_of_files_are_only_text(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[2Jbad.fit"
    path.write_bytes(b"hello")
    assert refused(path).startswith("␛[2Jbad.fit is nothing")
    archive = zipped(tmp_path / "a.zip", {"run.fit": FIT, "\x1b]0;x\x07.gpx": b"hello"})
    assert [skipped.place.file for skipped in found_in(archive).skipped] == ["␛]0;x␇.gpx"]
