"""Evaluations kept beside their models, found again as long as model and data are the same."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from digitpad.core.errors import InputError, StorageError
from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.formats.files import read_bytes, reason

_log = logging.getLogger(__name__)

FOLDER = "evaluations"
_KEPT = 12


def place(folder: Path, model: Path, data: Iterable[str]) -> Path:
    """Return the file for ``model`` on ``data``: it bears a digest of what both are now.

    The model goes in by its content, each file of the data by its path, size and time. Makes the
    folder, unless the model is gone, and room in it. Raises InputError and StorageError.
    """
    digest = hashlib.sha256(read_bytes(model))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for entry in data:
            digest.update(f"{entry}\n".encode())
            for file in _files(Path(entry)):
                stat = file.stat()
                digest.update(f"{file}\n{stat.st_size} {stat.st_mtime_ns}\n".encode())
        found = folder / f"{digest.hexdigest()[:32]}.npz"
        _forget_oldest(folder, but=found)
    except OSError as error:
        raise StorageError(f"{folder} cannot be used: {reason(error)}.", repr(error)) from error
    return found


def load(path: Path) -> Evaluation | None:
    """Return the evaluation at ``path``, None where there is none that can be read."""
    if not path.exists():
        return None
    try:
        return Evaluation.load(path)
    except InputError:
        _log.warning("%s can no longer be used", path, exc_info=True)
        return None


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file())
    elif path.exists():
        yield path


def _forget_oldest(folder: Path, but: Path) -> None:
    kept = sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[_KEPT - 1 :]:
        if file != but:
            file.unlink(missing_ok=True)
