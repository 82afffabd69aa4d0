"""Where everything lives: the shipped content and styles, the journal, its settings and backups."""

import os
import sys
from pathlib import Path

from msgspec import Struct

from kneejournal.errors import Unreadable

APP = "kneejournal"
FILE_VARIABLE = "KNEEJOURNAL_FILE"


def packaged(name: str) -> Path:
    """The folder `content` or `styles`: inside the installed package, else beside it in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


class Places(Struct, frozen=True, kw_only=True):
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
    data, config = _user_folders()
    chosen = journal if journal is not None else os.environ.get(FILE_VARIABLE)
    if chosen is not None and not chosen.strip():
        raise Unreadable(f"The journal's name is empty. Give --journal or {FILE_VARIABLE} a file name.")
    try:
        path = data / "journal.json" if chosen is None else Path(chosen).expanduser()
    except RuntimeError as error:
        raise Unreadable(f"The journal {chosen} cannot be found: {error}. Give --journal another file name.") from error
    if not path.absolute().name:
        raise Unreadable(f"The journal {chosen} is a folder. Give --journal a file name.")
    return Places(journal=path.absolute(), settings=config / "settings.toml", data=data, is_own_folder=chosen is None)


def _user_folders() -> tuple[Path, Path]:
    """The user's folders for data and for settings, as platformdirs has them.

    Where they are plain to see they are not asked of it: to load it costs a prompt a tenth of its time.
    """
    home = os.environ.get("HOME", "")
    data = os.environ.get("XDG_DATA_HOME") or f"{home.rstrip('/')}/.local/share"
    config = os.environ.get("XDG_CONFIG_HOME") or f"{home.rstrip('/')}/.config"
    is_android = hasattr(sys, "getandroidapilevel") or "ANDROID_DATA" in os.environ
    if sys.platform == "linux" and not is_android and all(folder.startswith("/") for folder in (home, data, config)):
        return Path(data, APP), Path(config, APP)
    import platformdirs

    data = platformdirs.user_data_dir(APP, appauthor=False)
    return Path(data), Path(platformdirs.user_config_dir(APP, appauthor=False))
