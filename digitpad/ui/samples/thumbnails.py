"""Small pictures of drawings: made elsewhere, asked for when they are first seen, few kept."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from digitpad.core.drawing import Drawing, Picture
from digitpad.core.ink import Ink, Stroke
from digitpad.ui.canvas.fitting import fitted, rect_of
from digitpad.ui.canvas.stroke_painting import StrokePaths

SIDE = 104
"""Logical pixels."""

_MARGIN = 14.0
_EDGE = 8.0
_PENS = (2.5, 7.0)
_PEN_SHARE = 0.06
_KEPT_PIXELS = 16_000_000
_BATCH = 24


@dataclass(frozen=True, slots=True)
class Look:
    """How thumbnails are painted: the screen's pixels a logical one, and the colour of ink."""

    ratio: float
    ink: QColor


def render(drawing: Drawing, look: Look) -> QImage:
    """Return ``drawing`` fitted into a square of SIDE; may run on any thread."""
    side = round(SIDE * look.ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(look.ratio, look.ratio)
    area = QRectF(0, 0, SIDE, SIDE)
    if isinstance(drawing, Ink):
        _paint_ink(painter, drawing, area, look.ink)
    else:
        _paint_picture(painter, drawing, area, look.ratio)
    painter.end()
    image.setDevicePixelRatio(look.ratio)
    return image


class Thumbnails(QObject):
    """Keeps pictures by the numbers of their drawings, as many as fit in some memory.

    Signals:
        wanted(list): numbers of drawings that were asked for and are not here; answer each with
            put(), once.
        changed(): pictures have come.
    """

    wanted = Signal(list)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._missing: dict[int, None] = {}
        self._asked: list[int] = []
        self._waits = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)

    def pixmap(self, number: int) -> QPixmap | None:
        """Return a picture, or None and ask for it."""
        pixmap = self._kept.get(number)
        if pixmap is not None:
            self._kept.move_to_end(number)
            return pixmap
        self._missing[number] = None
        if not self._waits:
            self._timer.start()
        return None

    def put(self, images: Mapping[int, QImage]) -> None:
        """Take what was asked for; what is still in sight and missing will be asked for next."""
        for number in self._asked:
            # An empty one for a drawing that has gone, which must not be asked for for ever.
            self._kept[number] = QPixmap.fromImage(images.get(number, QImage()))
        self._asked, self._waits = [], False
        self._forget_oldest()
        self.changed.emit()

    def forget(self) -> None:
        """Drop all pictures, those that are being painted too: they are to look otherwise."""
        self._kept.clear()
        self._asked = []
        self.changed.emit()

    def _ask(self) -> None:
        """Ask for the latest only: what was passed in scrolling is not in sight any more."""
        if self._missing and not self._waits:
            self._asked, self._waits = list(self._missing)[-_BATCH:], True
            self._missing.clear()
            self.wanted.emit(list(self._asked))

    def _forget_oldest(self) -> None:
        pixels = sum(pixmap.width() * pixmap.height() for pixmap in self._kept.values())
        while pixels > _KEPT_PIXELS:
            _, pixmap = self._kept.popitem(last=False)
            pixels -= pixmap.width() * pixmap.height()


def _paint_ink(painter: QPainter, ink: Ink, area: QRectF, colour: QColor) -> None:
    """Paint ink as it was drawn, but never so thin or so thick that it cannot be made out."""
    bounds = ink.bounds()
    if bounds is None:
        return
    inner = area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    widest = max(stroke.width for stroke in ink.strokes)
    box = rect_of(bounds)
    spare = max(widest - max(box.width(), box.height()), 0.0) / 2  # a dot stays a dot
    view = fitted(box.adjusted(-spare, -spare, spare, spare), inner)
    visible = Ink(tuple(_visible(s, view.m11()) for s in ink.strokes))
    StrokePaths().paint(painter, visible.transformed(view.m11(), view.dx(), view.dy()), colour)


def _paint_picture(painter: QPainter, picture: Picture, area: QRectF, ratio: float) -> None:
    image = QImage.fromData(picture.png)
    if image.isNull():
        return
    inner = area.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    small = image.scaled(
        (inner.size() * ratio).toSize(),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    target = QRectF(0, 0, small.width() / ratio, small.height() / ratio)
    target.moveCenter(inner.center())
    painter.drawImage(target, small)


def _visible(stroke: Stroke, scale: float) -> Stroke:
    width = stroke.width * scale or SIDE * _PEN_SHARE
    return Stroke(stroke.points, min(max(width, _PENS[0]), _PENS[1]) / scale)
