"""Measures kneejournal against bare programs, side by side: python benchmarks/run.py --help."""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

import apple_health
import commands
import screens
from machine import machine
from place import Place, asked
from rows import Samples, as_markdown, as_text, rows
from targets import WORKS

RECORDS = (3_650, 36_500)
"""A year and ten, at ten records a day."""
IN_TURN = {"screens": screens.measure_once, "commands": commands.measure_once}
INSIDE = ("verdict", "redraw", "change")
"""Scripts that measure in a process of their own."""
APPLE_HEALTH = "apple-health"
PARTS = (*IN_TURN, *INSIDE, APPLE_HEALTH)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures kneejournal against bare programs, side by side.")
    parser.add_argument("--runs", type=int, default=15, help="of each program, in turn with the one beside it")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--python", default=sys.executable, help="of an environment in which kneejournal is installed")
    parser.add_argument("--markdown", action="store_true", help="a table for a page")
    parser.add_argument("--all", action="store_true", help="the median of everything that was measured, too")
    return parser.parse_args()


def measured(only: set[str], runs: int, python: str, folder: Path) -> list[Samples]:
    """The samples of each length of journal. The lengths take turns, run by run."""
    places = [Place.made(folder / str(records), python, records) for records in RECORDS]
    found = [Samples() for _ in places]
    for part, measure_once in IN_TURN.items():
        for _ in range(runs if part in only else 0):
            for place, samples in zip(places, found, strict=True):
                measure_once(place, samples)
    for part in (part for part in INSIDE if part in only):
        for samples, more in zip(found, asked(f"{part}.py", places, runs), strict=True):
            samples.update(more)
    if APPLE_HEALTH in only:
        apple_health.measure(places[0], runs, found[0])
    return found


def main() -> None:
    wanted = arguments()
    only = set(wanted.only.split(","))
    if unknown := only - set(PARTS):
        sys.exit(f"There is no part {', '.join(unknown)}.")
    with tempfile.TemporaryDirectory(prefix="kneejournal-benchmark-") as name:
        year, ten = measured(only, wanted.runs, wanted.python, Path(name))
    table = rows(WORKS, year, ten)
    print(machine(wanted.python), end="\n\n")
    print(as_markdown(table) if wanted.markdown else as_text(table))
    for name in year.found if wanted.all else ():
        print(f"{name:24}", *(f"{median(samples.found[name]):.6g}" for samples in (year, ten) if name in samples.found))


if __name__ == "__main__":
    main()
