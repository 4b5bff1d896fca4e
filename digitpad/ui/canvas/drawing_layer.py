"""The drawing in the screen's own pixels: painted once, then only added to."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPixmap

from digitpad.ui.colours import Colours

Paint = Callable[[QPainter], None]
_Mode = QPainter.CompositionMode


class DrawingLayer:
    """The drawing on its paper. All areas are in logical pixels.

    A growing stroke is added in pieces that overlap. Painted on one another their soft edges
    would add up to a bump, so at every pixel the stronger of old and new ink is kept.
    """

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._paper = 0
        self._stronger = _Mode.CompositionMode_Darken
        self._beneath_tip: tuple[QPoint, QPixmap] | None = None

    def pixmap(self, size: QSize, ratio: float) -> QPixmap | None:
        """Return the pixmap, None where there is none of that size and screen."""
        kept = self._pixmap
        if kept is None or kept.devicePixelRatio() != ratio or kept.size() != _whole(size, ratio):
            return None
        return kept

    def invalidate(self) -> None:
        self._pixmap = self._beneath_tip = None

    def renew(self, size: QSize, ratio: float, colours: Colours, paint: Paint) -> QPixmap:
        """Make a new pixmap of what ``paint`` paints on empty paper."""
        self.invalidate()
        dark_on_light = colours.ink.lightness() < colours.paper.lightness()
        self._stronger = (
            _Mode.CompositionMode_Darken if dark_on_light else _Mode.CompositionMode_Lighten
        )
        self._paper = colours.paper.rgb()
        pixmap = QPixmap(_whole(size, ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(colours.paper)
        painter = QPainter(pixmap)
        paint(painter)
        painter.end()
        self._pixmap = pixmap
        return pixmap

    def add(self, area: QRectF, paint: Paint) -> None:
        """Add what ``paint`` paints within ``area``. What is missing will be renewed anyway."""
        if self._pixmap is None:
            return
        ratio = self._pixmap.devicePixelRatio()
        place = self._place(self._pixmap, area)
        if place.isEmpty():  # beyond the sheet
            return
        patch = QImage(place.size(), QImage.Format.Format_RGB32)
        patch.fill(self._paper)
        painter = QPainter(patch)
        painter.translate(-place.topLeft())
        painter.scale(ratio, ratio)
        paint(painter)
        painter.end()
        self._lay(place.topLeft(), QPixmap.fromImage(patch), self._stronger)

    def add_tip(self, area: QRectF, paint: Paint) -> None:
        """Add what ``take_tip_back`` takes away again."""
        if self._pixmap is not None:
            place = self._place(self._pixmap, area)
            if not place.isEmpty():
                beneath = self._pixmap.copy(place)
                beneath.setDevicePixelRatio(1)
                self._beneath_tip = place.topLeft(), beneath
            self.add(area, paint)

    def take_tip_back(self) -> None:
        if self._beneath_tip is not None:
            self._lay(*self._beneath_tip, _Mode.CompositionMode_Source)
            self._beneath_tip = None

    def keep_tip(self) -> None:
        self._beneath_tip = None

    def _place(self, pixmap: QPixmap, area: QRectF) -> QRect:
        """Return ``area`` in the pixmap's own pixels, with one more all around."""
        ratio = pixmap.devicePixelRatio()
        corner, size = area.topLeft() * ratio, area.size() * ratio
        return QRectF(corner, size).toAlignedRect().adjusted(-1, -1, 1, 1) & pixmap.rect()

    def _lay(self, at: QPoint, pixmap: QPixmap, mode: QPainter.CompositionMode) -> None:
        if self._pixmap is None:
            return
        painter = QPainter(self._pixmap)
        painter.scale(1 / self._pixmap.devicePixelRatio(), 1 / self._pixmap.devicePixelRatio())
        painter.setCompositionMode(mode)
        painter.drawPixmap(at, pixmap)
        painter.end()


def _whole(size: QSize, ratio: float) -> QSize:
    return QSize(round(size.width() * ratio), round(size.height() * ratio))
