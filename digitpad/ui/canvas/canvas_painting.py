"""What the canvas looks like: the drawing, the hint on an empty sheet, and the frame."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QTransform

from digitpad.core.drawing import Drawing
from digitpad.core.ink import Ink
from digitpad.ui.canvas.stroke_painting import StrokePaths
from digitpad.ui.colours import Colours, mix

RADIUS = 10.0
_HINT_MARGIN = 16
_HINT = "Draw a digit from 0 to 9"
_HINT_MORE = "or drop, paste or open a picture of one"


def paint_drawing(
    painter: QPainter, drawing: Drawing, view: QTransform, colour: QColor, paths: StrokePaths
) -> None:
    """Paint ink in ``colour``, or a picture as it is, through ``view``."""
    painter.setTransform(view, combine=True)
    if isinstance(drawing, Ink):
        paths.paint(painter, drawing, colour)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QPointF(), QImage.fromData(drawing.png))


def paint_frame(painter: QPainter, area: QRectF, colours: Colours, *, strong: bool) -> None:
    """Round the corners off and draw the edge, in the accent colour where ``strong``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = area.adjusted(0.5, 0.5, -0.5, -0.5)
    outside = QPainterPath()
    outside.addRect(area)
    outside.addRoundedRect(edge, RADIUS, RADIUS)
    painter.fillPath(outside, colours.window)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if strong:
        painter.setPen(QPen(colours.accent, 2))
        edge = area.adjusted(1, 1, -1, -1)
    else:
        painter.setPen(QPen(colours.border, 1))
    painter.drawRoundedRect(edge, RADIUS, RADIUS)


def paint_hint(painter: QPainter, area: QRect, colours: Colours, font: QFont) -> None:
    """Say what to do, quietly, in the middle of an empty sheet."""
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 1.9)
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 1.15)
    middle = area.center().y()
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    area = area.adjusted(_HINT_MARGIN, 0, -_HINT_MARGIN, 0)
    painter.setPen(mix(colours.paper, colours.ink, 0.62))
    painter.setFont(large)
    upper = QRect(area.left(), area.top(), area.width(), middle - area.top())
    painter.drawText(upper, flags | Qt.AlignmentFlag.AlignBottom, _HINT)
    painter.setFont(small)
    lower = QRect(area.left(), middle + 10, area.width(), area.bottom() - middle - 10)
    painter.drawText(lower, flags | Qt.AlignmentFlag.AlignTop, _HINT_MORE)
