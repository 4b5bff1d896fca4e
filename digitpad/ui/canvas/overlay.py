"""Crop box and centre of mass, drawn over the canvas."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from digitpad.core.drawing import Normalised
from digitpad.ui.canvas.fitting import rect_of

_MARGIN = 3.0
_ARM = 9.0
_RADIUS = 5.0


def paint_overlay(
    painter: QPainter, normalised: Normalised, view: QTransform, colour: QColor, halo: QColor
) -> None:
    """Draw what the normalisation found, through ``view`` from the drawing's units."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = view.mapRect(rect_of(normalised.box)).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    dashes = QPen(colour, 1.5)
    dashes.setDashPattern([5.0, 4.0])
    for pen in (QPen(halo, 3.0), dashes):
        painter.setPen(pen)
        painter.drawRoundedRect(box, 3, 3)
    centre = view.map(QPointF(*normalised.centre_of_mass))
    for ring, width in ((halo, 4.0), (colour, 1.8)):
        painter.setPen(QPen(ring, width))
        _paint_cross(painter, centre)


def _paint_cross(painter: QPainter, centre: QPointF) -> None:
    painter.drawEllipse(QRectF(-_RADIUS, -_RADIUS, 2 * _RADIUS, 2 * _RADIUS).translated(centre))
    for arm in (QPointF(_ARM, 0), QPointF(0, _ARM)):
        painter.drawLine(centre - arm, centre + arm)
