"""On what was measured; nothing that names the machine."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path


def machine(python: str) -> str:
    """The day, processor, cores, system and Python, in a line."""
    asked = subprocess.run([python, "--version"], capture_output=True, text=True, check=True)
    parts = (
        datetime.now(UTC).date().isoformat(),
        _processor(),
        f"{os.cpu_count()} cores",
        _system(),
        asked.stdout.strip(),
    )
    return ", ".join(parts)


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    if platform.system() == "Darwin":
        asked = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    return platform.machine()


def _system() -> str:
    return f"{platform.system()} {platform.release().split('-')[0]}"
