"""The Bundle for health records: valid FHIR, with the codes that others know."""

import json
from datetime import date
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from msgspec.structs import replace

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import Pain
from kneejournal.domain.snapshot import Snapshot
from kneejournal.interop.fhir import write_bundle
from tests.domain.stories import PROGRAMME, TODAY, ago, pain, run, ticked
from tests.generated import NOW, of, snapshots

Plain = dict[str, Any]


def bundle(snapshot: Snapshot) -> Plain:
    """The Bundle, once a FHIR library has found nothing wrong with it."""
    raw = write_bundle(snapshot, PROGRAMME, NOW)
    Bundle.model_validate_json(raw)
    found: Plain = json.loads(raw)
    return found


def observations(snapshot: Snapshot) -> list[Plain]:
    return [entry["resource"] for entry in bundle(snapshot)["entry"][1:]]


def codes(concept: Plain) -> list[str]:
    return [f"{each['system']} {each['code']}" for each in concept.get("coding", [])]


@given(snapshots())
def test_every_bundle_is_valid_and_its_references_lead_somewhere(snapshot: Snapshot) -> None:
    found = bundle(snapshot)
    addresses = [entry["fullUrl"] for entry in found["entry"]]
    assert len(addresses) == len(set(addresses))
    patient = addresses[0]
    for entry in found["entry"][1:]:
        resource = entry["resource"]
        assert resource["subject"] == {"reference": patient}
        assert resource["performer"] == [{"reference": patient}]
        assert entry["fullUrl"] == f"urn:uuid:{resource['id']}"
        assert {"status", "category", "code", "issued"} <= resource.keys()
        assert resource["code"]["text"], "a code without words says nothing where SNOMED has no licence"


@given(snapshots())
def test_nobody_is_named_and_nothing_deleted_is_told(snapshot: Snapshot) -> None:
    found = bundle(snapshot)
    assert set(found["entry"][0]["resource"]) == {"resourceType", "id"}
    told = {entry["resource"]["id"] for entry in found["entry"]}
    assert not told & {record.id for record in snapshot.records.values() if record.deleted}


def test_pain_is_a_survey_observation_on_the_numeric_rating_scale() -> None:
    (found,) = observations(of(pain(ago(1), 4)))
    assert codes(found["code"]) == ["http://loinc.org 72514-3"]
    assert found["code"]["coding"][0]["display"] == "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
    assert found["valueQuantity"] == {
        "value": 4, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}",
    }  # fmt: skip
    assert codes(found["bodySite"]) == ["http://snomed.info/sct 82169009"]
    assert found["category"][0]["coding"][0]["code"] == "survey"
    assert (found["status"], found["effectiveDateTime"]) == ("final", "2026-11-21")


def test_two_knees_are_two_observations() -> None:
    left, right = observations(of(pain(TODAY, 4, right=2)))
    assert [each["valueQuantity"]["value"] for each in (left, right)] == [4, 2]
    assert codes(right["bodySite"]) == ["http://snomed.info/sct 6757004"]


def test_a_moment_has_its_offset_and_after_midnight_is_the_next_date() -> None:
    written = pain(TODAY, 4, scope="moment")
    assert isinstance(written, Pain)
    noon, night = (replace(written, time=time) for time in ("12:10", "00:40"))
    assert observations(of(noon))[0]["effectiveDateTime"] == "2026-11-22T12:10:00+00:00"
    assert observations(of(night))[0]["effectiveDateTime"] == "2026-11-23T00:40:00+00:00"


def test_symptoms_and_medicine_are_told_in_words() -> None:
    _, found = observations(of(pain(TODAY, 4, symptoms=("stairs-down", "locking"), medicine=True)))
    assert [part["code"]["text"] for part in found["component"]] == [
        "Stairs, going down",
        "Knee locks or gets stuck",
        "Pain medicine taken that could hide symptoms",
    ]


def test_a_note_is_text_and_an_empty_one_is_left_out() -> None:
    written = replace(pain(TODAY, 1), note="<b>sore</b>")
    assert observations(of(written))[0]["note"] == [{"text": "<b>sore</b>"}]
    assert "note" not in observations(of(pain(TODAY, 1)))[0]


def test_a_run_is_an_activity_with_distance_duration_and_pain() -> None:
    (found,) = observations(of(replace(run(TODAY, score=1), duration_s=1200)))
    assert codes(found["code"]) == ["http://loinc.org 73985-4"]
    assert codes(found["valueCodeableConcept"]) == ["http://loinc.org LA11836-6"]
    assert found["effectivePeriod"] == {"start": "2026-11-22", "end": "2026-11-22"}
    values = {part["code"]["text"]: part.get("valueQuantity", {}).get("value") for part in found["component"]}
    assert values == {"Distance": 3000, "Duration": 1200, "Knee pain, 0 to 10": 1, "Stage of the walk-run plan": None}


def test_an_exercise_is_told_when_it_was_done_or_hurt() -> None:
    done, undone = ticked(TODAY, "plank clamshell")
    found = observations(of(done, replace(undone, done=False)))
    assert [each["valueCodeableConcept"]["text"] for each in found] == ["Plank"]


def test_what_was_corrected_is_said_to_be() -> None:
    written = pain(TODAY, 1)
    (found,) = observations(of(replace(written, updated_at=NOW)))
    assert found["status"] == "amended"


def test_the_same_journal_is_the_same_patient() -> None:
    first, again = (bundle(of(pain(TODAY, 1), profile=profile)) for profile in (Profile(), Profile(began=date.min)))
    assert first["entry"][0] == again["entry"][0]
    assert first["entry"][0] != bundle(of(pain(ago(1), 1)))["entry"][0]
