"""One line of the filter: a name, how many there are, and a bar that compares the lines."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.flat_choice import FlatChoice
from digitpad.ui.wording import count, drawings

_HEIGHT, _AIR = 30, 8
_PAD = 10.0
_RADIUS = 6.0
_BAR_HEIGHT, _LEAST_BAR = 6.0, 80.0
_WIDEST_COUNT = "99,999  "


class FilterRow(FlatChoice):
    """A choice among rows; ``bar`` where its count is also drawn. A long name has dots inside."""

    def __init__(self, text: str, parent: QWidget | None = None, *, bar: bool = False) -> None:
        super().__init__(text, parent)
        self._has_bar = bar
        self._count = 0
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_count(0, 0)

    def sizeHint(self) -> QSize:
        """Return room for the name, a bar if there is one, and the count."""
        bar = _LEAST_BAR if self._has_bar else 0.0
        width = 2 * _PAD + self._name_width() + bar + self._widest_count()
        return QSize(math.ceil(width), max(_HEIGHT, self.fontMetrics().height() + _AIR))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def show_count(self, count: int, longest: int) -> None:
        """Show a count, and as its bar the share of the ``longest`` one."""
        self._count = count
        self._share = count / longest if longest else 0.0
        name = f"Labelled {self.text()}" if self._has_bar else self.text()
        self.setAccessibleName(f"{name}: {drawings(count)}")
        self.setToolTip(self.accessibleName())
        self.update()

    def count(self) -> int:
        return self._count

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, colours)
        inner = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD, 0)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(colours.accent if self.isChecked() else colours.text)
        middle = Qt.AlignmentFlag.AlignVCenter
        room = round(inner.width() - self._count_width())
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, text)
        if not self.isChecked():
            painter.setPen(colours.quiet)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, count(self._count))
        if self._has_bar:
            self._paint_bar(painter, self._bar_area(inner), colours)
        painter.end()

    def _name_width(self) -> int:
        """Return the width of the name where it is chosen, and of some air after it."""
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(strong).horizontalAdvance(f"{self.text()}  ")

    def _widest_count(self) -> int:
        return self.fontMetrics().horizontalAdvance(_WIDEST_COUNT)

    def _bar_area(self, inner: QRectF) -> QRectF:
        return inner.adjusted(self._name_width(), 0, -self._widest_count(), 0)

    def _count_width(self) -> int:
        """Return the width of the count, and of the air before it."""
        return self.fontMetrics().horizontalAdvance(f"{count(self._count)}  ")

    def _paint_ground(self, painter: QPainter, colours: Colours) -> None:
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(mix(colours.window, colours.accent, 0.14))
            painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
        elif self.underMouse():
            painter.setBrush(mix(colours.window, colours.text, 0.06))
            painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRoundedRect(ground, _RADIUS, _RADIUS)

    def _paint_bar(self, painter: QPainter, area: QRectF, colours: Colours) -> None:
        bar = QRectF(area.left(), area.center().y() - _BAR_HEIGHT / 2, area.width(), _BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(colours.window, colours.text, 0.08))
        painter.drawRoundedRect(bar, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        if self._count:
            bar.setWidth(max(bar.width() * self._share, _BAR_HEIGHT))
            painter.setBrush(colours.accent if self.isChecked() else colours.bar)
            painter.drawRoundedRect(bar, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
