"""A dot in a colour of the theme."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.ui.colours import Colours


class Dot(QWidget):
    """A round dot in the middle of a square of ``side`` logical pixels."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diameter = 0.0
        self._colour: Callable[[Colours], QColor] = lambda colours: colours.text
        self.setFixedSize(QSize(side, side))

    def show_dot(self, diameter: float, colour: Callable[[Colours], QColor]) -> None:
        """Show a dot of ``diameter`` logical pixels in ``colour`` of whatever the theme is."""
        self._diameter, self._colour = diameter, colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(Colours.of(self.palette())))
        radius = self._diameter / 2
        painter.drawEllipse(QPointF(self.rect().toRectF().center()), radius, radius)
        painter.end()
