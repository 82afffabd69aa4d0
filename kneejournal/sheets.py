"""Finds the stylesheets; a screen names its own in its CSS_PATH, and they are read when it is first shown."""

from pathlib import Path, PurePath

from kneejournal.paths import packaged


def sheets(*names: str) -> list[str | PurePath]:
    """The stylesheets of those names."""
    folder = packaged("styles")
    return [folder / f"{name}.tcss" for name in names]


def all_sheets() -> list[Path]:
    """Every stylesheet."""
    return sorted(packaged("styles").glob("*.tcss"))
