"""Paints strokes as smooth curves, with a width that follows the pressure."""

from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPolygonF

from digitpad.core.ink import Ink, Points
from digitpad.core.lazy import np
from digitpad.ui.canvas.outline import outline

_LIGHTEST = 0.3
"""Share of the pen's width that is left at no pressure at all."""
_SPACING = 2.0
_MOST_PIECES = 64


def paint_ink(painter: QPainter, ink: Ink, colour: QColor) -> None:
    for stroke in ink.strokes:
        paint_curve(painter, stroke.points, stroke.width, colour)


def paint_curve(
    painter: QPainter,
    points: Points,
    width: float,
    colour: QColor,
    *,
    from_middle: bool = False,
    to_middle: bool = False,
) -> None:
    """Paint the curve of ``points``, quadratics through the middles of their segments.

    It starts and ends at the first and last point exactly or, where asked, at the middle of the
    first or last segment, so that a long curve can be painted in pieces that meet.
    """
    curve = along_curve(points, from_middle=from_middle, to_middle=to_middle)
    radii = width / 2 * (_LIGHTEST + (1 - _LIGHTEST) * curve[:, 2])
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addPolygon(_polygon(outline(curve[:, :2], radii)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    painter.drawPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def along_curve(points: Points, *, from_middle: bool = False, to_middle: bool = False) -> Points:
    """Return points (x, y, pressure) along the curve that ``paint_curve`` paints."""
    if len(points) == 1:
        return points
    middles = (points[:-1] + points[1:]) / 2
    sizes = np.hypot(*(middles[1:, :2] - middles[:-1, :2]).T)
    pieces = np.clip(np.ceil(sizes / _SPACING), 1, _MOST_PIECES).astype(int)
    bend = np.repeat(np.arange(len(pieces)), pieces)
    place = np.arange(1, len(bend) + 1) - (np.cumsum(pieces) - pieces)[bend]
    t = (place / pieces[bend])[:, None]
    start, control, end = middles[bend], points[bend + 1], middles[bend + 1]
    bends = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    ends = points[:0] if from_middle else points[:1], points[:0] if to_middle else points[-1:]
    return np.concatenate([ends[0], middles[:1], bends, ends[1]])


def _polygon(xy: Points) -> QPolygonF:
    """Return a polygon of ``xy`` (n, 2), read from a stream, as that is much the fastest."""
    data = QByteArray(len(xy).to_bytes(4, "big") + xy.astype(">f8").tobytes())
    polygon = QPolygonF()
    QDataStream(data) >> polygon
    return polygon
