"""What a Linux bundle needs of the system: `python assets/packaging/libraries.py dist/digitpad`."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_C_LIBRARY = re.compile(r"(libc|libm|libdl|libpthread|librt|libutil|ld-linux.*)\.so\.\d+")


def needed(bundle: Path) -> set[str]:
    """Return the names of the shared libraries that ``bundle`` uses and has not inside.

    The C library is on every system and left out; see ``c_library``.
    """
    inside = {path.name for path in bundle.rglob("*.so*")}
    names = {name for path in elf_files(bundle) for name in needed_by(path)}
    return {name for name in names - inside if not _C_LIBRARY.fullmatch(name)}


def c_library(bundle: Path) -> str:
    """Return the oldest version of glibc that has everything that ``bundle`` asks it for."""
    found = {
        tuple(map(int, version.split(".")))
        for path in elf_files(bundle)
        for version in re.findall(r"GLIBC_(\d+\.\d+)", _headers(path))
    }
    return ".".join(map(str, max(found)))


def elf_files(bundle: Path) -> Iterator[Path]:
    """Yield programs and libraries."""
    for path in bundle.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def needed_by(path: Path) -> list[str]:
    """Return the names of the libraries that an ELF file is linked to."""
    return re.findall(r"^ +NEEDED +(\S+)$", _headers(path), re.MULTILINE)


@cache
def _headers(path: Path) -> str:
    command = ["objdump", "-p", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    bundle = Path(sys.argv[1])
    print(f"glibc {c_library(bundle)}", *sorted(needed(bundle)), sep="\n")


if __name__ == "__main__":
    main()
