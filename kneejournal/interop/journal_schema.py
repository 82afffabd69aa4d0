"""The JSON Schema of an exported journal, made from the types of the records themselves."""

from typing import Any, Literal

import msgspec
from msgspec import Struct

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Instant

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OFFSET = "(Z|[+-][0-9]{2}:[0-9]{2})$"
"""How an instant ends: without its offset it would be none."""


class Exported(Struct, kw_only=True, forbid_unknown_fields=True):
    """A whole journal, as `kneejournal export` writes it: the profile and every record, deleted ones too."""

    format: Literal["kneejournal"]
    format_version: Literal[1]
    exported_at: Instant
    app_version: str
    profile: Profile
    records: list[AnyRecord]


def journal_schema() -> dict[str, Any]:
    """The schema, draft 2020-12. It says nothing of how values go together: no wear before the purchase."""
    _, parts = msgspec.json.schema_components([Exported], ref_template="#/$defs/{name}")
    exported = parts.pop("Exported")
    parts["Scores"]["minProperties"] = 1
    parts["Pain"]["properties"]["symptoms"]["uniqueItems"] = True
    schema = {"$schema": DIALECT, **exported, "title": "Journal exported by kneejournal", "$defs": parts}
    _for_everybody(schema)
    return schema


def write_schema() -> bytes:
    """The schema as the shipped file `journal.schema.json` has it."""
    return msgspec.json.format(msgspec.json.encode(journal_schema()), indent=2) + b"\n"


def _for_everybody(part: object) -> None:
    r"""Say what many validators leave to a format, and patterns in their dialect, in which `\Z` is a letter."""
    if isinstance(part, dict):
        if part.get("format") == "date-time":
            part["pattern"] = OFFSET
        elif isinstance(part.get("pattern"), str):
            part["pattern"] = part["pattern"].replace(r"\Z", "$")
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            _for_everybody(inner)
