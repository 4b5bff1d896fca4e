"""Labels of a few kinds, so that all windows speak with one voice."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget


def heading(text: str = "", size: float = 1.5) -> QLabel:
    """Return a bold label, ``size`` times the usual one."""
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * size)
    font.setBold(True)
    label.setFont(font)
    label.setWordWrap(True)
    return label


def quiet(text: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label that explains and does not ask for attention, in every theme."""
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(wrap)
    return label


class OneLine(QLabel):
    """A quiet line that ends in dots where there is no room for it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        room, dots = self.contentsRect(), Qt.TextElideMode.ElideRight
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), dots, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class Tile(QWidget):
    """A figure with its name above it; the figure may change, nothing else moves."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.figure = heading("\N{EN DASH}", 1.15)
        self.figure.setWordWrap(False)
        self.figure.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(quiet(name, wrap=False))
        column.addWidget(self.figure)

    def show_figure(self, text: str) -> None:
        self.figure.setText(text)
        self.figure.setAccessibleName(f"{self._name}: {text}")
