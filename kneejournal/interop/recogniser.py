"""Says what a file is by its first bytes, whatever it is called."""

from typing import Literal

from kneejournal.interop import apple_health, fit, garmin, garmin_account, runkeeper, strava
from kneejournal.interop.streams import Refused
from kneejournal.interop.tables import RESAVED, header_of

Kind = Literal[
    "journal", "folder", "zip", "gz", "fit", "gpx", "tcx", "apple-health", "strava", "strava-shoes", "garmin",
    "garmin-account", "runkeeper",
]  # fmt: skip

HEAD_BYTES = 32_768
"""How much of a file is looked at."""


def recognise(head: bytes) -> Kind | None:
    """What a file is that begins with `head`; None when it is nothing that is known here.

    Raises Refused for a known table that a spreadsheet saved with other separators.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if fit.is_fit(head):
        return "fit"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return _kind_of_xml(text)
    if text.startswith((b"{", b"[")):
        return "garmin-account" if garmin_account.MARK in head else "journal"
    if kind := _kind_of_table(header_of(head)):
        return kind
    if _kind_of_table(header_of(head, ";")) or _kind_of_table(header_of(head, "\t")):
        raise Refused(RESAVED)
    return None


def _kind_of_xml(text: bytes) -> Kind | None:
    if apple_health.is_export(text):
        return "apple-health"
    if b"<gpx" in text:
        return "gpx"
    return "tcx" if b"<TrainingCenterDatabase" in text else None


def _kind_of_table(header: list[str]) -> Kind | None:
    if strava.is_activities(header):
        return "strava"
    if strava.is_shoes(header):
        return "strava-shoes"
    if runkeeper.is_activities(header):
        return "runkeeper"
    return "garmin" if garmin.is_activities(header) else None
