"""Drawings from files, and the one that is kept from one start to the next."""

import logging
from dataclasses import replace
from pathlib import Path

from digitpad.core.drawing import Drawing, Picture
from digitpad.core.errors import DigitpadError, InputError
from digitpad.core.formats import ink_lines, inkml
from digitpad.core.formats.files import read_bytes, write_atomically
from digitpad.core.ink import DEFAULT_PEN_WIDTH, Ink

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


def read_picture(data: bytes, source: str) -> Picture:
    """Return the picture in ``data``; loads the image library only now."""
    from digitpad.core import pictures

    return pictures.read_picture(data, source)


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

    def load(self) -> Drawing | None:
        """Return the kept drawing, or None where there is none that can be read."""
        for path in (self._picture, self._ink):
            if path.exists():
                try:
                    return read_drawing(path)
                except DigitpadError:
                    _log.exception("the kept drawing cannot be read")
        return None


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
    return read_picture(data, str(path))
