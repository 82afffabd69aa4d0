"""Reads the archive of a Strava account: activities.csv, shoes.csv, and the zones in its FIT files."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timezone
from typing import BinaryIO, NamedTuple

from msgspec.structs import replace

from kneejournal.domain.found_runs import Finding, FoundRun, FoundShoe, Place, Skipped
from kneejournal.domain.units import METRES_A_MILE, Units
from kneejournal.errors import UnitUnknown
from kneejournal.interop import fit
from kneejournal.interop.archives import Archive
from kneejournal.interop.sports import is_run, not_a_run
from kneejournal.interop.strava_dates import read_date
from kneejournal.interop.streams import MB, Refused, gunzipped, read_whole
from kneejournal.interop.tables import Row, read_rows, refuse_resaved
from kneejournal.interop.values import at_home, read_local_number, read_plain

SOURCE = "strava"
ACTIVITIES = "activities.csv"
SHOES = "shoes.csv"
MAX_CSV = 200 * MB
LONGEST_ID = 20

ID = frozenset(
    {"activity id", "aktivitäts-id", "id de l'activité", "id de l’activité", "id da atividade", "id de actividad"}
)
OLD_ID = frozenset({"id"})
OLD_NAMES = frozenset({"date", "type"})
"""Names of columns that other services use too."""
DATE = frozenset({"activity date", "aktivitätsdatum", "date de l'activité", "date de l’activité", "data da atividade",
                  "fecha de la actividad", "date"})  # fmt: skip
NAME = frozenset({"activity name", "name der aktivität", "nom de l'activité", "nom de l’activité", "nome da atividade",
                  "nombre de la actividad", "name"})  # fmt: skip
TYPE = frozenset({"activity type", "aktivitätsart", "type d'activité", "type d’activité", "tipo de atividade",
                  "tipo de actividad", "type"})  # fmt: skip
ELAPSED = frozenset({"elapsed time", "verstrichene zeit", "temps écoulé", "tempo decorrido", "tiempo transcurrido",
                     "elapsed_time"})  # fmt: skip
MOVING = frozenset({"moving time", "bewegungszeit", "durée de déplacement", "tempo de movimentação",
                    "tiempo en movimiento"})  # fmt: skip
DISTANCE = frozenset({"distance", "distanz", "distância", "distancia"})
GEAR_NAME = frozenset({"activity gear", "aktivitätsausrüstung", "matériel utilisé pour l'activité",
                       "matériel utilisé pour l’activité", "equipamento da atividade", "equipo de la actividad",
                       "gear"})  # fmt: skip
GEAR = frozenset({"gear", "ausrüstung", "matériel", "equipamento", "equipo"})
FILE = frozenset({"filename", "dateiname", "nom du fichier", "nome do arquivo", "nombre del archivo"})
SHOE_NAME = "shoe name"
SHOE_BRAND = "shoe brand"
SHOE_MODEL = "shoe model"

ZoneOf = Callable[[str], timezone | None]
"""The zone in which a file of the archive was recorded, where it tells one."""


class Worn(NamedTuple):
    """A run, and the pair by its number and its name of that day."""

    run: FoundRun
    gear: str
    name: str


def is_activities(header: list[str]) -> bool:
    """Whether a table with these columns is Strava's activities.csv, in any language or of any age."""
    names = set(header)
    is_old = {"id", *OLD_NAMES, "distance", "elapsed_time"} <= names
    return is_old or bool(names & ID and names & (DATE - OLD_NAMES) and names & (TYPE - OLD_NAMES))


def is_shoes(header: list[str]) -> bool:
    """Whether a table with these columns is Strava's shoes.csv."""
    return SHOE_BRAND in header and SHOE_MODEL in header


def read_archive(archive: Archive, activities: str, units: Units | None) -> Iterator[Finding]:
    """The runs of a whole archive; `activities` is the name of its activities.csv."""
    folder = activities.rpartition("/")[0]
    beside = {name.removeprefix(f"{folder}/") if folder else name: name for name in archive.names}
    shoes: list[FoundShoe] = []
    if SHOES in beside:
        with archive.open(beside[SHOES], MB) as stream:
            shoes = [shoe for shoe in read_shoes(stream) if isinstance(shoe, FoundShoe)]

    def zone_of(file: str) -> timezone | None:
        return _zone_in(archive, beside[file]) if file in beside else None

    with archive.open(activities, MAX_CSV) as stream:
        yield from read_activities(stream, ACTIVITIES, units, shoes, zone_of)


def read_activities(
    stream: BinaryIO,
    file: str,
    units: Units | None,
    shoes: Iterable[FoundShoe] = (),
    zone_of: ZoneOf = lambda _: None,
) -> Iterator[Finding]:
    """The runs of an activities.csv.

    `Activity Date` is UTC: the run gets the zone that its own file in the archive tells, else that of this machine.
    Raises Refused for a damaged table, and UnitUnknown when a distance has no known unit and `units` is None.
    """
    worn: list[Worn] = []
    for row in read_rows(stream):
        place = Place(file, row.number)
        sport = row.first(TYPE)
        if not is_run(sport):
            yield Skipped(place, not_a_run(sport))
        elif isinstance(found := _run(row, place, units, zone_of), Skipped):
            yield found
        else:
            worn.append(found)
    named = _named(worn, tuple(shoes))
    for run, gear, name in worn:
        yield replace(run, shoe=named.get(gear or name))


def read_shoes(stream: BinaryIO) -> Iterator[Finding]:
    """The pairs of a shoes.csv, which has neither their numbers nor their distances."""
    for row in read_rows(stream):
        name, brand, model = (row.first(frozenset({key})) for key in (SHOE_NAME, SHOE_BRAND, SHOE_MODEL))
        made = f"{brand} {model}".strip()
        if name or made:
            others = (made, f"{made} {name}".strip(), f"{name} {made}".strip())
            yield FoundShoe(name=name or made, also=tuple(other for other in others if other))


def _run(row: Row, place: Place, units: Units | None, zone_of: ZoneOf) -> Worn | Skipped:
    number = row.first(ID) or row.first(OLD_ID)
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ID):
        return Skipped(place, f"its activity id “{number[:40]}” is not a number")
    refuse_resaved(row, row.first(DATE))
    date = read_date(row.first(DATE))
    if date is None:
        return Skipped(place, f"its date “{row.first(DATE)[:40]}” is in no form that Strava writes")
    metres = _metres(row, place, units)
    if metres is None:
        return Skipped(place, f"its distance “{row.last(DISTANCE)[:40]}” is not a number of metres")
    zone = zone_of(row.first(FILE))
    run = FoundRun(
        source=SOURCE,
        external_id=number,
        start=date.astimezone(zone) if zone else at_home(date),
        distance_m=metres,
        duration_s=read_plain(row.last(MOVING)) or read_plain(row.last(ELAPSED)),
        title=row.first(NAME),
        place=place,
    )
    gear = read_plain(row.last(GEAR))
    return Worn(run, str(int(gear)) if gear and gear > 0 else "", row.first(GEAR_NAME))


def _metres(row: Row, place: Place, units: Units | None) -> float | None:
    """The distance of a row: of two columns the last is in metres, as is the only one of old archives.

    Raises UnitUnknown when the unit cannot be told: one column of today's archives, or two that say the same.
    """
    columns = row.all(DISTANCE)
    is_old = bool(row.first(OLD_ID))
    shown, last = read_local_number(columns[0]) if columns else None, read_plain(columns[-1]) if columns else None
    is_twice = len(columns) > 1 and columns[0] == columns[-1] and shown != 0
    if not is_twice and (is_old or len(columns) > 1):
        return last
    if shown is None:
        return None
    if units is None:
        raise UnitUnknown(f"{place.file}, row {place.row}: the unit of its distances is not written in it.")
    return shown * (METRES_A_MILE if units == "mi" else 1000)


def _named(worn: list[Worn], shoes: tuple[FoundShoe, ...]) -> Mapping[str, FoundShoe]:
    """The pairs by their number, or by their name where an old archive has no numbers.

    Where no run names a pair, the one pair of shoes.csv that no other number took is meant, when there is only one of
    each. Two numbers of one name stay two pairs.
    """
    latest = _latest_names(worn)
    listed = {name.casefold(): shoe for shoe in shoes for name in (shoe.name, *shoe.also)}
    taken = {listed[name.casefold()].name for name in latest.values() if name.casefold() in listed}
    left = [shoe for shoe in shoes if shoe.name not in taken]
    only = left[0] if len(left) == list(latest.values()).count("") == 1 else None
    counts = Counter(latest.values())
    found: dict[str, FoundShoe] = {}
    for key, name in latest.items():
        known = listed.get(name.casefold()) if name else only
        shown, also = name or (known.name if known else f"Strava shoe {key}"), known.also if known else ()
        if name and counts[name] > 1:
            shown, also = f"{name} ({key})", ()
        found[key] = FoundShoe(name=shown, key=f"{SOURCE}:{key}" if key.isdigit() else None, also=also)
    return found


def _latest_names(worn: list[Worn]) -> dict[str, str]:
    """The name of each pair by its number, or else by that name: names change from archive to archive."""
    latest: dict[str, str] = {}
    for _, gear, name in sorted(worn, key=lambda one: one.run.start):
        if gear or name:
            latest[gear or name] = name or latest.get(gear or name, "")
    return latest


def _zone_in(archive: Archive, name: str) -> timezone | None:
    """The zone in which a run was recorded, from its FIT file; None where the file does not tell."""
    if not name.endswith((".fit", ".fit.gz")):
        return None
    try:
        with archive.open(name, fit.MAX_BYTES) as stream:
            if not name.endswith(".gz"):
                return fit.zone_of(read_whole(stream, fit.MAX_BYTES))
            with gunzipped(stream, fit.MAX_BYTES, archive.size(name)) as inside:
                return fit.zone_of(read_whole(inside, fit.MAX_BYTES))
    except Refused:
        return None
