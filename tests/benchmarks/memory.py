"""How much memory a process holds, from the system's own accounting."""

import os
import subprocess
from pathlib import Path


def resident_megabytes(process: int | None) -> float:
    """Return the resident memory of ``process``, or of this one, in MB (Linux, macOS)."""
    status = Path(f"/proc/{process or 'self'}/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) / 1024
    shown = subprocess.run(
        ["/bin/ps", "-o", "rss=", "-p", str(process or os.getpid())],
        capture_output=True,
        check=True,
        text=True,
    )
    return int(shown.stdout) / 1024
