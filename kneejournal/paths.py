"""Where everything lives: the shipped content and styles, the journal, its settings and backups."""

import os
from dataclasses import dataclass
from pathlib import Path

from kneejournal.errors import Unreadable

APP = "kneejournal"
FILE_VARIABLE = "KNEEJOURNAL_FILE"


def packaged(name: str) -> Path:
    """The folder `content` or `styles`: inside the installed package, else beside it in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


@dataclass(frozen=True)
class Places:
    """The files of one journal. `is_own_folder`: the folder is kneejournal's own and may be made.

    `is_sample`: the journal is a sample, and the folder is thrown away.
    """

    journal: Path
    settings: Path
    data: Path
    is_own_folder: bool
    is_sample: bool = False

    @property
    def backups(self) -> Path:
        return self.journal.with_name(f"{self.journal.name}.backups")

    @property
    def device(self) -> Path:
        return self.data / "device"


def find_places(journal: str | None) -> Places:
    """The places of the journal named on the command line, else by KNEEJOURNAL_FILE, else of the user's own."""
    import platformdirs

    data = Path(platformdirs.user_data_dir(APP, appauthor=False))
    settings = Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.toml"
    chosen = journal if journal is not None else os.environ.get(FILE_VARIABLE)
    if chosen is not None and not chosen.strip():
        raise Unreadable(f"The journal's name is empty. Give --journal or {FILE_VARIABLE} a file name.")
    try:
        path = data / "journal.json" if chosen is None else Path(chosen).expanduser()
    except RuntimeError as error:
        raise Unreadable(f"The journal {chosen} cannot be found: {error}. Give --journal another file name.") from error
    if not path.absolute().name:
        raise Unreadable(f"The journal {chosen} is a folder. Give --journal a file name.")
    return Places(journal=path.absolute(), settings=settings, data=data, is_own_folder=chosen is None)
