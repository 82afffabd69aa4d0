"""What the journals of other machines bring: newer versions, and the bad news that a newer version would hide."""

from collections.abc import Mapping
from datetime import UTC
from functools import reduce
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.merge import merge, newer, newer_profile
from kneejournal.domain.profile import NEVER, Profile
from kneejournal.domain.records import AnyRecord, ExerciseMark, Pain, Run, Scores
from kneejournal.domain.said import score_of
from kneejournal.domain.snapshot import Edit, Snapshot


class Others(Struct, frozen=True, kw_only=True):
    """What other machines hold. `replaced`: stamps of the versions that somebody replaced knowing them."""

    records: tuple[AnyRecord, ...] = ()
    profiles: tuple[Profile, ...] = ()
    replaced: frozenset[str] = frozenset()


class Gathered(Struct, frozen=True, kw_only=True):
    """What a journal takes over from other machines."""

    edit: Edit
    new: tuple[AnyRecord, ...]
    changed: tuple[AnyRecord, ...]
    deleted: tuple[AnyRecord, ...]
    kept: tuple[AnyRecord, ...]
    """Bad news that lost against a newer version, and counts as an entry of its own; among the new ones too."""
    gave_way: tuple[AnyRecord, ...]
    """Versions of this machine that newer ones replace, and that are kept nowhere else."""
    replaces_settings: bool
    """Whether settings that somebody made here give way to newer ones."""


def gather(snapshot: Snapshot, others: Others, device: str) -> Gathered:
    """The change that takes over what is newer in the journals of other machines; `device` is this machine.

    By id, the later version wins, as in an import. Where the one that loses says worse things, and nobody knew it who
    replaced it, it stays as an entry of its own: bad news counts, however uncertain (RULES, the principle).
    """
    hidden = _hidden_bad_news(snapshot, others)
    profile = reduce(newer_profile, others.profiles, snapshot.profile)
    edit = merge(snapshot, (*others.records, *hidden), profile, "").edit
    before = snapshot.records
    taken = sorted(edit.records, key=lambda r: (r.day, r.recorded_at, r.id), reverse=True)
    deleted = tuple(r for r in taken if r.deleted and (old := before.get(r.id)) and not old.deleted)
    new = tuple(r for r in taken if not r.deleted and r.id not in before)
    changed = tuple(r for r in taken if not r.deleted and r.id in before)
    unseen = len(taken) - len(new) - len(changed) - len(deleted)
    counts = {"new": len(new), "changed": len(changed), "deleted": len(deleted), "deleted before it came here": unseen}
    said = [f"{count} {what}" for what, count in counts.items() if count]
    said += ["the settings"] if edit.profile else []
    return Gathered(
        edit=replace(edit, what=f"From other machines: {', '.join(said) or 'nothing new'}.", keep_before="sync"),
        new=new,
        changed=changed,
        deleted=deleted,
        kept=tuple(r for r in new if r in hidden),
        gave_way=tuple(old for r in taken if (old := before.get(r.id)) and _gives_way(old, r, device, hidden)),
        replaces_settings=edit.profile is not None and snapshot.profile.is_set_up,
    )


def knowingly_replaced(told: Mapping[str, AnyRecord], snapshot: Snapshot, device: str) -> frozenset[str]:
    """The stamps of bad news that this machine replaced by something better, or deleted, since it last told the others.

    `told` is what stood here then: whoever changed it here had it before their eyes.
    """
    found = ((old, snapshot.records.get(old.id, old)) for old in told.values())
    return frozenset(
        _stamp(old) for old, now in found if now.device == device and newer(old, now) != old and _is_worse(old, now)
    )


def _hidden_bad_news(snapshot: Snapshot, others: Others) -> tuple[AnyRecord, ...]:
    """The bad news of versions that lose, and were not replaced by somebody who knew it, as entries of their own."""
    standing = dict(snapshot.records)
    found: dict[str, AnyRecord] = {}
    for record in others.records:
        other = standing.get(record.id, record)
        winner = standing[record.id] = newer(other, record)
        loser = record if winner is other else other
        if _is_worse(loser, winner) and _stamp(loser) not in others.replaced:
            kept = _beside(loser, snapshot.profile)
            found[kept.id] = kept
    return tuple(found.values())


def _stamp(record: AnyRecord) -> str:
    """What names one version of one record."""
    return f"{record.id} {record.updated_at.astimezone(UTC).isoformat()} {record.device}"


def _beside(record: AnyRecord, profile: Profile) -> AnyRecord:
    """A version that lost, as an entry that every machine gives the same id.

    A run is not run twice for that: its pain becomes a pain entry of the tracked knees.
    """
    name = str(uuid5(UUID(record.id), _stamp(record)))
    if not isinstance(record, Run):
        return replace(record, id=name)
    return Pain(
        id=name,
        day=record.day,
        recorded_at=record.recorded_at,
        updated_at=record.updated_at,
        device=record.device,
        scope="moment",
        pain=Scores(**dict.fromkeys(profile.sides_on(record.day) or ("left",), record.pain or 0)),
        symptoms=("running",),
        medicine=False,
    )


def _is_worse(old: AnyRecord, new: AnyRecord) -> bool:
    """Whether `old` says something bad that `new`, which replaces it, does not."""
    if old.deleted or not isinstance(old, Pain | ExerciseMark | Run):
        return False
    if isinstance(old, Pain) and isinstance(new, Pain) and not new.deleted:
        hurts = any(score > (new.pain.of(side) or 0) for side, score in old.pain.by_side().items())
        return hurts or not set(old.symptoms) <= set(new.symptoms) or old.medicine > new.medicine
    is_said = isinstance(old, Pain) and (old.medicine or bool(old.symptoms))
    return is_said or (score_of(old) or 0) > (0 if new.deleted else score_of(new) or 0)


def _gives_way(old: AnyRecord, new: AnyRecord, device: str, kept: tuple[AnyRecord, ...]) -> bool:
    """Whether something that this machine wrote is said otherwise by another one."""
    is_ours = old.device == device != new.device and not old.deleted
    return is_ours and _said(old) != _said(new) and all(_said(old) != _said(replace(k, id=old.id)) for k in kept)


def _said(record: AnyRecord) -> AnyRecord:
    return replace(record, recorded_at=NEVER, updated_at=NEVER, device="any", deleted=False)
