"""Libraries less their symbol tables, which only debuggers read: 115 MB of torch and of Python."""

import subprocess
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

_WITH_TABLES = ("torch/lib/libtorch_*.so", "libpython3*.so*")
"""Not all libraries: strip can break those that were changed after linking, such as OpenBLAS's."""

Entry = tuple[str, str, str]


def without_symbols(binaries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Return ``binaries`` with those that have tables as copies in ``folder`` that have none.

    ``binaries`` are (path inside, source, kind) entries of PyInstaller's, all of Linux.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_stripped(entry, folder) if _has_table(entry) else entry for entry in binaries]


def _has_table(entry: Entry) -> bool:
    path, _, kind = entry
    return kind == "BINARY" and any(fnmatchcase(path, pattern) for pattern in _WITH_TABLES)


def _stripped(entry: Entry, folder: Path) -> Entry:
    path, source, kind = entry
    copy = folder / Path(path).name
    subprocess.run(["strip", "-o", str(copy), source], check=True)
    return path, str(copy), kind
