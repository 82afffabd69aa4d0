"""Lets an installed browser show a page, or print it into a PDF."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from kneejournal.errors import Unreadable

PRINTERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "msedge", "brave-browser",
)  # fmt: skip
"""Browsers that print without a window, by the names under which they are found on the PATH."""
OFFLINE = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
"""No window, and nothing looked up or fetched from anywhere."""
TIMEOUT_S = 60
BY_HAND = "Open the page in a browser and print it into a PDF there."


def show(path: Path) -> bool:
    """Open the page at `path` in the user's browser; False when there is none."""
    import webbrowser

    return webbrowser.open(path.absolute().as_uri())


def print_pdf(page: bytes, beside: Path) -> bytes:
    """The HTML `page` as PDF. Raises Unreadable when no browser is there that can do it, or it does not.

    The browser works in a private folder beside the file that is to be made: some can see neither hidden folders nor
    those for temporary files. The folder is gone afterwards.
    """
    browser = next((found for name in PRINTERS if (found := shutil.which(name))), None)
    if browser is None:
        raise Unreadable(f"No browser was found that prints PDF: Chromium, Chrome or Edge. {BY_HAND}")
    try:
        with tempfile.TemporaryDirectory(prefix="kneejournal-", dir=beside.absolute().parent) as folder:
            return _printed(browser, page, Path(folder))
    except OSError as error:
        raise Unreadable(f"{beside} could not be written: {error.strerror}. Choose another place.") from error


def _printed(browser: str, page: bytes, folder: Path) -> bytes:
    source, target = folder / "report.html", folder / "report.pdf"
    source.write_bytes(page)
    # Chromium refuses its sandbox to root. The page has no script, and its policy lets nothing be loaded.
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    profile = f"--user-data-dir={folder / 'profile'}"
    words = [browser, *OFFLINE, *as_root, profile, "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    # What it would write elsewhere, such as the folder of its crash reports, goes when the folder goes.
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    try:
        subprocess.run(
            [*words, source.as_uri()],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_S,
            check=True,
        )
        printed = target.read_bytes()
    except (OSError, subprocess.SubprocessError) as error:
        raise Unreadable(f"{Path(browser).name} did not print the report. {BY_HAND}") from error
    if not printed.startswith(b"%PDF-"):
        raise Unreadable(f"{Path(browser).name} did not print the report. {BY_HAND}")
    return printed
