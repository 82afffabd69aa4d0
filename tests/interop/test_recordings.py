"""Recordings and exports in the forms that trip readers: FIT, GPX, TCX, Apple Health, Runkeeper."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.interop.found import activity, fit_file, found_in, reasons, refused, session, table, the_run

pytestmark = pytest.mark.usefixtures("empty_home")

START = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
RUNKEEPER = "Activity Id,Date,Type,Route Name,Distance (km),Duration,Notes,GPX File"


def fit(path: Path, *messages: tuple[int, dict[int, tuple[int, int]]]) -> Path:
    path.write_bytes(fit_file(messages))
    return path


def test_the_watch_tells_the_zone(tmp_path: Path) -> None:
    run = the_run(
        fit(tmp_path / "a.fit", session(START, 5000, 1800), activity(START, START + timedelta(hours=8, seconds=20)))
    )
    assert run.start.isoformat() == "2026-11-01T20:00:00+08:00"


@pytest.mark.parametrize(
    "wall", [datetime(1989, 12, 31, tzinfo=UTC), START - timedelta(days=7), START + timedelta(minutes=8)]
)
def test_nonsense_about_the_zone_is_not_believed(tmp_path: Path, wall: datetime) -> None:
    run = the_run(fit(tmp_path / "a.fit", session(START, 5000, 1800), activity(START, wall)))
    assert run.start.isoformat() == "2026-11-01T07:00:00-05:00"


def test_several_sessions_of_one_file_are_several_runs(tmp_path: Path) -> None:
    later = START + timedelta(hours=1)
    found = found_in(
        fit(tmp_path / "a.fit", session(START, 5000, 1800), session(START, 9, 9, 2), session(later, 800, 300))
    )
    assert [(run.distance_m, run.duration_s, run.place.row) for run in found.runs] == [(5000, 1800, 1), (800, 300, 3)]
    assert reasons(found) == [(2, "not a run (cycling)")]


def test_elapsed_time_stands_in_for_a_missing_timer(tmp_path: Path) -> None:
    number, fields = session(START, 5000, 1800)
    fields[7] = fields.pop(8)
    assert the_run(fit(tmp_path / "a.fit", (number, fields))).duration_s == 1800


def test_a_fit_file_without_a_summary_is_refused(tmp_path: Path) -> None:
    path = fit(tmp_path / "a.fit", activity(START, START))
    assert "holds no activity" in refused(path)
    whole = fit_file([session(START, 5000, 1800)])
    for size in range(12, len(whole) - 2):
        path.write_bytes(whole[:size])
        assert "cut short" in refused(path)


def gpx(path: Path, body: str, head: str = '<?xml version="1.0"?>') -> Path:
    path.write_text(
        f'{head}<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{body}</gpx>', encoding="utf-8"
    )
    return path


def point(latitude: float, minute: int, zone: str = "Z") -> str:
    return f'<trkpt lat="{latitude}" lon="7.0"><time>2026-11-01T12:{minute:02}:00{zone}</time></trkpt>'


def test_a_gap_between_segments_is_not_run(tmp_path: Path) -> None:
    """A hundredth of a degree of latitude is 1112 m."""
    first = f"<trkseg>{point(50.00, 0)}{point(50.01, 5)}</trkseg>"
    second = f"<trkseg>{point(50.05, 9)}{point(50.06, 15)}</trkseg>"
    run = the_run(gpx(tmp_path / "a.gpx", f"<trk><name>Park</name><type>running</type>{first}{second}</trk>"))
    assert (round(run.distance_m), run.duration_s, run.title) == (2224, 900, "Park")
    assert run.start.isoformat() == "2026-11-01T07:00:00-05:00"


def test_the_zone_in_a_gpx_file_counts(tmp_path: Path) -> None:
    track = f"<trk><trkseg>{point(50.00, 0, '+02:00')}{point(50.01, 5, '+02:00')}</trkseg></trk>"
    path = gpx(tmp_path / "a.gpx", track, head='\ufeff<?xml version="1.0" encoding="UTF-8"?>')
    assert the_run(path).start.isoformat() == "2026-11-01T12:00:00+02:00"
    assert found_in(path).remarks == (
        "a.gpx names no sport; it was taken as a run.",
        "GPX files hold no distance: it was measured along their points.",
    )


def test_rides_and_routes_are_not_runs(tmp_path: Path) -> None:
    ride = gpx(tmp_path / "ride.gpx", f"<trk><type>cycling</type><trkseg>{point(50, 0)}</trkseg></trk>")
    assert reasons(found_in(ride)) == [(None, "not a run (cycling)")]
    route = gpx(tmp_path / "route.gpx", '<trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk>')
    assert "a route without times" in refused(route)
    assert "holds no track" in refused(gpx(tmp_path / "empty.gpx", "<wpt lat='1' lon='2'/>"))


@pytest.mark.parametrize("wrong", ['lat="91" lon="7"', 'lat="nan" lon="7"', 'lat="1"', 'lat="x" lon="7"'])
def test_a_point_that_is_not_on_earth_is_damage(tmp_path: Path, wrong: str) -> None:
    assert "not on earth" in refused(gpx(tmp_path / "a.gpx", f"<trk><trkseg><trkpt {wrong}/></trkseg></trk>"))


def tcx(path: Path, laps: str, sport: str = "Running") -> Path:
    body = f'<Activities><Activity Sport="{sport}"><Id>2026-11-01T12:00:00.000Z</Id>{laps}</Activity></Activities>'
    path.write_text(f'<TrainingCenterDatabase xmlns="x">{body}</TrainingCenterDatabase>', encoding="utf-8")
    return path


def test_laps_tell_what_a_treadmill_did(tmp_path: Path) -> None:
    lap = (
        '<Lap StartTime="2026-11-01T12:00:00Z"><TotalTimeSeconds>261</TotalTimeSeconds><DistanceMeters>800.5'
        "</DistanceMeters><Track><Trackpoint><DistanceMeters>9999</DistanceMeters></Trackpoint></Track></Lap>"
    )
    run = the_run(tcx(tmp_path / "a.tcx", lap * 2))
    assert (run.distance_m, run.duration_s) == (1601, 522)
    assert reasons(found_in(tcx(tmp_path / "b.tcx", lap, "Biking"))) == [(None, "not a run (Biking)")]
    assert "is not a number" in refused(tcx(tmp_path / "c.tcx", lap.replace("800.5", "NaN")))


def health(path: Path, workouts: str, head: str = "<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Me)>\n]>\n") -> Path:
    record = '<Record type="HKQuantityTypeIdentifierHeartRate" value="72"/>\n' * 50
    data = f'<HealthData locale="en">{record}{workouts}{record}</HealthData>\n'
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{data}', encoding="utf-8")
    return path


def workout(inside: str, start: str = "2025-09-16 16:14:50 +0100", sport: str = "Running", more: str = "") -> str:
    return (
        f'<Workout workoutActivityType="HKWorkoutActivityType{sport}" duration="52.5" durationUnit="min" {more}'
        f'startDate="{start}" endDate="x">{inside}</Workout>'
    )


DISTANCE = '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="{}" unit="{}"/>'
PARTS = f"<WorkoutActivity>{DISTANCE.format(8.88354, 'km')}</WorkoutActivity>"
PARIS = '<MetadataEntry key="HKTimeZone" value="Europe/Paris"/>'


def test_only_the_statistics_of_the_workout_itself_count(tmp_path: Path) -> None:
    run = the_run(health(tmp_path / "导出.xml", workout(PARTS + PARIS + DISTANCE.format(8.95512, "km") + PARTS)))
    assert run.distance_m == pytest.approx(8955.12)
    assert (run.start.isoformat(), run.duration_s) == ("2025-09-16T17:14:50+02:00", 3150)


def test_a_workout_in_miles_without_a_zone_is_on_the_clock_of_this_machine(tmp_path: Path) -> None:
    run = the_run(health(tmp_path / "a.xml", workout("", more='totalDistance="2" totalDistanceUnit="mi" ')))
    assert run.distance_m == pytest.approx(3218.688)
    assert run.start.isoformat() == "2025-09-16T11:14:50-04:00"


def test_workouts_that_are_no_runs_are_left_out(tmp_path: Path) -> None:
    workouts = [
        workout("", sport="Walking"),
        workout(""),
        workout(DISTANCE.format(5, "parsec")),
        workout("", start="16/09/2025"),
        '<Workout workoutActivityType="HKWorkoutActivityTypeYoga" note="a > b"/>',
    ]
    assert reasons(found_in(health(tmp_path / "a.xml", "".join(workouts)))) == [
        (1, "not a run (Walking)"),
        (2, "it names no distance in mi, km or m"),
        (3, "it names no distance in mi, km or m"),
        (4, "its start “16/09/2025” is not a time"),
        (5, "not a run (Yoga)"),
    ]


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "/etc/passwd", ""])
def test_a_zone_that_is_none_is_not_followed(tmp_path: Path, zone: str) -> None:
    run = the_run(health(tmp_path / "a.xml", workout(PARIS.replace("Europe/Paris", zone) + DISTANCE.format(5, "km"))))
    assert run.start.isoformat() == "2025-09-16T11:14:50-04:00"


def test_an_export_that_is_cut_short_is_refused_wherever_it_breaks(tmp_path: Path) -> None:
    path = health(tmp_path / "a.xml", workout(PARIS + DISTANCE.format(5, "km")))
    whole = path.read_bytes()
    for size in (len(whole) - 20, len(whole) // 2, whole.index(b"<Workout ") + 30):
        path.write_bytes(whole[:size])
        assert "is cut short" in refused(path)
    path.write_bytes(whole.replace(b"</Workout>", b"</Workhorse></Workout>"))
    assert "not whole XML" in refused(path)


def test_runkeeper_names_its_unit_and_its_ids(tmp_path: Path) -> None:
    lines = [
        ["a-1", "2026-11-01 07:00:00", "Running", "Park", "5.0", "1:06:06", "good", ""],
        ["", "2026-11-02 07:00:00", "Running", "Park", "5.0", "26:42", "", ""],
        ["", "2026-11-03 07:00:00", "Cycling", "", "5.0", "26:42", "", ""],
        ["", "soon", "Running", "", "5.0", "26:42", "", ""],
        ["", "2026-11-03 07:00:00", "Running", "", "x", "26:42", "", ""],
    ]
    found = found_in(table(tmp_path / "a.csv", RUNKEEPER, *lines))
    assert [(r.external_id, r.duration_s, r.title) for r in found.runs] == [
        ("a-1", 3966, "good"),
        ("2026-11-02T07:00:00/1602", 1602, "Park"),
    ]
    assert [row for row, _ in reasons(found)] == [4, 5, 6]
    assert "spreadsheet" in refused(
        table(tmp_path / "b.csv", RUNKEEPER, ["", "11/1/26 7:00", "Running", "", "5", "26:42", "", ""])
    )


def test_a_gzipped_file_is_read_like_a_plain_one(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(fit_file([session(START, 5000, 1800)])))
    assert the_run(tmp_path / "a.gz").distance_m == 5000
