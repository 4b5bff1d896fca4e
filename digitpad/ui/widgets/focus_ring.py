"""The ring that shows where the keyboard is, around a view as a whole."""

from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea

from digitpad.ui.colours import Colours

_RADIUS = 6.0


def paint_focus_ring(view: QAbstractScrollArea) -> None:
    """Paint it along the inner edge of ``view``; to be called while that is being painted."""
    painter = QPainter(view.viewport())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(Colours.of(view.palette()).accent, 2))
    area = view.viewport().rect().toRectF().adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(area, _RADIUS, _RADIUS)
    painter.end()
