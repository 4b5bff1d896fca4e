"""Drawings from files, and the one that is kept from one start to the next."""

import logging
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage

from digitpad.core.drawing import Drawing, Picture
from digitpad.core.errors import InputError, StorageError
from digitpad.core.formats import ink_lines, inkml
from digitpad.core.formats.files import name_for_damaged, read_bytes, reason, write_atomically
from digitpad.core.ink import DEFAULT_PEN_WIDTH, Ink
from digitpad.ui.canvas.incoming import encoded

_log = logging.getLogger(__name__)

_PEN_SHARE = 0.08


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
    """The drawing on the canvas, kept in a folder so that it survives whatever ends the app."""

    def __init__(self, folder: Path) -> None:
        self._ink = folder / "drawing.inkml"
        self._picture = folder / "drawing.png"

    def save(self, drawing: Drawing) -> None:
        """Keep ``drawing`` in place of the last one; raises StorageError."""
        try:
            self._save(drawing)
        except OSError as error:
            text = f"{self._ink.parent} cannot be written to: {reason(error)}."
            raise StorageError(text, repr(error)) from error

    def load(self) -> Drawing | None:
        """Return the kept drawing, None where there is none.

        Raises InputError where it cannot be read: it is put aside then, where the next one does
        not take its place.
        """
        there = [path for path in (self._ink, self._picture) if path.exists()]
        if not there:
            return None
        newest = max(there, key=_changed)
        try:
            return read_drawing(newest)
        except InputError as error:
            raise _put_aside(newest, error) from error

    def _save(self, drawing: Drawing) -> None:
        self._ink.parent.mkdir(parents=True, exist_ok=True)
        if not drawing:
            self._ink.unlink(missing_ok=True)
            self._picture.unlink(missing_ok=True)
        elif isinstance(drawing, Picture):
            write_atomically(self._picture, drawing.png)
            self._ink.unlink(missing_ok=True)
        else:
            write_atomically(self._ink, inkml.write_inkml(drawing))
            self._picture.unlink(missing_ok=True)


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns


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
