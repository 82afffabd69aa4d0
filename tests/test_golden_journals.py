"""What each schema wrote, kept for good: every later version reads these journals to exactly these records.

`tests/journals/schema-N.json` was written by the kneejournal that had schema N, and is never written again.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from msgspec import Struct

from kneejournal import migrations
from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run, Scores, Shoe, to_plain
from kneejournal.domain.snapshot import Snapshot
from kneejournal.examination import loaded
from kneejournal.journal_format import ChangedOutside, Content, decoded, encoded

GOLDEN = Path(__file__).parent / "journals"
EVERY_SCHEMA = range(1, migrations.SCHEMA + 1)


def golden(schema: int) -> Content:
    path = GOLDEN / f"schema-{schema}.json"
    return decoded(path.read_bytes(), path)


def stored(value: Struct) -> Any:
    """`value` as it stands in the file."""
    return msgspec.json.decode(msgspec.json.encode(to_plain(value)))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}-05:00")


def of(record_id: str, day: int, recorded: str, updated: str | None = None) -> dict[str, Any]:
    """What every record carries."""
    written = {"recorded_at": moment(recorded), "updated_at": moment(updated or recorded), "device": "test"}
    return {"id": record_id, "day": date(2026, 11, day), **written}


BLUE = "fe097252-c14e-4a96-a6d8-94907b98a219"
RECORDS: tuple[AnyRecord, ...] = (
    Pain(
        **of("c1c4fe26-238f-57ed-8d95-8b2216a90b3f", 19, "19T20:00:00"),
        scope="day",
        pain=Scores(left=0),
        symptoms=(),
        medicine=False,
    ),
    Pain(
        **of("8c9306d1-2397-4364-85ec-1f09a606eb7f", 20, "20T07:30:00", "20T07:30:00.000001"),
        scope="moment",
        time="07:10",
        pain=Scores(left=3),
        symptoms=("stairs-down", "swelling", "locking"),
        medicine=True,
        note="Clicks on the café’s stairs 🦵\nsecond line",
        resolved_on=date(2026, 11, 20),
    ),
    ExerciseMark(**of("1ecd9f94-f8d0-55f8-a1c3-361bee9c0556", 21, "21T09:00:00"), exercise="plank", done=True, pain=1),
    Care(**of("0583b03f-f2a2-475a-ac62-e7e25c33ee5d", 21, "21T09:00:00"), what="ice", minutes=15),
    Shoe(
        **of(BLUE, 21, "21T09:00:00"),
        name="Blue trainers",
        shoe_kind="running",
        since=date(2026, 11, 1),
        bought=date(2026, 10, 30),
        starting_m=12_000,
        default=True,
    ),
    Run(
        **of("4f092d25-8cc2-5f24-8209-e86f1b7a8a0f", 10, "22T18:06:00"),
        distance_m=5012,
        duration_s=1801,
        pain=None,
        source="strava",
        external_id="1234567890",
    ),
    Pain(
        **of("19de4cfc-e984-48e5-9362-ae5245d00295", 22, "22T21:00:00"),
        scope="moment",
        pain=Scores(left=2, right=0),
        symptoms=(),
        medicine=False,
        note="at rest",
    ),
    Run(
        **of("237f83f3-fc17-4b54-aee5-cbb68ec91d8c", 22, "22T18:05:00", "22T21:00:00"),
        deleted=True,
        distance_m=3000,
        duration_s=1200,
        pain=1,
        shoe_id=BLUE,
        note="flat",
    ),
)
PROFILE = Profile(
    knees=(TrackedKnee(side="left"), TrackedKnee(side="right", since=date(2026, 11, 21))),
    units="km",
    began=date(2026, 9, 1),
    thresholds=Thresholds(symptom_free_needed=10),
    updated_at=moment("21T09:00:00"),
)


@pytest.fixture
def schema_1() -> Snapshot:
    return loaded(golden(1).tables)


def test_the_journal_of_schema_1_is_read_to_exactly_these_records(schema_1: Snapshot) -> None:
    assert schema_1.records == {record.id: record for record in RECORDS}
    assert schema_1.profile == PROFILE


def test_the_undo_list_of_schema_1_is_read_with_what_it_can_bring_back(schema_1: Snapshot) -> None:
    changes = schema_1.changes
    assert len(changes) == 12
    assert changes[-1].what == "Deleted: Run 3.0 km, 20 min, pain 1, Sun 22 Nov."
    (before,) = changes[-1].before
    assert isinstance(before, Run)
    assert not before.deleted
    assert changes[-1].wrote == {before.id: moment("22T21:00:00")}
    assert changes[4].profile_before is not None
    assert changes[4].profile_before.thresholds.symptom_free_needed == 7


@pytest.mark.parametrize("schema", EVERY_SCHEMA)
def test_every_schema_there_was_has_its_journal_with_every_kind_of_record(schema: int) -> None:
    content = golden(schema)
    assert content.header.schema == schema
    records = loaded(content.tables).records.values()
    assert {type(record) for record in records} >= {Pain, ExerciseMark, Care, Run, Shoe}
    assert any(record.deleted for record in records)


def test_a_new_kind_of_record_has_to_be_in_the_newest_journal() -> None:
    kinds = {type(record) for record in loaded(golden(migrations.SCHEMA).tables).records.values()}
    assert kinds == set(get_args(AnyRecord))


def test_what_is_written_today_is_what_the_newest_journal_holds() -> None:
    """Fails for a field that is added, dropped or renamed: an older kneejournal would take that for damage."""
    content = golden(migrations.SCHEMA)
    snapshot = loaded(content.tables)
    assert {key: stored(record) for key, record in snapshot.records.items()} == content.tables["records"]
    assert stored(snapshot.profile) == content.tables["profile"]["1"]
    assert [stored(change) for change in snapshot.changes] == list(content.tables["changes"].values())
    header = content.header
    again, _ = encoded(content.tables, header.revision, header.journal, to_confirm=header.to_confirm)
    assert again == content.raw


@pytest.mark.parametrize("schema", EVERY_SCHEMA)
def test_the_checksum_vouches_for_every_letter_of_it(schema: int) -> None:
    raw = golden(schema).raw
    with pytest.raises(ChangedOutside):
        decoded(raw.replace("café".encode(), b"cafe"), GOLDEN)


def test_the_steps_lead_from_every_schema_to_the_newest() -> None:
    assert sorted(migrations.STEPS) == list(EVERY_SCHEMA)[:-1]
