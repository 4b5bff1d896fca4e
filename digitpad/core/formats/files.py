"""Whole files in and out: limits on what is read, and writing that never leaves half a file."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from digitpad.core.errors import InputError, StorageError

MAX_BYTES = 256 * 1024 * 1024
"""More than any photo; a whole file is held in memory while it is read."""


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return all of a file.

    Raises InputError where there is no such file, it may not be read, or it is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
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
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.ENAMETOOLONG: "its name is too long",
    }
    return known.get(exc.errno or 0) or exc.strerror or str(exc)


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
        raise StorageError(
            f"{path} could not be saved: {reason(exc)}. Choose another place or free some space.",
            repr(exc),
        ) from exc


def _write_beside(path: Path, data: bytes) -> Path:
    """Write a temporary file into the folder of ``path``, with the permissions of ``path``."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:64]}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode_of(path))
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _mode_of(path: Path) -> int:
    """Return the permissions that ``path`` has, or those that a new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
