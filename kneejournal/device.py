"""The name of this machine in the records it writes: eight random signs, made once."""

import os
from pathlib import Path

NAMELESS = "local"


def read_device(path: Path) -> str:
    """The machine's name, made when there is none yet; `local` where it cannot be kept."""
    try:
        known = path.read_text(encoding="ascii").strip()
        if known.isalnum() and len(known) <= 64:
            return known
    except (OSError, ValueError):
        pass
    name = os.urandom(4).hex()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(name)
    except OSError:
        return NAMELESS
    return name
