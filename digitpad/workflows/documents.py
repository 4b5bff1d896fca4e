"""Drawings from files, and the one that is kept from one start to the next."""

import logging
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock
from PySide6.QtGui import QImage

from digitpad.core.drawing import Drawing, Picture
from digitpad.core.errors import InputError, StorageError
from digitpad.core.formats import ink_lines, inkml
from digitpad.core.formats.files import name_for_damaged, read_bytes, reason, write_atomically
from digitpad.core.ink import DEFAULT_PEN_WIDTH, Ink
from digitpad.ui.canvas.incoming import encoded

_log = logging.getLogger(__name__)

_PEN_SHARE = 0.08
_NAMES = ["drawing", *(f"drawing-{number}" for number in range(2, 21))]


def read_drawing(path: Path) -> Drawing:
    """Return what is in a picture or an ink file; of a file of ink lines, the first drawing.

    Raises InputError where it cannot be read or holds no drawing; it names the file without its
    folder, for which a sentence in the window has no room.
    """
    try:
        return _read(path)
    except InputError as exc:
        details = "\n".join(filter(None, (str(path), exc.details)))
        raise InputError(str(exc).replace(str(path), path.name), details) from exc


def read_received(picture: bytes | QImage, source: str) -> Picture:
    """Return a picture that was dropped or pasted. Raises InputError."""
    from digitpad.core import pictures

    return pictures.read_picture(encoded(picture, pictures.MAX_SIDE), source)


def with_pen(ink: Ink) -> Ink:
    """Return ``ink`` with a pen for strokes that were recorded without one."""
    box = ink.bounds()
    if box is None:
        return ink
    width = _PEN_SHARE * max(box.width, box.height) or DEFAULT_PEN_WIDTH
    return Ink(tuple(replace(s, width=s.width or width) for s in ink.strokes))


class KeptDrawing:
    """The drawing on the canvas, kept in a folder so that it survives whatever ends the app.

    Several copies of the app may run at once: each holds a name of its own there by a lock.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = _NAMES[0]
        self._lock: FileLock | None = None

    def save(self, drawing: Drawing) -> None:
        """Keep ``drawing`` in place of the last one; raises StorageError."""
        try:
            self._save(drawing)
        except OSError as error:
            text = f"{self._folder} cannot be written to: {reason(error)}."
            raise StorageError(text, repr(error)) from error

    def load(self) -> Drawing | None:
        """Return the newest drawing that no other copy holds, None where there is none.

        Raises InputError where it cannot be read: it is put aside then, where the next one does
        not take its place.
        """
        with suppress(OSError):
            self._claim()
        there = [path for path in (self._ink, self._picture) if path.exists()]
        if not there:
            return None
        newest = max(there, key=_changed)
        try:
            return read_drawing(newest)
        except InputError as error:
            raise _put_aside(newest, error) from error

    def close(self) -> None:
        """Leave the drawing to the next start."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @property
    def _ink(self) -> Path:
        return self._folder / f"{self._name}.inkml"

    @property
    def _picture(self) -> Path:
        return self._folder / f"{self._name}.png"

    def _save(self, drawing: Drawing) -> None:
        self._claim()
        if not drawing:
            self._ink.unlink(missing_ok=True)
            self._picture.unlink(missing_ok=True)
        elif isinstance(drawing, Picture):
            write_atomically(self._picture, drawing.png)
            self._ink.unlink(missing_ok=True)
        else:
            write_atomically(self._ink, inkml.write_inkml(drawing))
            self._picture.unlink(missing_ok=True)

    def _claim(self) -> None:
        """Take the name that was used last of those that are free; where no lock works, the first.

        Raises OSError.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._lock is not None:
            return
        for name in sorted(_NAMES, key=self._age):
            lock = FileLock(self._folder / f"{name}.lock", thread_local=False)
            with suppress(OSError, NotImplementedError):  # Timeout is an OSError
                lock.acquire(timeout=0)
                self._name, self._lock = name, lock
                return

    def _age(self, name: str) -> int:
        return -max(_changed(self._folder / f"{name}{suffix}") for suffix in (".inkml", ".png"))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # there is none
        return 0


def _put_aside(path: Path, error: InputError) -> InputError:
    """Give a damaged file another name; returns what to tell the person."""
    details = "\n".join(filter(None, (str(error), error.details)))
    try:
        aside = path.rename(name_for_damaged(path))
    except OSError:
        _log.warning("%s cannot be put aside", path, exc_info=True)
        aside = path
    return InputError(f"Your last drawing could not be read. It was kept as {aside}.", details)


def _read(path: Path) -> Drawing:
    if ink_lines.is_ink_lines(path):
        first = next((line.ink for line in ink_lines.read_ink_lines(path) if line.ink), None)
        if first is None:
            raise InputError(f"{path} holds no drawings.")
        return with_pen(first)
    data = read_bytes(path)
    if path.suffix.lower() in inkml.SUFFIXES:
        ink = inkml.read_inkml(data, str(path))
        if not ink:
            raise InputError(f"{path} holds no ink.")
        return ink
    return read_received(data, str(path))
