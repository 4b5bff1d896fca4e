"""The stroke that is being drawn: grows point by point, painted at a cost that does not grow."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from digitpad.core.ink import Points, Stroke
from digitpad.ui.canvas.stroke_painting import paint_curve

_SETTLE_AFTER = 48


class LiveStroke:
    """A stroke whose older part can be settled into a pixmap while its end still moves."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._buffer: Points = np.empty((256, 3))
        self._count = 0
        self._settled = 0

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

    def changed_area(self) -> QRectF:
        """Return where the last point can have changed what is painted."""
        recent = self._buffer[max(self._count - 3, 0) : self._count, :2]
        (left, top), (right, bottom) = recent.min(axis=0).tolist(), recent.max(axis=0).tolist()
        reach = self.width / 2 + 2
        return QRectF(left, top, right - left, bottom - top).adjusted(-reach, -reach, reach, reach)

    def needs_settling(self) -> bool:
        return self._count - self._settled > _SETTLE_AFTER

    def settle(self, painter: QPainter, colour: QColor) -> None:
        """Paint what no later point can change; ``paint`` leaves that out from now on."""
        part = self._buffer[self._settled : self._count]
        paint_curve(
            painter, part, self.width, colour, from_middle=self._settled > 0, to_middle=True
        )
        self._settled = self._count - 2

    def unsettle(self) -> None:
        """Paint everything again from now on: the pixmap with the older part is gone."""
        self._settled = 0

    def paint(self, painter: QPainter, colour: QColor) -> None:
        """Paint what is not settled, to the true end."""
        part = self._buffer[self._settled : self._count]
        paint_curve(painter, part, self.width, colour, from_middle=self._settled > 0)
