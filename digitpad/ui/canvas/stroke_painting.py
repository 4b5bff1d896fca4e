"""Paints strokes as smooth curves, with a width that follows the pressure."""

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from digitpad.core.ink import Ink, Points, Stroke
from digitpad.core.lazy import np
from digitpad.ui.canvas.outline import outline

_LIGHTEST = 0.3
"""Share of the pen's width that is left at no pressure at all."""
_SPACING = 2.0
_MOST_PIECES = 64
_MOST_PIECES_IN_ALL = 40_000
"""Of one stroke. No hand draws as many, and where a file has, each piece is a small one anyway."""
_LONGEST_WAY = 500
"""Times the larger side of what a stroke covers: a longer way blackens it whatever way it takes."""
_LONGEST_PATH = 1000
"""Points of a curve that are filled at once; Qt's rasteriser slows down with their square."""


class StrokePaths:
    """The outlines of a drawing's strokes, kept from one painting to the next.

    Strokes are never changed, so what was outlined once only has to be filled again.
    """

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Stroke, list[QPainterPath]]] = {}

    def paint(self, painter: QPainter, ink: Ink, colour: QColor) -> None:
        """Paint ``ink``, and keep the outlines of its strokes and of no others."""
        old = self._kept
        self._kept = {
            id(stroke): old.get(id(stroke)) or (stroke, curve_paths(stroke.points, stroke.width))
            for stroke in ink.strokes
        }
        for _, paths in self._kept.values():
            fill(painter, paths, colour)


def curve_paths(
    points: Points, width: float, *, from_middle: bool = False, to_middle: bool = False
) -> list[QPainterPath]:
    """Return outlines of the curve of ``points``, quadratics through the middles of segments.

    It starts and ends at the first and last point exactly or, where asked, at the middle of the
    first or last segment, so that a long curve can be painted in pieces that meet. There is one
    outline, and more that meet where the curve is longer than anybody draws.
    """
    curve = along_curve(_distinct(points), from_middle=from_middle, to_middle=to_middle)
    radii = width / 2 * (_LIGHTEST + (1 - _LIGHTEST) * curve[:, 2])
    starts = range(0, max(len(curve) - 1, 1), _LONGEST_PATH)
    parts = (slice(start, start + _LONGEST_PATH + 1) for start in starts)
    return [_path(outline(curve[part, :2], radii[part])) for part in parts]


def fill(painter: QPainter, paths: Iterable[QPainterPath], colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for path in paths:
        painter.fillPath(path, colour)


def along_curve(points: Points, *, from_middle: bool = False, to_middle: bool = False) -> Points:
    """Return points (x, y, pressure) along the curve, about two units apart where not too many."""
    if len(points) == 1:
        return points
    middles = (points[:-1] + points[1:]) / 2
    sizes = np.hypot(*(middles[1:, :2] - middles[:-1, :2]).T)
    most = min(max(_MOST_PIECES_IN_ALL // len(points), 1), _MOST_PIECES)
    pieces = np.clip(np.ceil(sizes / _SPACING), 1, most).astype(int)
    bend = np.repeat(np.arange(len(pieces)), pieces)
    place = np.arange(1, len(bend) + 1) - (np.cumsum(pieces) - pieces)[bend]
    t = (place / pieces[bend])[:, None]
    start, control, end = middles[bend], points[bend + 1], middles[bend + 1]
    bends = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    ends = points[:0] if from_middle else points[:1], points[:0] if to_middle else points[-1:]
    return np.concatenate([ends[0], middles[:1], bends, ends[1]])


def _distinct(points: Points) -> Points:
    """Return the points, or some of them where their way is so long that nobody can tell."""
    xy = points[:, :2]
    way, side = np.hypot(*np.diff(xy, axis=0).T).sum(), np.ptp(xy, axis=0).max()
    if way <= _LONGEST_WAY * side:
        return points
    kept = int(len(points) * _LONGEST_WAY * side / way)
    some: Points = points[np.linspace(0, len(points) - 1, max(kept, 2)).astype(int)]
    return some


def _path(xy: Points) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addPolygon(_polygon(xy))
    return path


def _polygon(xy: Points) -> QPolygonF:
    """Return a polygon of ``xy`` (n, 2), read from a stream, as that is much the fastest."""
    data = QByteArray(len(xy).to_bytes(4, "big") + xy.astype(">f8").tobytes())
    polygon = QPolygonF()
    QDataStream(data) >> polygon
    return polygon
