"""The forms that short texts in a record have: ids, times, names of machines and exercises."""

import re

import msgspec
from msgspec import Meta, Struct

ID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z"
DEVICE = r"^[A-Za-z0-9._-]+\Z"
EXERCISE = r"^[a-z]+(-[a-z]+)*\Z"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z"
SOURCE = r"^[a-z][a-z0-9-]*\Z"

_FORMS = {"id": ID, "shoe_id": ID, "device": DEVICE, "exercise": EXERCISE, "time": TIME, "source": SOURCE}
"""By the name of the field."""


def like(form: str, longest: int, least: int = 1) -> Meta:
    """A text of that form. Its length is looked at whenever it is read, the form by `check_forms` only.

    Matching every text of 36 500 records at every start takes longer than all the rest of reading them.
    """
    return Meta(min_length=least, max_length=longest, extra_json_schema={"pattern": form})


def check_forms(record: Struct) -> None:
    """Raises msgspec.ValidationError, naming the field, for a text of another form than its field has."""
    for field in record.__struct_fields__:
        form, value = _FORMS.get(field), getattr(record, field)
        if form and value is not None and not re.match(form, value):
            raise msgspec.ValidationError(f"Expected `str` matching regex {form!r} - at `$.{field}`")
