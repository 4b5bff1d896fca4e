"""Where a drawing stands on the canvas when it was made for another size."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTransform

from digitpad.core.drawing import Drawing
from digitpad.core.ink import Box, Ink

_TINY = 24.0
_SHARE = 0.6
_SLACK = 0.5
_MARGIN = 16.0


def view_of(drawing: Drawing, area: QRectF, now: QTransform | None = None) -> QTransform:
    """Return the map from ``drawing`` to ``area``.

    Ink stands where it was drawn, or shrunk where that would hide some of it; ``now`` is kept if
    it hides nothing, so that the ink does not jump. What is shrunk leaves a margin; a picture fills
    all within it.
    """
    inner = area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    if isinstance(drawing, Ink):
        bounds = drawing.bounds()
        if bounds is None:
            return QTransform()
        if now is not None and is_visible(bounds, now, area):
            return now
        reach = max(stroke.width for stroke in drawing.strokes) / 2
        box = rect_of(bounds).adjusted(-reach, -reach, reach, reach)
        return QTransform() if area.contains(box) else _moved_in(box, inner)
    return fitted(QRectF(0, 0, drawing.width, drawing.height), inner)


def rect_of(box: Box) -> QRectF:
    return QRectF(*box)


def fitted(box: QRectF, area: QRectF) -> QTransform:
    """Return the map that brings ``box`` into the middle of ``area``, as large as it fits."""
    scale = min(area.width() / max(box.width(), 1e-9), area.height() / max(box.height(), 1e-9))
    centre, target = box.center(), area.center()
    transform = QTransform.fromTranslate(target.x(), target.y())
    transform.scale(scale, scale)
    return transform.translate(-centre.x(), -centre.y())


def is_visible(bounds: Box, view: QTransform, area: QRectF) -> bool:
    """Tell whether ``bounds`` lie in ``area`` when seen through ``view``."""
    slack = area.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    return slack.contains(_mapped(bounds, view))


def placed(ink: Ink, area: QRectF) -> Ink:
    """Return ``ink`` from elsewhere, moved and scaled into ``area`` only where that is needed."""
    bounds = ink.bounds()
    if bounds is None:
        return ink
    longest = max(bounds.width, bounds.height)
    if longest == 0 or (longest >= _TINY and is_visible(bounds, QTransform(), area)):
        return ink
    view = fitted(rect_of(bounds), _inset(area, _SHARE))
    return ink.transformed(view.m11(), view.dx(), view.dy())


def _moved_in(box: QRectF, area: QRectF) -> QTransform:
    """Return the smallest change that brings ``box`` into ``area``: shrunk, then moved."""
    scale = min(1.0, area.width() / max(box.width(), 1.0), area.height() / max(box.height(), 1.0))
    x = min(max(box.left() * scale, area.left()), area.right() - box.width() * scale)
    y = min(max(box.top() * scale, area.top()), area.bottom() - box.height() * scale)
    view = QTransform.fromTranslate(x - box.left() * scale, y - box.top() * scale)
    return view.scale(scale, scale)


def _inset(area: QRectF, share: float) -> QRectF:
    inner = QRectF(0, 0, area.width() * share, area.height() * share)
    inner.moveCenter(area.center())
    return inner


def _mapped(box: Box, view: QTransform) -> QRectF:
    """Map ``box``; a flat one is given some height, as Qt ignores empty rectangles."""
    return view.mapRect(QRectF(box.left, box.top, max(box.width, 1e-6), max(box.height, 1e-6)))
