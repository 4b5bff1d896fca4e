"""Whole files in and out: limits on what is read, and writing that never leaves half a file."""

import contextlib
import errno
import os
import shutil
from datetime import datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

from digitpad.core.errors import InputError, StorageError

MAX_BYTES = 256 * 1024 * 1024
"""More than any photo; a whole file is held in memory while it is read."""


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return all of a file.

    Raises InputError where there is no such file, it may not be read, or it is too large.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size or max_bytes  # a pipe has none
            data = file.read(min(size, max_bytes) + 1)  # Python allocates all that it is told
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {reason(exc)}.", repr(exc)) from exc
    if len(data) > max_bytes:
        raise InputError(
            f"{path} is larger than {max_bytes // 2**20} MB; drawings and pictures are smaller."
        )
    return data


def reason(exc: OSError) -> str:
    """Say in words why the system refused to read or write."""
    known = {
        errno.ENOENT: "there is no such file or folder",
        errno.ENOTDIR: "a part of its path is not a folder",
        errno.EISDIR: "it is a folder",
        errno.EACCES: "permission denied",
        errno.EPERM: "permission denied",
        errno.EROFS: "the disk is read-only",
        errno.ENOSPC: "the disk is full; free some space",
        errno.EDQUOT: "the disk quota is used up",
        errno.ENAMETOOLONG: "its name is too long",
    }
    return known.get(exc.errno or 0) or exc.strerror or str(exc)


def name_for_damaged(path: Path) -> Path:
    """Return a free name beside ``path`` for the damaged file that is there."""
    stem = f"{path.stem}.damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    names = (path.with_name(f"{stem}-{number}{path.suffix}") for number in count(1))
    return next(name for name in names if not name.exists())


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, which holds either the old content or all of the new.

    Raises StorageError; the old file, if any, is then unchanged.
    """
    target = path.resolve()  # a link stays a link
    try:
        temporary = _write_beside(target, data)
        try:
            temporary.replace(target)
        except OSError:
            temporary.unlink()
            raise
    except OSError as exc:
        raise StorageError(f"{path} could not be saved: {reason(exc)}.", repr(exc)) from exc


def _write_beside(path: Path, data: bytes) -> Path:
    """Write a temporary file into the folder of ``path``, with the permissions that ``path`` has.

    Where there is none yet, the system gives it those of a new file.
    """
    temporary = path.with_name(f".{path.name[:48]}.{uuid4().hex}.part")
    try:
        with temporary.open("xb") as file:
            with contextlib.suppress(FileNotFoundError):
                shutil.copymode(path, temporary)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary
