"""A row of choices of which exactly one is taken, flat and painted from the palette."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.flat_choice import FlatChoice

_RADIUS = 7.0
_PAD = 14
_HEIGHT = 32


class Segments(QWidget):
    """The choices side by side, the first one taken.

    Signal ``chosen(int)``: the index of the choice that the person has just taken.
    """

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for index, text in enumerate(texts):
            button = _Segment(text, self)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)
        self.setFixedHeight(_HEIGHT)

    def choice(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Take a choice as if the person had clicked it."""
        self._group.button(index).click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(colours.window, colours.text, 0.08))
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        painter.end()


class _Segment(FlatChoice):
    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _PAD
        return QSize(width, _HEIGHT - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setBrush(colours.paper)
            painter.setPen(QPen(colours.border, 1))
            painter.drawRoundedRect(area, _RADIUS - 2, _RADIUS - 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS - 2, _RADIUS - 2)
        strong = self.isChecked() or self.underMouse()
        painter.setPen(colours.text if strong else colours.quiet)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
