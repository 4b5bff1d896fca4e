"""The small mark that says: more opens below."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

_REACH = 4.0


def paint_chevron(painter: QPainter, centre: QPointF, colour: QColor) -> None:
    tip = centre + QPointF(0, _REACH / 2)
    painter.setPen(QPen(colour, 1.6))
    painter.drawPolyline([tip + QPointF(-_REACH, -_REACH), tip, tip + QPointF(_REACH, -_REACH)])
