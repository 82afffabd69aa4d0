"""Garmin's table, whose unit is told by strides, and the zip of a whole account."""

import json
from pathlib import Path

import pytest

from kneejournal.domain.found_runs import FoundShoe
from tests.interop.found import found_in, reasons, refused, table, the_run, zipped

pytestmark = pytest.mark.usefixtures("empty_home")

ENGLISH = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg Run Cadence,Avg Stride Length"
GERMAN = "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø Schrittfrequenz (Laufen),Ø Schrittlänge"
FRENCH = (
    "Type d'activité,Date,Favori,Titre,Distance,Calories,Durée,Cadence de course moyenne,Longueur moyenne des foulées"
)
POLISH = "Typ aktywności,Data,Ulubiony,Tytuł,Dystans,Kalorie,Czas,Średni rytm biegu,Średnia długość kroku"
DANISH = "Aktivitetstype,Dato,Favorit,Titel,Distance,Kalorier,Tid"
SWEDISH = "Aktivitetstyp,Datum,Favorit,Titel,Distans,Kalorier,Tid"


def row(number: int = 1, distance: str = "5.00", **changes: str) -> list[str]:
    """A run of half an hour with strides of 1.02 m at 163 a minute: about 5 km."""
    cells = {
        "type": "Running", "date": f"2026-11-{number:02} 08:04:14", "favourite": "false", "title": "Park",
        "distance": distance, "calories": "300", "time": "00:30:00", "cadence": "163", "stride": "1.02",
    }  # fmt: skip
    return list((cells | changes).values())


@pytest.mark.parametrize(("distance", "metres"), [("5.00", 5000), ("3.10", 4989)])
def test_strides_tell_the_unit(tmp_path: Path, distance: str, metres: int) -> None:
    found = found_in(table(tmp_path / "a.csv", ENGLISH, *(row(day, distance) for day in (1, 2, 3))))
    assert {round(run.distance_m) for run in found.runs} == {metres}
    assert found.runs[0].start.isoformat() == "2026-11-01T08:04:14-05:00"
    assert (found.runs[0].external_id, found.runs[0].duration_s) == ("2026-11-01T08:04:14/1800", 1800)


def test_strides_count_for_more_than_what_is_said(tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", ENGLISH, *(row(day) for day in (1, 2, 3)))
    assert found_in(file, units="mi").runs[0].distance_m == 5000


@pytest.mark.parametrize("rows", [[row(1), row(2)], [row(day, "4.20") for day in (1, 2, 3)],
                                  [row(day, stride="--") for day in (1, 2, 3)]])  # fmt: skip
def test_where_strides_do_not_tell_the_unit_is_asked_for(tmp_path: Path, rows: list[list[str]]) -> None:
    file = table(tmp_path / "a.csv", ENGLISH, *rows)
    assert "--units mi or --units km" in refused(file)
    assert found_in(file, units="km").runs[0].distance_m == float(rows[0][4]) * 1000


@pytest.mark.parametrize(
    ("header", "sport", "distance"),
    [(GERMAN, "Laufen", "5,00"), (FRENCH, "Course à pied", "5,00"), (POLISH, "Bieganie", "5.00")],
)
def test_translated_tables_are_known(tmp_path: Path, header: str, sport: str, distance: str) -> None:
    lines = [row(day, distance, type=sport, stride="1,02") for day in (1, 2, 3)]
    found = found_in(table(tmp_path / "a.csv", header, *lines))
    assert [run.distance_m for run in found.runs] == [5000] * 3


@pytest.mark.parametrize(("header", "sport"), [(DANISH, "Løb"), (SWEDISH, "Löpning")])
def test_a_table_without_strides_is_known_too(tmp_path: Path, header: str, sport: str) -> None:
    assert the_run(table(tmp_path / "a.csv", header, row(type=sport)[:7]), units="km").distance_m == 5000


def test_other_sports_and_empty_distances_are_left_out(tmp_path: Path) -> None:
    lines = [row(1, "1,035", type="Pool Swimming"), row(2, "--"), row(3, "far"), row(4, "1,005.5")]
    found = found_in(table(tmp_path / "a.csv", ENGLISH, *lines), units="km")
    assert [run.distance_m for run in found.runs] == [1_005_500]
    assert reasons(found) == [
        (2, "not a run (Pool Swimming)"),
        (3, "no distance"),
        (4, "its distance “far” is not a number"),
    ]


@pytest.mark.parametrize("changes", [{"date": "12/11/20 11:59"}, {"time": "1:33"}, {"date": "2026-11-01 08:04"}])
def test_what_a_spreadsheet_saved_is_refused_with_the_reason(tmp_path: Path, changes: dict[str, str]) -> None:
    said = refused(table(tmp_path / "a.csv", ENGLISH, row(1), row(2, **changes)), units="km")
    assert "re-saved by a spreadsheet" in said
    assert "row 3" in said


ACTIVITIES = [
    {"activityId": 901, "name": "Park", "activityType": "running", "sportType": "RUNNING",
     "beginTimestamp": 1_776_115_322_000, "startTimeGmt": 1_776_115_322_000.0, "startTimeLocal": 1_776_144_122_000.0,
     "duration": 1_800_000.5, "distance": 500_150.0, "unknown": {"deep": [1, 2]}},
    {"activityId": 902, "activityType": "cycling", "beginTimestamp": 1_776_115_322_000, "distance": 1.0},
    {"activityId": 903, "activityType": "treadmill_running", "beginTimestamp": 1_776_215_322_000, "distance": 3e5},
    {"activityId": 904, "activityType": "running", "distance": 300_000.0},
    {"activityId": "x", "activityType": "running"},
]  # fmt: skip
GEAR = [{
    "gearDTOS": [{"gearPk": 55, "customMakeModel": "Brooks Ghost", "displayName": "Blue", "gearTypeName": "Shoes",
                  "gearStatusName": "retired"},
                 {"gearPk": 56, "displayName": "Bike", "gearTypeName": "Bike"}],
    "gearActivityDTOs": {"55": [{"activityId": 901, "gearPk": 55}], "56": [{"activityId": 902, "gearPk": 56}]},
}]  # fmt: skip


def account(path: Path) -> Path:
    folder = "DI_CONNECT/DI-Connect-Fitness"
    return zipped(
        path,
        {
            f"{folder}/somebody_0_summarizedActivities.json": json.dumps([{"summarizedActivitiesExport": ACTIVITIES}]),
            f"{folder}/somebody_gear.json": json.dumps(GEAR),
            f"{folder}/somebody_0_other.json": "{}",
        },
    )


def test_the_zip_of_an_account_has_ids_zones_and_shoes(tmp_path: Path) -> None:
    found = found_in(account(tmp_path / "account.zip"))
    first, second = found.runs
    assert (first.external_id, first.title) == ("901", "Park")
    assert first.start.isoformat() == "2026-04-14T05:22:02+08:00"
    assert (first.distance_m, first.duration_s) == (5001.5, 1800.0005)
    assert first.shoe == FoundShoe(name="Blue", key="garmin:55", also=("Brooks Ghost",), is_retired=True)
    assert (second.external_id, second.duration_s, second.shoe) == ("903", None, None)
    assert reasons(found) == [
        (2, "not a run (cycling)"),
        (4, "it names no start"),
        (5, "it is not an activity as Garmin writes them"),
    ]


@pytest.mark.parametrize("raw", [b"", b"[", b"{}", b"[[]]", b"[" * 100_000, b'[{"summarizedActivitiesExport": 1}]'])
def test_an_account_that_is_damaged_is_refused(tmp_path: Path, raw: bytes) -> None:
    assert "damaged, or not in the form" in refused(zipped(tmp_path / "a.zip", {"x_0_summarizedActivities.json": raw}))
