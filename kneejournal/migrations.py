"""Brings the tables of an older schema to the newest, one step after the other."""

from collections.abc import Callable, Mapping
from typing import Any

Tables = dict[str, Any]
"""What the file holds: tables by name, in each the documents by id."""
Step = Callable[[Tables], Tables]

SCHEMA = 1
"""The schema that is written. Whoever raises it adds the step from the one before to STEPS, and the golden journal.

The golden journal, tests/journals/schema-N.json, is one that the new code wrote; those before it stay for good. Records
stand in `records` and, as older versions, in the `before` and `profile_before` of `changes`: a step takes both along.
Ids stay, the header is no step's business (a new field of it needs a default), and a table may be missing.
"""
STEPS: Mapping[int, Step] = {}
"""By the schema from which a step leads to the next one. A step changes nothing but what it answers with."""


class NoWay(ValueError):
    """Why tables cannot be brought to the newest schema, in a phrase."""


def migrated(tables: Tables, schema: int) -> Tables:
    """`tables` in the newest schema; as they are when they are of it, or of a newer one. Raises NoWay."""
    for number in range(schema, SCHEMA):
        if number not in STEPS:
            raise NoWay(f"it is of schema {schema}, which this kneejournal does not know")
        try:
            tables = STEPS[number](tables)
        except Exception as error:
            # What the tables hold was not looked at yet, so that anything may be missing, or of another type.
            why = type(error).__name__
            raise NoWay(f"it cannot be brought from schema {number} to {number + 1} ({why})") from error
    return tables
