"""The stroke that is being drawn: grows point by point, painted at a cost that does not grow."""

from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from digitpad.core.ink import Points, Stroke
from digitpad.core.lazy import np
from digitpad.ui.canvas.stroke_painting import curve_paths, fill

_LONGEST_TIP = 12
"""Points; each piece costs about as much as this many points."""


class Piece(NamedTuple):
    """A part of a stroke that can be painted on its own."""

    points: Points
    width: float
    from_middle: bool
    to_middle: bool

    def area(self) -> QRectF:
        """Return where it is painted, in the drawing's units."""
        (left, top), (right, bottom) = (
            corner.tolist()
            for corner in (self.points[:, :2].min(axis=0), self.points[:, :2].max(axis=0))
        )
        reach = self.width / 2
        return QRectF(left, top, right - left, bottom - top).adjusted(-reach, -reach, reach, reach)

    def paint(self, painter: QPainter, colour: QColor) -> None:
        ends = {"from_middle": self.from_middle, "to_middle": self.to_middle}
        fill(painter, curve_paths(self.points, self.width, **ends), colour)


class LiveStroke:
    """A stroke that is handed out in pieces: what is certain once, and its tip again and again.

    A point bends the curve only between the middles of the two segments that meet there, so all
    up to the middle of the last segment is certain.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self._buffer: Points = np.empty((256, 3))
        self._count = 0
        self._taken = 0
        self._shown = 0

    def is_dot(self) -> bool:
        """Tell whether the pen has moved by less than half of its own width."""
        places = self._buffer[: self._count, :2]
        return bool(np.ptp(places, axis=0).max() < self.width / 2)

    def add(self, x: float, y: float, pressure: float) -> bool:
        """Add a point unless it is at the very place of the last; tell whether it was added."""
        if self._count and (self._buffer[self._count - 1, :2] == (x, y)).all():
            return False
        if self._count == len(self._buffer):
            # Strokes given out keep the old buffer, whose rows are never written again.
            self._buffer = np.concatenate([self._buffer, np.empty_like(self._buffer)])
        self._buffer[self._count] = x, y, pressure
        self._count += 1
        return True

    def stroke(self) -> Stroke:
        """Return the stroke so far, without copying it."""
        return Stroke(self._buffer[: self._count], self.width)

    def take_certain(self) -> Piece | None:
        """Return what has become certain since the last time, None where that is little."""
        if self._count - self._taken <= _LONGEST_TIP:
            return None
        piece = self._piece(to_middle=True)
        self._taken = self._count
        return piece

    def tip(self) -> Piece:
        """Return the rest, up to the true end."""
        return self._piece(to_middle=False)

    def take_tip(self) -> Piece:
        """Return the rest, for which nobody asks again until the stroke has grown."""
        self._shown = self._count
        return self.tip()

    def has_grown(self) -> bool:
        """Tell whether there is something that was not taken yet."""
        return self._shown != self._count

    def start_again(self) -> None:
        """Hand everything out once more: what was painted is gone."""
        self._taken = self._shown = 0

    def _piece(self, *, to_middle: bool) -> Piece:
        points = self._buffer[max(self._taken - 2, 0) : self._count]
        return Piece(points, self.width, from_middle=self._taken > 0, to_middle=to_middle)
