"""Runs kneejournal and says on standard error how much memory it took at most, in bytes."""

import resource
import sys
from pathlib import Path

from kneejournal.__main__ import main


def peak() -> int:
    """What /proc says of this process alone, where there is one; else what the system says of it."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
    print(peak(), file=sys.stderr)
