"""The 28x28 image as the network sees it, every pixel crisp."""

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.core.drawing import SIDE, Image, Normalised
from digitpad.ui.colours import Colours
from digitpad.ui.widgets.pixels import crisp_square, paint_framed, tinted

_RADIUS = 4.0
_CAPTION_GAP = 16.0
_CAPTION = "What the network sees"
_CAPTION_LINES = 3


class InputView(QWidget):
    """Shows a Normalised's image, ink in the theme's ink colour, or an empty grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grey: Image | None = None
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(_CAPTION)
        self.setToolTip(
            "The drawing as the network receives it: 28 by 28 pixels, centred as in MNIST"
        )

    def minimumSizeHint(self) -> QSize:
        line = math.ceil(QFontMetricsF(self.font()).lineSpacing())
        return QSize(0, max(SIDE * 2 + 2, _CAPTION_LINES * line))

    def sizeHint(self) -> QSize:
        return QSize(300, SIDE * 5 + 2)

    def show_normalised(self, normalised: Normalised | None) -> None:
        """Show ``normalised.image``; None empties the view."""
        self._grey = None if normalised is None else normalised.image
        self._image = self._tinted()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._image = self._tinted()
            self.update()
        super().changeEvent(event)

    def image_area(self) -> QRectF:
        """Return the square of the picture: whole screen pixels for each of its pixels."""
        ratio = self.devicePixelRatioF()
        area = crisp_square(self.rect().toRectF().adjusted(1, 1, -1, -1), ratio)
        area.moveTo(1, round((self.height() - 1 - area.height()) * ratio) / ratio)
        return area

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        area = self.image_area()
        paint_framed(painter, area, self._image, colours)
        left = area.right() + _CAPTION_GAP
        height = max(area.height(), _CAPTION_LINES * self.fontMetrics().lineSpacing())
        caption = QRectF(left, area.bottom() - height, self.width() - left, height)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.setPen(colours.quiet)
        painter.drawText(caption, flags, f"{_CAPTION}:\n{SIDE} \u00d7 {SIDE} pixels")
        painter.end()

    def _tinted(self) -> QImage | None:
        colours = Colours.of(self.palette())
        return None if self._grey is None else tinted(self._grey, colours.paper, colours.ink)
