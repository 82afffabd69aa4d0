"""Every command of kneejournal, as somebody would call it; made anew from what the journal holds."""

from collections.abc import Sequence
from pathlib import Path

from kneejournal.commands.group import cli
from tests.torture.rig import Home

READING: tuple[tuple[str, ...], ...] = (
    (), ("today",), ("today", "--json"), ("ready",), ("ready", "--json"), ("status",), ("entries",),
    ("entries", "--json"), ("shoes",), ("shoes", "--json"), ("setup",), ("setup", "--list"), ("setup", "--json"),
    ("where",), ("where", "--json"), ("export",), ("export", "--schema"), ("export", "--format", "fhir"),
    ("report", "-"), ("doctor",), ("doctor", "--json"), ("doctor", "--backups"), ("confirm",),
    ("learn",), ("learn", "shoes"), ("remind",), ("completion", "bash"), ("demo",), ("--help",), ("--version",),
)  # fmt: skip


def writing(home: Home, entry: str, run: str, export: Path) -> Sequence[tuple[str, ...]]:
    """Commands that change a journal: `entry` and `run` are ids in it, `export` a file to take over."""
    return (
        ("setup", "--knee", "both"), ("setup", "--snooze"), ("shoes", "add", "Blue", "--default"),
        ("shoes", "fitted", "Blue"), ("shoes", "retire", "Blue"), ("done", "all"), ("done", "plank", "--undo"),
        ("log", "0"), ("log", "0", "--all-day"), ("log", "1", "--symptom", "locking"), ("resolve",),
        ("run", "3mi", "--minutes", "30"), ("edit", entry, "--note", "changed"), ("edit", run, "--shoe", "none"),
        ("delete", entry), ("undo",), ("import", str(export)), ("import", "--dry-run", str(export)),
        ("sync", str(home.folder)),
        ("export", str(home.folder / "out.json"), "--force"), ("export", str(home.folder / "out.zip"), "--force"),
        ("export", str(home.folder / "out.ics"), "--force"), ("report", str(home.folder / "out.html"), "--force"),
        ("purge", entry, "--yes"), ("confirm", "--yes"),
        ("doctor", "--repair"), ("doctor", "--accept"), ("doctor", "--restore", "1"),
    )  # fmt: skip


def names() -> set[str]:
    """The commands there are: a test that calls each of them has to know of every new one."""
    return set(cli.commands)
