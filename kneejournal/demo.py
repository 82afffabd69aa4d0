"""Puts the sample journal into a folder that is thrown away."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from kneejournal.library import load_programme
from kneejournal.paths import Places, packaged
from kneejournal.sample import sample_journal
from kneejournal.storage import FileStorage
from kneejournal.store import Store
from kneejournal.wiring import open_file

FOLDER = "kneejournal-demo-"
SIGNALLED = 128


@contextmanager
def throwaway_sample(now: datetime) -> Iterator[Places]:
    """The sample journal that ends at `now`, in a folder of its own that only its owner can read.

    The folder is gone afterwards: when it is left, by an error, and by a signal that asks the program to end.
    """
    with _ending_in_order(), TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        places = Places(
            journal=folder / "journal.json",
            settings=folder / "settings.toml",
            data=folder / "data",
            is_own_folder=False,
            is_sample=True,
        )
        sample = sample_journal(now, load_programme(packaged("content")))
        Store(FileStorage(open_file(places))).begin(sample, now)
        yield places


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Lets a signal end the program the way an error does, through everything that is still to be put away."""

    def end(number: int, _: object) -> NoReturn:
        sys.exit(SIGNALLED + number)

    names = ("SIGTERM", "SIGHUP")
    before = {found: signal.signal(found, end) for name in names if (found := getattr(signal, name, None))}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
