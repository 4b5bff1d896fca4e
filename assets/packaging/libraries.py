"""What a Linux bundle needs of the system: `python assets/packaging/libraries.py dist/digitpad`."""

import re
import subprocess
import sys
from pathlib import Path

_C_LIBRARY = re.compile(r"(libc|libm|libdl|libpthread|librt|libutil|ld-linux.*)\.so\.\d+")


def needed(bundle: Path) -> set[str]:
    """Return the names of the shared libraries that ``bundle`` uses and has not inside.

    The C library is on every system and left out.
    """
    files = [path for path in bundle.rglob("*") if path.is_file() and is_elf(path)]
    inside = {path.name for path in bundle.rglob("*.so*")}
    return {
        name
        for path in files
        for name in needed_by(path)
        if name not in inside and not _C_LIBRARY.fullmatch(name)
    }


def is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def needed_by(path: Path) -> list[str]:
    """Return the names of the libraries that an ELF file is linked to."""
    output = subprocess.run(
        ["objdump", "-p", str(path)], capture_output=True, text=True, check=True
    ).stdout
    return re.findall(r"^ +NEEDED +(\S+)$", output, re.MULTILINE)


if __name__ == "__main__":
    print("\n".join(sorted(needed(Path(sys.argv[1])))))
