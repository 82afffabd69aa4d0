"""The journal as a FHIR R4 Bundle, for programs that keep health records."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import msgspec

from kneejournal.domain.days import DAY
from kneejournal.domain.programme import Programme
from kneejournal.domain.records import AnyRecord, ExerciseMark, Pain, Run, Side
from kneejournal.domain.snapshot import Snapshot

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
PAIN = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", "Knee pain, 0 to 10")
EXERCISE = ("73985-4", "Exercise activity", "Exercise activity")
DURATION = ("55411-3", "Exercise duration", "Duration")
DISTANCE = ("55412-1", "Exercise distance unspecified time", "Distance")
RUNNING = ("LA11836-6", "Running", "Running")
KNEES: Mapping[Side, tuple[str, str, str]] = {
    "left": ("82169009", "Structure of left knee region", "Left knee"),
    "right": ("6757004", "Structure of right knee region", "Right knee"),
}

_IDS = UUID("9d3c2f5e-5c0b-5b7e-8f0d-6b6e65656672")

Plain = dict[str, Any]


class _Writer(NamedTuple):
    """What every entry needs: whose it is, and how things are called."""

    patient: str
    day_starts: int
    programme: Programme

    def observations(self, record: AnyRecord) -> Iterator[Plain]:
        """What `record` says of the patient; nothing for shoes, care, and exercises that were ticked and unticked."""
        if isinstance(record, Pain):
            yield from self._pain(record)
        elif isinstance(record, Run):
            yield self._run(record)
        elif isinstance(record, ExerciseMark) and (record.done or record.pain is not None):
            yield self._exercise(record)

    def _pain(self, record: Pain) -> Iterator[Plain]:
        for side, score in record.pain.by_side().items():
            yield {
                **self._observation(record, side, "survey"),
                "code": concept(LOINC, PAIN),
                "effectiveDateTime": self._moment(record),
                "valueQuantity": score_of(score),
                "bodySite": concept(SNOMED, KNEES[side]),
                **noted(record.note),
            }
        if record.symptoms or record.medicine:
            yield {
                **self._observation(record, "symptoms", "survey"),
                "code": {"text": "Knee symptoms and pain medicine"},
                "effectiveDateTime": self._moment(record),
                "component": [
                    *(_said(self.programme.label(code)) for code in record.symptoms),
                    *([_said("Pain medicine taken that could hide symptoms")] if record.medicine else []),
                ],
            }

    def _run(self, run: Run) -> Plain:
        parts = [_measured(DISTANCE, quantity(run.distance_m, "m"))]
        if run.duration_s is not None:
            parts.append(_measured(DURATION, quantity(run.duration_s, "s")))
        if run.pain is not None:
            parts.append(_measured(PAIN, score_of(run.pain)))
        if run.stage is not None:
            parts.append({"code": {"text": "Stage of the walk-run plan"}, "valueInteger": run.stage})
        return {**self._activity(run), "valueCodeableConcept": concept(LOINC, RUNNING), "component": parts} | noted(
            run.note
        )

    def _exercise(self, mark: ExerciseMark) -> Plain:
        exercise = self.programme.exercise(mark.exercise)
        parts: Plain = {} if mark.pain is None else {"component": [_measured(PAIN, score_of(mark.pain))]}
        named = exercise.name if exercise else mark.exercise
        said = named if mark.done else f"{named}, not done"
        return {**self._activity(mark), "valueCodeableConcept": {"text": said}, **parts}

    def _activity(self, record: AnyRecord) -> Plain:
        day = record.day.isoformat()
        return {
            **self._observation(record, "", "activity"),
            "code": concept(LOINC, EXERCISE),
            "effectivePeriod": {"start": day, "end": day},
        }

    def _observation(self, record: AnyRecord, part: str, category: str) -> Plain:
        reference = {"reference": self.patient}
        return {
            "resourceType": "Observation",
            "id": str(uuid5(UUID(record.id), part)) if part else record.id,
            "status": "final" if record.updated_at == record.recorded_at else "amended",
            "category": [{"coding": [{"system": CATEGORIES, "code": category, "display": category.capitalize()}]}],
            "subject": reference,
            "performer": [reference],
            "issued": _instant(record.updated_at),
        }

    def _moment(self, record: Pain) -> str:
        """The day, or the moment with the offset under which it was written; after midnight is the evening before."""
        if record.time is None:
            return record.day.isoformat()
        at = time.fromisoformat(record.time)
        day = record.day + DAY if at.hour < self.day_starts else record.day
        return datetime.combine(day, at, record.recorded_at.tzinfo).isoformat()


def write_bundle(snapshot: Snapshot, programme: Programme, now: datetime) -> bytes:
    """Pain, symptoms, exercises and runs as Observations of one Patient without a name, oldest first, as UTF-8 JSON.

    Deleted records, shoes, icing and the settings stay out. Codes are LOINC, SNOMED CT and UCUM, each with its text.
    """
    records = sorted(snapshot.live, key=lambda record: (record.day, record.recorded_at, record.id))
    patient_id = str(uuid5(_IDS, f"patient {records[0].id if records else now.isoformat()}"))
    patient: Plain = {"resourceType": "Patient", "id": patient_id}
    writer = _Writer(f"urn:uuid:{patient_id}", snapshot.profile.thresholds.day_starts, programme)
    found = [patient, *(each for record in records for each in writer.observations(record))]
    bundle_id = uuid5(_IDS, f"bundle {patient_id} {now.isoformat()}")
    bundle = {
        "resourceType": "Bundle",
        "id": str(bundle_id),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{bundle_id}"},
        "type": "collection",
        "timestamp": _instant(now),
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in found],
    }
    return msgspec.json.format(msgspec.json.encode(bundle), indent=1) + b"\n"


def concept(system: str, code: tuple[str, str, str]) -> Plain:
    """A coded concept: code, the display its system gives it, and plain words for those who do not know the system."""
    return {"coding": [{"system": system, "code": code[0], "display": code[1]}], "text": code[2]}


def score_of(score: int) -> Plain:
    """A score of the numeric rating scale, 0-10."""
    return {"value": score, "unit": "{score}", "system": UCUM, "code": "{score}"}


def quantity(value: int, unit: str) -> Plain:
    """A quantity whose UCUM code is also how the unit is written: m, s."""
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def noted(note: str) -> Plain:
    """The field that holds a note; none for an empty one, which FHIR does not allow."""
    return {"note": [{"text": note}]} if note.strip() else {}


def _measured(code: tuple[str, str, str], value: Plain) -> Plain:
    return {"code": concept(LOINC, code), "valueQuantity": value}


def _said(what: str) -> Plain:
    return {"code": {"text": what}, "valueBoolean": True}


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
