"""Reads content/ into the programme, or says which file and entry is wrong."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, TypeVar, get_args

import msgspec
from msgspec import Meta, Struct

from kneejournal.content_text import field_first, read_text, unreadable
from kneejournal.domain.advice import ADVICE
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.programme import (
    GROUPS,
    STRENGTH_GROUPS,
    Exercise,
    LearnPage,
    Programme,
    Rule,
    Stage,
    Symptom,
)
from kneejournal.domain.progress import MajorReason
from kneejournal.domain.readiness import HEADLINES
from kneejournal.domain.reasons import RULES
from kneejournal.domain.records import RED_FLAGS, SYMPTOMS
from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable

Minutes = Annotated[int, Meta(ge=0, le=60)]
Entry = TypeVar("Entry")


def load_programme(folder: Path) -> Programme:
    """The programme in content/ at `folder`. Raises Unreadable, naming file and entry, when anything in it is wrong."""
    programme = open_programme(folder)
    programme.read_learn()
    return programme


def open_programme(folder: Path) -> Programme:
    """The same, but for the pages to read: these are read, and Unreadable raised of them, when they are asked for."""
    exercises = _read(folder, "exercises.toml", {"exercise"})
    symptoms = _read(folder, "symptoms.toml", {"symptom", "red_flag"})
    stages = _read(folder, "stages.toml", {"warm_up_min", "stage"})
    rules = _read(folder, "rules.toml", {"rule", "headlines", "advice", "setback", "thresholds", "changing"})
    wording = _rules(rules)
    return Programme(
        exercises=_exercises(exercises),
        symptoms=_symptoms(symptoms, "symptom", SYMPTOMS),
        red_flags=_symptoms(symptoms, "red_flag", RED_FLAGS),
        stages=_stages(stages),
        rules=wording,
        headlines=_sentences(rules, "headlines", dict.fromkeys(HEADLINES, frozenset())),
        advice=_sentences(rules, "advice", ADVICE),
        setback_reasons=_sentences(rules, "setback", dict.fromkeys(get_args(MajorReason), frozenset())),
        thresholds=_sentences(rules, "thresholds", dict.fromkeys(Thresholds.__struct_fields__, frozenset())),
        changing=_sentences(rules, "changing", dict.fromkeys(Thresholds.__struct_fields__, frozenset())),
        warm_up_min=stages.convert(stages.tables["warm_up_min"], Minutes, "`warm_up_min`"),
        read_learn=cache(lambda: _pages(folder, rules, wording)),
    )


class _File(Struct, frozen=True):
    label: str
    tables: dict[str, object]

    def error(self, what: str, where: str = "") -> Unreadable:
        return unreadable(f"{self.label}, {where}" if where else self.label, what)

    def convert(self, plain: object, kind: type[Entry], where: str) -> Entry:
        try:
            return msgspec.convert(_cleaned(plain), kind, strict=True)
        except msgspec.ValidationError as error:
            raise self.error(field_first(error), where) from error

    def entries(self, table: str, kind: type[Entry]) -> tuple[Entry, ...]:
        plain = self.tables[table]
        if not isinstance(plain, list):
            raise self.error(f"`{table}` is not a list of tables, each headed [[{table}]]")
        return tuple(self.convert(entry, kind, self.where(table, number)) for number, entry in enumerate(plain, 1))

    def where(self, table: str, number: int) -> str:
        """The entry as the user finds it: its table, its place counted from 1, its id or code when it has one."""
        plain = self.tables[table]
        entry = plain[number - 1] if isinstance(plain, list) else None
        name = (entry.get("id") or entry.get("code")) if isinstance(entry, dict) else None
        return f'{table} {number} ("{name}")' if name else f"{table} {number}"

    def refuse_repeats(self, table: str, entries: tuple[Entry, ...], key: Callable[[Entry], str]) -> None:
        seen: dict[str, int] = {}
        for number, entry in enumerate(entries, 1):
            first = seen.setdefault(key(entry), number)
            if first != number:
                what = f'"{key(entry)}" is {table} {first} already; each is allowed once'
                raise self.error(what, self.where(table, number))


def _read(folder: Path, name: str, tables: set[str]) -> _File:
    label = f"{folder.name}/{name}"
    text = read_text(folder / name, label)
    try:
        parsed = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise unreadable(label, f"the file is not valid TOML ({error})") from error
    file = _File(label, parsed)
    for stranger in sorted(parsed.keys() - tables):
        raise file.error(f"unknown table `{stranger}`; allowed: {', '.join(sorted(tables))}")
    for absent in sorted(tables - parsed.keys()):
        raise file.error(f"`{absent}` is missing")
    return file


def _exercises(file: _File) -> tuple[Exercise, ...]:
    exercises = file.entries("exercise", Exercise)
    file.refuse_repeats("exercise", exercises, lambda exercise: exercise.id)
    for number, exercise in enumerate(exercises, 1):
        where = file.where("exercise", number)
        if exercise.group not in GROUPS[exercise.kind]:
            groups = ", ".join(GROUPS[exercise.kind])
            raise file.error(f"field `group`: for a {exercise.kind} exercise, one of {groups}", where)
        if exercise.short and exercise.kind == "stretch":
            raise file.error("field `short`: the short session has strength exercises only", where)
    for kind, groups_of_kind in GROUPS.items():
        for group in groups_of_kind:
            if not any(e.kind == kind and e.group == group for e in exercises):
                raise file.error(f"no {kind} exercise for the group {group}")
    _check_short_session(file, exercises)
    return exercises


def _check_short_session(file: _File, exercises: tuple[Exercise, ...]) -> None:
    for group in STRENGTH_GROUPS:
        short = [e for e in exercises if e.short and e.group == group]
        if not short:
            raise file.error(f"no exercise of the group {group} has `short = true`; the short session needs one")
        if len(short) > 1:
            where = file.where("exercise", exercises.index(short[1]) + 1)
            raise file.error(f'field `short`: the short session has "{short[0].id}" for {group} already', where)


def _symptoms(file: _File, table: str, codes: tuple[str, ...]) -> tuple[Symptom, ...]:
    symptoms = file.entries(table, Symptom)
    file.refuse_repeats(table, symptoms, lambda symptom: symptom.code)
    for number, symptom in enumerate(symptoms, 1):
        if symptom.code not in codes:
            raise file.error(f"field `code`: the journal knows only {', '.join(codes)}", file.where(table, number))
    for absent in [code for code in codes if all(code != symptom.code for symptom in symptoms)]:
        raise file.error(f'no [[{table}]] has the code "{absent}"')
    return symptoms


def _stages(file: _File) -> tuple[Stage, ...]:
    stages = file.entries("stage", Stage)
    if not stages:
        raise file.error("there is no [[stage]]")
    for expected, stage in enumerate(stages, 1):
        if stage.number != expected:
            what = f"field `number`: {stage.number} where {expected} comes next; stages count from 1 without gaps"
            raise file.error(what, file.where("stage", expected))
    return stages


def _rules(file: _File) -> tuple[Rule, ...]:
    rules = file.entries("rule", Rule)
    file.refuse_repeats("rule", rules, lambda rule: rule.id)
    for number, rule in enumerate(rules, 1):
        if rule.id not in RULES:
            raise file.error(f"field `id`: the journal knows only {', '.join(RULES)}", file.where("rule", number))
        for field, text in (("holds", rule.holds), ("breaks", rule.breaks)):
            _check_values(file, text, RULES[rule.id], file.where("rule", number), field)
    for absent in [rule_id for rule_id in RULES if all(rule_id != rule.id for rule in rules)]:
        raise file.error(f'no [[rule]] has the id "{absent}"')
    return rules


def _pages(folder: Path, file: _File, rules: Sequence[Rule]) -> tuple[LearnPage, ...]:
    """The pages to read; every one that a rule in `file` names is there."""
    from kneejournal.learn_pages import load_pages

    pages = load_pages(folder)
    ids = [page.id for page in pages]
    for number, rule in enumerate(rules, 1):
        if rule.learn not in ids:
            what = f'field `learn`: there is no page "{rule.learn}"; the pages are {", ".join(ids)}'
            raise file.error(what, file.where("rule", number))
    return pages


def _sentences(file: _File, table: str, expected: Mapping[str, frozenset[str]]) -> dict[str, str]:
    sentences = file.convert(file.tables[table], dict[str, str], f"[{table}]")
    for key in expected.keys() - sentences.keys():
        raise file.error(f"`{key}` is missing", f"[{table}]")
    for key, text in sentences.items():
        _check_values(file, text, expected.get(key, frozenset()), f"[{table}]", key)
    return sentences


def _check_values(file: _File, text: str, allowed: frozenset[str], where: str, field: str) -> None:
    try:
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise file.error(f"field `{field}`: {error}", where) from error
    if strangers := sorted(named - allowed):
        what = f"{{{strangers[0]}}} is not a value of this sentence"
        raise file.error(f"field `{field}`: {what}; allowed: {', '.join(sorted(allowed)) or 'none'}", where)


def _cleaned(plain: object) -> object:
    if isinstance(plain, str):
        return clean_line(plain)
    if isinstance(plain, list):
        return [_cleaned(item) for item in plain]
    if isinstance(plain, dict):
        return {key: _cleaned(value) for key, value in plain.items()}
    return plain
