"""Proves the archives in a folder, one after the other: `python -m tests.packaging dist`."""

import os
import sys
from pathlib import Path

import pytest

_TESTS = Path(__file__).parent / "bundle"


def main() -> int:
    archives = sorted(
        path for path in Path(sys.argv[1]).glob("digitpad-*") if path.suffix in (".xz", ".zip")
    )
    if not archives:
        print(f"There is no archive in {sys.argv[1]}: run `make package` first.", file=sys.stderr)
        return 1
    for archive in archives:
        print(f"--- {archive.name}", flush=True)
        os.environ["DIGITPAD_ARCHIVE"] = str(archive.resolve())
        status = pytest.main([str(_TESTS), "-p", "no:cacheprovider", *sys.argv[2:]])
        if status != 0:
            return int(status)
    return 0


if __name__ == "__main__":
    sys.exit(main())
