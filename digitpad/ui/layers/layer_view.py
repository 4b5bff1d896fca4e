"""One layer: its name, and its feature maps side by side, every pixel of them crisp."""

import math
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.core.drawing import Image
from digitpad.ui.colours import Colours
from digitpad.ui.widgets.pixels import tinted

_MAP, _UNIT = 42, 9
"""About how wide a map is and how wide one of a single pixel, in device-independent pixels."""
_GAP = 4


class LayerView(QWidget):
    """Shows maps of one shape, (n, height, width), 0 to 255; they may change, the shape may not.

    ``is_input`` paints in the ink's colour, what layers answer is in the accent colour.
    """

    def __init__(self, name: str, maps: Image, *, is_input: bool = False) -> None:
        super().__init__()
        self._name, self._is_input = name, is_input
        self._maps = maps
        self._painted: QImage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{name}: {self.about()}")

    @property
    def shape(self) -> tuple[int, int, int]:
        count, height, width = self._maps.shape
        return count, height, width

    def about(self) -> str:
        """Say how many maps of which size there are."""
        count, height, width = self.shape
        if self._is_input:
            return f"{height} \u00d7 {width} pixels"
        if height == width == 1:
            return f"{count} units"
        return f"{count} maps of {height} \u00d7 {width}"

    def show_maps(self, maps: Image) -> None:
        self._maps = maps
        self._painted = None
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left_of_about() + self.fontMetrics().horizontalAdvance(self.about()), 0)

    def sizeHint(self) -> QSize:
        return QSize(640, self.heightForWidth(640))

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._maps) // self._columns(width))
        return math.ceil(self._top() + rows * (self._side(1) + _GAP) - _GAP)

    def areas(self) -> Iterator[QRectF]:
        """Yield where each map is painted."""
        columns = self._columns(self.width())
        wide, high = self._side(2) + _GAP, self._side(1) + _GAP
        for index in range(len(self._maps)):
            row, column = divmod(index, columns)
            place = column * wide, self._top() + row * high
            yield QRectF(*place, wide - _GAP, high - _GAP)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._painted = None
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        self._write(painter, colours)
        if self._painted is None:
            self._painted = self._below_each_other(colours)
        _, height, width = self.shape
        for index, area in enumerate(self.areas()):
            if area.intersects(QRectF(event.rect())):
                part = QRectF(0, index * height, width, height)
                painter.drawImage(area, self._painted, part)
        painter.end()

    def _write(self, painter: QPainter, colours: Colours) -> None:
        base = self.fontMetrics().ascent()
        painter.setFont(self._bold())
        painter.setPen(colours.text)
        painter.drawText(0, base, self._name)
        painter.setFont(self.font())
        painter.setPen(colours.quiet)
        painter.drawText(self._left_of_about(), base, self.about())

    def _left_of_about(self) -> int:
        return QFontMetrics(self._bold()).horizontalAdvance(self._name + "  ")

    def _bold(self) -> QFont:
        font = self.font()
        font.setBold(True)
        return font

    def _below_each_other(self, colours: Colours) -> QImage:
        """Return all maps as one image."""
        strong = colours.ink if self._is_input else colours.accent
        image = tinted(self._maps.reshape(-1, self.shape[2]), colours.paper, strong)
        return image.convertToFormat(QImage.Format.Format_RGB32)

    def _columns(self, width: int) -> int:
        """Return how many maps go beside each other: networks like multiples of eight."""
        room = int((width + _GAP) // (self._side(2) + _GAP))
        return room - room % 8 if room > 8 else max(room, 1)

    def _side(self, axis: int) -> float:
        """Return how long a map is: a whole number of the screen's pixels for each of its own."""
        longest = max(self.shape[1:])
        wanted = (2 if self._is_input else 1) * _MAP if longest > 1 else _UNIT
        ratio = self.devicePixelRatioF()
        return max(round(wanted * ratio / longest), 1) * self.shape[axis] / ratio

    def _top(self) -> int:
        return self.fontMetrics().height() + 2 * _GAP
