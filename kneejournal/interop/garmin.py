"""Reads the Activities.csv that people download from Garmin Connect."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import BinaryIO, NamedTuple

from msgspec.structs import replace

from kneejournal.domain.found_runs import Finding, FoundRun, Place, Skipped, natural_key
from kneejournal.domain.units import METRES_A_MILE, Units
from kneejournal.errors import UnitUnknown
from kneejournal.interop.sports import is_run, not_a_run
from kneejournal.interop.streams import Refused
from kneejournal.interop.tables import RESAVED, Row, read_rows, refuse_resaved
from kneejournal.interop.values import at_home, read_duration, read_local_number, read_moment

SOURCE = "garmin"
METRES = {"km": 1000.0, "mi": METRES_A_MILE}
NEEDED_ROWS = 3
SPANS: dict[Units, tuple[int, int]] = {"km": (930, 1070), "mi": (1500, 1720)}
"""Metres a unit, as strides tell them."""
MISSING = "--"

TYPE = frozenset({"activity type", "aktivitätstyp", "aktivitetstype", "aktivitetstyp", "typ aktywności",
                  "type d'activité", "type d’activité", "tipo de actividad", "tipo di attività", "tipo de atividade",
                  "activiteittype"})  # fmt: skip
DATE = frozenset({"date", "datum", "dato", "data", "fecha"})
TITLE = frozenset({"title", "titel", "tittel", "tytuł", "titre", "título", "titolo"})
DISTANCE = frozenset({"distance", "distanz", "distans", "distanse", "dystans", "distancia", "distanza", "distância",
                      "afstand"})  # fmt: skip
TIME = frozenset({"time", "zeit", "tid", "czas", "durée", "tiempo", "tempo", "tijd"})
STRIDE = frozenset({"avg stride length", "ø schrittlänge", "longueur moyenne des foulées", "longitud media de zancada",
                    "średnia długość kroku", "gjennomsnittlig skrittlengde", "gennemsnitlig skridtlængde",
                    "genomsnittlig steglängd", "lunghezza media passo", "lunghezza media del passo",
                    "gem. staplengte"})  # fmt: skip
CADENCE = frozenset({"avg run cadence", "avg cadence", "ø schrittfrequenz (laufen)", "cadence de course moyenne",
                     "cadencia de carrera media", "średni rytm biegu", "gjennomsnittlig frekvens for løping",
                     "gennemsnitlig løbekadence", "genomsnittlig löpkadens", "cadenza di corsa media",
                     "gem. loopcadans"})  # fmt: skip


class Line(NamedTuple):
    """A run whose distance has no unit yet, and the metres that its strides make of one unit."""

    run: FoundRun
    metres_a_unit: float | None


def is_activities(header: list[str]) -> bool:
    """Whether a table with these columns is Garmin Connect's Activities.csv, in any language."""
    names = set(header)
    return all(names & column for column in (TYPE, DATE, DISTANCE, TIME))


def read_activities(stream: BinaryIO, file: str, units: Units | None) -> Iterator[Finding]:
    """The runs of an Activities.csv, on the wall clock of their rows.

    The table names no unit: strides, which are in metres whatever the account shows, tell it, else `units`. Raises
    Refused for a damaged table or one that a spreadsheet saved, and UnitUnknown when neither tells the unit.
    """
    lines: list[Line] = []
    for row in read_rows(stream):
        place = Place(file, row.number)
        sport = row.first(TYPE)
        if not is_run(sport):
            yield Skipped(place, not_a_run(sport))
        elif isinstance(found := _line(row, place), Skipped):
            yield found
        else:
            lines.append(found)
    if lines:
        metres = METRES[_unit(lines, file, units)]
        yield from (replace(line.run, distance_m=line.run.distance_m * metres) for line in lines)


def _line(row: Row, place: Place) -> Line | Skipped:
    date, time = row.first(DATE), row.first(TIME)
    refuse_resaved(row, date)
    if time.count(":") == 1:
        raise Refused(f"{RESAVED} (row {row.number}: {time[:40]})")
    wall = read_moment(date)
    if wall is None or wall.tzinfo:
        return Skipped(place, f"its date “{date[:40]}” is not one")
    distance, duration = read_local_number(row.first(DISTANCE)), read_duration(time)
    if distance is None:
        missing = row.first(DISTANCE) in ("", MISSING)
        return Skipped(
            place, "no distance" if missing else f"its distance “{row.first(DISTANCE)[:40]}” is not a number"
        )
    run = FoundRun(
        source=SOURCE,
        external_id=natural_key(wall, duration),
        start=at_home(wall),
        distance_m=distance,
        duration_s=duration,
        title=row.first(TITLE),
        place=place,
    )
    return Line(run, _metres_a_unit(row, distance, duration or 0))


def _metres_a_unit(row: Row, distance: float, duration_s: float) -> float | None:
    stride, cadence = read_local_number(row.first(STRIDE)), read_local_number(row.first(CADENCE))
    return stride * cadence * duration_s / 60 / distance if stride and cadence and distance > 0 else None


def _unit(lines: Sequence[Line], file: str, units: Units | None) -> Units:
    told = [line.metres_a_unit for line in lines if line.metres_a_unit]
    if len(told) >= NEEDED_ROWS:
        middle = median(told)
        for unit, (least, most) in SPANS.items():
            if least <= middle <= most:
                return unit
    if units is None:
        raise UnitUnknown(f"{file} does not tell whether its distances are miles or kilometres.")
    return units
