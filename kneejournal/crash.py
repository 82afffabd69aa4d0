"""What is kept of a crash: where it happened, and nothing that anybody wrote."""

import traceback
from pathlib import Path

from kneejournal import __version__
from kneejournal.files import PRIVATE_FOLDER, replace_file


def record_crash(error: BaseException, folder: Path | None) -> str:
    """Write the places of `error` into a private file; answers with the two lines that the terminal gets.

    Neither holds a value: a value can be somebody's note. Without a `folder` there is no file.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    lines = [f"kneejournal {__version__}", type(error).__name__, *places, ""]
    path = _keep(lines, folder) if folder else None
    kept = "Nothing of your journal is in these lines."
    if path:
        kept = f"The places in its code are in {path}; nothing of your journal is in there."
    where = places[-1] if places else "an unknown place"
    told = f"kneejournal: an error of its own, {type(error).__name__} at {where}. Your journal is as it was saved last."
    return f"{told}\n{kept}"


def _keep(lines: list[str], folder: Path) -> Path | None:
    """The file that holds `lines` now; None when it cannot be written."""
    path = folder / "crash.log"
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        replace_file(path, "\n".join(lines).encode(), synced=False)
    except OSError:
        return None
    return path
