"""What a shell suggests where a word of a command can be completed."""

import os
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import click

from kneejournal.domain.days import WEEKDAYS
from kneejournal.domain.records import CODES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kneejournal.journal import Journal

COMPLETION = "_KNEEJOURNAL_COMPLETE"
"""What a shell sets when it asks how a command goes on."""
LATEST = 30
"""Entries that are suggested by their ids, the newest first."""
SHORT_ID = 8

_SPECIAL = re.compile(r"([^\w@%+=:,./-])")

AnyCommand = TypeVar("AnyCommand", bound=click.Command)
Suggestion = tuple[str, str]
"""A word, and what it stands for."""
Source = Callable[["Journal"], Iterable[Suggestion]]
Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def with_suggestions(command: AnyCommand) -> AnyCommand:
    """`command` itself, with suggestions for what its parameters call DAY, CODE, EXERCISE and so on."""
    for parameter in command.params:
        found = _SOURCES.get(_kind(parameter, command))
        if found is not None:
            # What click takes as `shell_complete` where a parameter is made: here, for all of a kind at once.
            parameter._custom_shell_complete = found
    return command


def _kind(parameter: click.Parameter, command: click.Command) -> str:
    if parameter.name == "shoe" or (command.name in ("wear", "retire", "fitted") and parameter.name == "name"):
        return "SHOE"
    return (parameter.metavar or "").strip("[].").partition("|")[0]


def _from_journal(source: Source) -> Complete:
    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        try:
            found = list(source(_journal(context)))
        except Exception:
            # Nobody has asked for anything yet: a journal that cannot be read has nothing to suggest, and says nothing.
            return []
        begin = incomplete.casefold()
        return [
            CompletionItem(_word(w), help=help_.replace(",", ""))
            for w, help_ in found
            if w.casefold().startswith(begin)
        ]

    return complete


def _journal(context: click.Context) -> "Journal":
    from kneejournal.clock import system_now
    from kneejournal.paths import find_places
    from kneejournal.wiring import open_journal

    return open_journal(find_places(context.find_root().params.get("journal")), system_now)


def _word(text: str) -> str:
    """`text` as the shell takes it for one word: of two backslashes bash drops one, and inserts the rest as it is."""
    is_bash = os.environ.get(COMPLETION, "").startswith("bash")
    return _SPECIAL.sub(r"\\\\\1", text) if is_bash else text


def _files(_: click.Context, __: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def _folders(_: click.Context, __: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def _days(_: "Journal") -> Iterable[Suggestion]:
    return ((word, "") for word in ("today", "yesterday", *WEEKDAYS))


def _exercises(journal: "Journal") -> Iterable[Suggestion]:
    exercises = ((exercise.id, exercise.name) for exercise in journal.programme.exercises)
    return (*exercises, ("short", "The short session"), ("all", "Every exercise"))


def _symptoms(journal: "Journal") -> Iterable[Suggestion]:
    return ((code, journal.programme.label(code)) for code in CODES)


def _shoes(journal: "Journal") -> Iterable[Suggestion]:
    return ((shoe.name, shoe.shoe_kind) for shoe in journal.snapshot().shoes if shoe.retired_on is None)


def _entries(journal: "Journal") -> Iterable[Suggestion]:
    snapshot = journal.snapshot()
    return ((r.id[:SHORT_ID], journal.describe(r, snapshot)) for r in journal.entries()[:LATEST])


def _pages(journal: "Journal") -> Iterable[Suggestion]:
    return ((page.id, page.title) for page in journal.programme.learn)


_SOURCES: dict[str, Complete] = {
    "DAY": _from_journal(_days),
    "CODE": _from_journal(_symptoms),
    "EXERCISE": _from_journal(_exercises),
    "SHOE": _from_journal(_shoes),
    "ID": _from_journal(_entries),
    "PAGE": _from_journal(_pages),
    "FILE": _files,
    "FOLDER": _folders,
}
