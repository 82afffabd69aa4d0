"""What is kept of a crash: where it happened, and nothing that anybody wrote."""

import traceback
from pathlib import Path

from kneejournal import __version__
from kneejournal.files import PRIVATE_FOLDER, replace_file

OWN_FAULT = 70
"""The exit status of an error of the program's own (EX_SOFTWARE of sysexits.h)."""


def record_crash(error: BaseException, folder: Path) -> str:
    """Write the places of `error` into a private file; answers with the two lines that the terminal gets.

    Neither holds a value: a value can be somebody's note.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    lines = [f"kneejournal {__version__}", type(error).__name__, *places, ""]
    path = folder / "crash.log"
    kept = f"The places in its code are in {path}; nothing of your journal is in there."
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        replace_file(path, "\n".join(lines).encode(), synced=False)
    except OSError:
        kept = "Nothing of your journal is in these lines."
    where = places[-1] if places else "an unknown place"
    told = f"kneejournal: an error of its own, {type(error).__name__} at {where}. Your journal is as it was saved last."
    return f"{told}\n{kept}"
