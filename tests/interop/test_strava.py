"""Strava's table in every dialect that was seen: columns by name, dates in UTC, shoes by their number."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kneejournal.interop.strava_dates import read_date
from tests.interop.found import activity, fit_file, found_in, reasons, refused, session, table, the_run, zipped

pytestmark = pytest.mark.usefixtures("empty_home")

ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Activity Gear,Filename,"
    "Elapsed Time,Moving Time,Distance,Gear"
)
OLD = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename"
HEADERS = {
    "de": "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Verstrichene Zeit,Distanz,"
    "Aktivitätsausrüstung,Dateiname,Verstrichene Zeit,Bewegungszeit,Distanz,Ausrüstung",
    "fr": "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Temps écoulé,Distance,"
    "Matériel utilisé pour l'activité,Nom du fichier,Temps écoulé,Durée de déplacement,Distance,Matériel",
    "pt": "ID da atividade,Data da atividade,Nome da atividade,Tipo de atividade,Tempo decorrido,Distância,"
    "Equipamento da atividade,Nome do arquivo,Tempo decorrido,Tempo de movimentação,Distância,Equipamento",
    "es": "ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,Tiempo transcurrido,"
    "Distancia,Equipo de la actividad,Nombre del archivo,Tiempo transcurrido,Tiempo en movimiento,Distancia,Equipo",
}


def row(**changes: str) -> list[str]:
    """A run of 5 km in today's table, in English."""
    cells = {
        "id": "11", "date": "Nov 20, 2026, 3:30:00 PM", "name": "Morning Run", "type": "Run", "elapsed": "1900",
        "shown": "5.00", "shoe": "", "file": "", "elapsed2": "1900.0", "moving": "1800.0", "metres": "5001.5",
        "gear": "",
    }  # fmt: skip
    return list((cells | changes).values())


def a_week(path: Path) -> Path:
    """A table of three runs, two of them in one pair, two rides, and a run of the day after Sunday 22 November."""
    rows = [
        row(id="1", date="Nov 18, 2026, 3:30:00 PM", shoe="Blue", gear="7.0"),
        row(id="2", type="Ride"),
        row(id="3", date="Nov 20, 2026, 3:30:00 PM", shoe="Blue", gear="7.0"),
        row(id="4", date="Nov 22, 2026, 3:30:00 PM"),
        row(id="5", date="Nov 23, 2026, 3:30:00 PM"),
        row(id="6", type="Ride"),
    ]
    return table(path, ENGLISH, *rows)


def test_the_last_column_of_a_name_counts(tmp_path: Path) -> None:
    run = the_run(table(tmp_path / "a.csv", ENGLISH, row()))
    assert (run.distance_m, run.duration_s, run.external_id, run.title) == (5001.5, 1800, "11", "Morning Run")
    assert run.start.isoformat() == "2026-11-20T10:30:00-05:00"


@pytest.mark.parametrize("language", HEADERS)
def test_translated_headers_are_known(tmp_path: Path, language: str) -> None:
    types = {"de": "Lauf", "fr": "Course à pied", "pt": "Corrida", "es": "Carrera"}
    dates = {"de": "20.11.2026, 15:30:00", "fr": "20 nov. 2026 à 15:30:00", "pt": "20 de nov. de 2026, 15:30:00",
             "es": "20 nov 2026, 15:30:00"}  # fmt: skip
    line = row(type=types[language], date=dates[language], shown="5,00")
    run = the_run(table(tmp_path / "a.csv", HEADERS[language], line))
    assert (run.start, run.distance_m, run.duration_s) == (datetime(2026, 11, 20, 15, 30, tzinfo=UTC), 5001.5, 1800)


def test_the_old_table_is_in_metres(tmp_path: Path) -> None:
    line = ["7", "2018-05-06 12:00:12", "Run", "Run", "", "1900", "5001.5", "false", "Blue", "activities/7.gpx"]
    run = the_run(table(tmp_path / "a.csv", OLD, line))
    assert (run.distance_m, run.duration_s, run.shoe and run.shoe.name) == (5001.5, 1900, "Blue")
    assert run.start.isoformat() == "2018-05-06T08:00:12-04:00"


def test_tags_in_headers_and_lines_in_cells_do_not_disturb(tmp_path: Path) -> None:
    header = ENGLISH.replace("Activity Type", '<span class="translation_missing" title="x">Activity Type</span>')
    lines = [row(name="one\ntwo"), row(id="12", type="Ride")]
    found = found_in(table(tmp_path / "a.csv", header, *lines, newline="\r\n"))
    assert [run.title for run in found.runs] == ["one\ntwo"]
    assert reasons(found) == [(3, "not a run (Ride)")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Apr 13, 2026, 9:15:22 PM", "2026-04-13T21:15:22"),
        ("Apr 13, 2026, 12:15:22\u202fAM", "2026-04-13T00:15:22"),
        ("22 May 2024, 08:19:26", "2024-05-22T08:19:26"),
        ("09.12.2022, 15:24:49", "2022-12-09T15:24:49"),
        ("24 mai 2012 à 16:27:40", "2012-05-24T16:27:40"),
        ("3 juil. 2012 à 06:27:40", "2012-07-03T06:27:40"),
        ("3 juin 2012 à 06:27:40", "2012-06-03T06:27:40"),
        ("14 août 2012 à 06:27:40", "2012-08-14T06:27:40"),
        ("1 de dez. de 2020, 06:27:40", "2020-12-01T06:27:40"),
        ("2018-05-06 12:00:12", "2018-05-06T12:00:12"),
        ("2018-05-06T12:00:12Z", "2018-05-06T12:00:12"),
    ],
)
def test_dates_in_every_dialect_are_utc(text: str, moment: str) -> None:
    assert read_date(text) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Foo 13, 2026, 9:15:22 PM", "Apr 31, 2026, 9:15:22 PM", "Apr 3, 2026, 13:15:22 PM",
             "13.13.2026, 10:00:00", "Apr 13, 0001, 9:15:22 PM", "Apr 13, ٢٠٢٦, 9:15:22 PM"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_a_row_that_cannot_be_read_is_left_out_with_its_reason(tmp_path: Path) -> None:
    lines = [row(), row(id="x"), row(id="12", date="soon"), row(id="13", metres="5,0"), row(id="14", metres="nan")]
    found = found_in(table(tmp_path / "a.csv", ENGLISH, *lines))
    assert [run.external_id for run in found.runs] == ["11"]
    assert reasons(found) == [
        (3, "its activity id “x” is not a number"),
        (4, "its date “soon” is in no form that Strava writes"),
        (5, "its distance “5,0” is not a number of metres"),
        (6, "its distance “nan” is not a number of metres"),
    ]


def test_a_distance_without_a_unit_is_asked_for(tmp_path: Path) -> None:
    one = table(
        tmp_path / "one.csv",
        "Activity ID,Activity Date,Activity Type,Distance",
        ["1", "20.11.2026, 15:30:00", "Run", "3,1"],
    )
    twice = table(tmp_path / "twice.csv", ENGLISH, row(shown="5.00", metres="5.00"))
    for file, metres in ((one, 3.1), (twice, 5.0)):
        assert "--units mi or --units km" in refused(file)
        assert the_run(file, units="km").distance_m == pytest.approx(metres * 1000)
        assert the_run(file, units="mi").distance_m == pytest.approx(metres * 1609.344)


def test_shoes_go_by_their_number_and_bear_the_latest_name(tmp_path: Path) -> None:
    lines = [
        row(id="1", date="20.11.2020, 15:30:00", shoe="Pulse", gear="13594491.0"),
        row(id="2", date="20.11.2022, 15:30:00", shoe="ASICS Pulse", gear="13594491.0"),
        row(id="3", date="20.11.2023, 15:30:00", shoe="", gear="13594491.0"),
        row(id="4", date="20.11.2024, 15:30:00"),
    ]
    found = found_in(table(tmp_path / "a.csv", ENGLISH, *lines))
    named = [(run.shoe.key, run.shoe.name) if run.shoe else None for run in found.runs]
    assert named == [("strava:13594491", "ASICS Pulse")] * 3 + [None]


def test_a_nameless_pair_takes_the_name_that_is_left_over(tmp_path: Path) -> None:
    lines = [row(id="1", gear="7.0"), row(id="2", shoe="Blue", gear="8.0", date="Nov 19, 2026, 3:30:00 PM")]
    text = table(tmp_path / "activities.csv", ENGLISH, *lines).read_text(encoding="utf-8")
    shoes = "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nBlue,Brooks,Ghost,\n,Skechers,Speed Beast,\n"
    archive = zipped(tmp_path / "export.zip", {"activities.csv": text, "shoes.csv": shoes})
    assert {run.shoe.name for run in found_in(archive).runs if run.shoe} == {"Skechers Speed Beast", "Blue"}
    alone = found_in(table(tmp_path / "b.csv", ENGLISH, *lines))
    assert {run.shoe.name for run in alone.runs if run.shoe} == {"Strava shoe 7", "Blue"}


def test_two_pairs_of_one_name_stay_two(tmp_path: Path) -> None:
    lines = [row(id="1", shoe="Ghost", gear="7.0"), row(id="2", shoe="Ghost", gear="8.0")]
    found = found_in(table(tmp_path / "a.csv", ENGLISH, *lines))
    assert {run.shoe.name for run in found.runs if run.shoe} == {"Ghost (7)", "Ghost (8)"}


def test_a_list_of_shoes_alone_names_the_pairs(tmp_path: Path) -> None:
    header = "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types"
    found = found_in(
        table(tmp_path / "shoes.csv", header, ["Blue", "Brooks", "Ghost", "Run"], ["", "Hoka", "Mach", ""])
    )
    assert [shoe.name for shoe in found.shoes] == ["Blue", "Hoka Mach"]


def test_the_zone_of_a_recording_decides_the_day(tmp_path: Path) -> None:
    start = datetime(2026, 4, 13, 21, 15, 22, tzinfo=UTC)
    raw = fit_file([session(start, 5000, 1800), activity(start, start + timedelta(hours=8))])
    line = row(date="Apr 13, 2026, 9:15:22 PM", file="activities/9.fit")
    text = table(tmp_path / "x.csv", ENGLISH, line).read_text(encoding="utf-8")
    archive = zipped(tmp_path / "e.zip", {"export_1/activities.csv": text, "export_1/activities/9.fit": raw})
    assert the_run(archive).start.isoformat() == "2026-04-14T05:15:22+08:00"


def test_a_broken_recording_beside_the_table_costs_only_its_zone(tmp_path: Path) -> None:
    line = row(file="activities/9.fit.gz")
    text = table(tmp_path / "x.csv", ENGLISH, line).read_text(encoding="utf-8")
    archive = zipped(tmp_path / "e.zip", {"activities.csv": text, "activities/9.fit.gz": b"\x1f\x8bnonsense"})
    assert the_run(archive).start.isoformat() == "2026-11-20T10:30:00-05:00"


def test_a_file_outside_of_the_archive_is_never_read(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (tmp_path / "9.fit").write_bytes(b"secret")
    table(folder / "activities.csv", ENGLISH, row(file="../9.fit"))
    assert the_run(folder).external_id == "11"


def test_what_a_spreadsheet_saved_is_refused_with_the_reason(tmp_path: Path) -> None:
    saved = table(tmp_path / "a.csv", ENGLISH, row(date="11/20/2026 15:30"))
    assert "re-saved by a spreadsheet" in refused(saved)
    assert "row 2: 11/20/2026 15:30" in refused(saved)
    other = tmp_path / "b.csv"
    other.write_text(ENGLISH.replace(",", ";") + "\n" + ";".join(row()), encoding="utf-8")
    assert "re-saved by a spreadsheet" in refused(other)


def test_a_damaged_table_is_refused_whole(tmp_path: Path) -> None:
    good = table(tmp_path / "a.csv", ENGLISH, row(), row(id="12")).read_bytes()
    for number, raw in enumerate((good[:-20], good.replace(b"Morning", b'"Morning'), good + b"1,2\n", good + b"\xff")):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(raw)
        assert "is damaged or cut short" in (said := refused(path)) or "UTF-8" in said
