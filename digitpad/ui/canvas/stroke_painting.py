"""Paints strokes as smooth curves, with a width that follows the pressure."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from digitpad.core.ink import Ink, Points, smooth

_LIGHTEST = 0.3
"""Share of the pen's width that is left at no pressure at all."""
_SPACING = 2.0
_FINER, _COARSER = QTransform.fromScale(4, 4), QTransform.fromScale(0.25, 0.25)


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
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pressure = points[:, 2]
    if (pressure == pressure[0]).all():
        _paint_even(painter, curve_path(points, from_middle, to_middle), width, pressure[0], colour)
        return
    samples = _samples(points, from_middle, to_middle)
    radii = width / 2 * (_LIGHTEST + (1 - _LIGHTEST) * samples[:, 2])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    painter.drawPath(outline(samples[:, :2], radii))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def curve_path(points: Points, from_middle: bool, to_middle: bool) -> QPainterPath:  # noqa: FBT001
    """Return the curve's path; see paint_curve."""
    xy = points[:, :2]
    first, last = QPointF(*xy[0].tolist()), QPointF(*xy[-1].tolist())
    middles = [QPointF(x, y) for x, y in ((xy[:-1] + xy[1:]) / 2).tolist()]
    path = QPainterPath(middles[0] if from_middle and middles else first)
    if middles and not from_middle:
        path.lineTo(middles[0])
    for (x, y), middle in zip(xy[1:-1].tolist(), middles[1:], strict=True):
        path.quadTo(QPointF(x, y), middle)
    if not to_middle:
        path.lineTo(last)
    return path


def outline(xy: Points, radii: Points) -> QPainterPath:
    """Return one shape of round ends and the sides between them, to be filled in one go.

    All parts turn the same way, so that with the winding rule overlaps stay filled; painted one
    by one, their soft edges would add up to hard ones.
    """
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for (x, y), radius in zip(xy.tolist(), radii.tolist(), strict=True):
        path.addEllipse(QPointF(x, y), radius, radius)
    steps = np.diff(xy, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    for i in np.flatnonzero(lengths > 0):
        side = np.array([-steps[i, 1], steps[i, 0]]) / lengths[i]
        a, b, ra, rb = xy[i], xy[i + 1], radii[i], radii[i + 1]
        corners = (a - side * ra, b - side * rb, b + side * rb, a + side * ra)
        path.addPolygon(QPolygonF([QPointF(*corner.tolist()) for corner in corners]))
        path.closeSubpath()
    return path


def _paint_even(
    painter: QPainter, path: QPainterPath, width: float, pressure: float, colour: QColor
) -> None:
    pen = QPen(colour, width * (_LIGHTEST + (1 - _LIGHTEST) * pressure))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if path.controlPointRect().isNull():
        painter.drawPoint(path.currentPosition())  # a path without length leaves no dot
    else:
        # Qt's own outlines of curves leave hairline holes at sharp corners; polylines do not.
        painter.drawPolyline(_COARSER.map(path.toSubpathPolygons(_FINER)[0]))


def _samples(points: Points, from_middle: bool, to_middle: bool) -> Points:  # noqa: FBT001
    if len(points) == 2:
        middle = points.mean(axis=0)
        return np.stack([middle if from_middle else points[0], middle if to_middle else points[1]])
    samples = smooth(points, _SPACING)
    return samples[int(from_middle) : len(samples) - int(to_middle)]
