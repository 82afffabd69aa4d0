"""Recordings of real devices and services are read to what independent programs found in them."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kneejournal.domain.found_runs import FoundRun
from tests.interop.found import SAMPLES, found_in, reasons, the_run

pytestmark = pytest.mark.usefixtures("empty_home")

RECORDINGS = [
    ("fit/activity-small-fenix2-run.fit", "2015-08-15T14:45:08+00:00", 2, 9008.22, 2832.00),
    ("fit/garmin-fenix-5-run.fit", "2017-06-11T14:34:09+00:00", -7, 157.56, 56.89),
    ("fit/2013-02-06-12-11-14.fit", "2013-02-06T12:11:14+00:00", None, 4835.38, 2625.14),
    ("fit/developer-types-sample.fit", "2017-01-17T17:06:47+00:00", None, 6753.99, 3424.00),
    ("fit/strava-android-app-corrupt.fit", "2021-09-27T14:13:10+00:00", None, 11274.04, 3558.00),
    ("fit/activity-unexpected-eof.fit", "2012-04-09T21:22:26+00:00", None, 5.73, 13.75),
    ("fit/2022-05-29_Laufen_Landal_Park.fit", "2022-05-29T15:53:35+00:00", 2, 3322.95, 1428.04),
    ("fit/sample_multiple_header-triathlon.fit", "2018-05-27T09:23:41+00:00", 2, 9805.92, 2850.69),
    ("strava_gap/activities/12866632127.fit.gz", "2022-05-29T15:53:35+00:00", 2, 3322.95, 1428.04),
    ("gpx/nikeplus-less-sec-time.gpx", "2015-12-11T15:43:13+01:00", 1, 1.56, 0.99),
    ("gpx/opentracks-walk.gpx", "2025-08-30T20:29:19.825+02:00", 2, 1088.39, 760.71),
    ("tcx/test.tcx", "2012-12-26T21:29:53+00:00", None, 4689.24, 1992.78),
    ("tcx/no_hr.tcx", "2012-12-26T21:29:53+00:00", None, 4689.24, 1992.78),
]
"""A file, its start, hours from UTC where it tells them, metres, and seconds."""
NEW_YORK = {1: -5, 2: -5, 4: -4, 9: -4, 12: -5}
"""Hours from UTC by month."""


@pytest.mark.parametrize(("file", "start", "hours", "metres", "seconds"), RECORDINGS)
def test_a_recording_is_read_to_its_truth(
    file: str, start: str, hours: int | None, metres: float, seconds: float
) -> None:
    run = the_run(SAMPLES / file)
    moment = datetime.fromisoformat(start)
    assert run.start == moment
    assert run.start.utcoffset() == timedelta(hours=NEW_YORK[moment.month] if hours is None else hours)
    assert (round(run.distance_m, 2), round(run.duration_s or 0, 2)) == (metres, seconds)


def test_the_other_sports_of_a_triathlon_are_left_out() -> None:
    found = found_in(SAMPLES / "fit" / "sample_multiple_header-triathlon.fit")
    assert reasons(found) == [
        (1, "not a run (swimming)"),
        (2, "not a run (transition)"),
        (3, "not a run (cycling)"),
        (4, "not a run (transition)"),
    ]


def test_a_watch_that_did_not_know_the_date_is_said_to_be_one() -> None:
    found = found_in(SAMPLES / "fit" / "compressed-speed-distance.fit")
    assert found.runs == ()
    ((_, reason),) = reasons(found)
    assert reason.startswith("its watch did not know the date")
    assert "10.25km --minutes 63" in reason


@pytest.mark.parametrize("name", ["strava-android-app-corrupt.fit", "activity-unexpected-eof.fit"])
def test_damage_behind_a_whole_summary_is_told(name: str) -> None:
    (remark,) = found_in(SAMPLES / "fit" / name).remarks
    assert remark == f"{name} is damaged or cut short, but its summary is whole."


def test_a_strava_archive_takes_the_zone_from_its_own_files() -> None:
    """The table says 3:53:35 PM, which is UTC; the run began at 17:53 in its own place."""
    assert the_run(SAMPLES / "strava_gap") == FoundRun(
        source="strava",
        external_id="12070555079",
        start=datetime(2022, 5, 29, 17, 53, 35, tzinfo=timezone(timedelta(hours=2))),
        distance_m=3322.949951171875,
        duration_s=1411,
        title="Laufen Landal Park",
        place=found_in(SAMPLES / "strava_gap").runs[0].place,
    )


def test_a_strava_table_alone_is_on_the_clock_of_this_machine() -> None:
    run = the_run(SAMPLES / "strava_gap" / "activities.csv")
    assert run.start.isoformat() == "2022-05-29T11:53:35-04:00"


def test_a_strava_table_of_shoes_without_shoes_is_empty() -> None:
    found = found_in(SAMPLES / "strava_gap" / "shoes.csv")
    assert (found.runs, found.shoes, found.skipped) == ((), (), ())


def test_a_workout_of_apple_health_is_in_its_own_zone() -> None:
    """The file says -0700, the zone of the phone at the time of the export; the run was in Los Angeles."""
    run = the_run(SAMPLES / "apple" / "export-ios10-attributes.xml")
    assert run.start == datetime(2016, 11, 14, 14, 25, 41, tzinfo=UTC)
    assert run.start.isoformat() == "2016-11-14T06:25:41-08:00"
    assert run.distance_m == pytest.approx(0.4971749504535062 * 1609.344)
    assert run.duration_s == pytest.approx(5.194 * 60, abs=0.1)


def test_a_year_of_runkeeper_adds_up() -> None:
    found = found_in(SAMPLES / "runkeeper" / "cardioActivities-mi.csv")
    assert (len(found.runs), found.skipped) == (178, ())
    assert sum(run.distance_m for run in found.runs) / 1609.344 == pytest.approx(1000.57)
    first = found.runs[0]
    assert first.start.isoformat() == "2013-12-29T11:36:13-05:00"
    assert first.distance_m / 1609.344 == pytest.approx(3.02)
    assert first.duration_s == 26 * 60 + 42


def test_a_folder_of_recordings_is_read_whole() -> None:
    found = found_in(SAMPLES / "fit")
    assert (len(found.runs), len(found.skipped)) == (8, 5)


def test_every_sample_is_read_by_a_test() -> None:
    files = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    named = Path(__file__).read_text(encoding="utf-8")
    assert all(Path(file).name in named for file in files - {"README.md", "LICENSE-Apache-2.0.txt"})
