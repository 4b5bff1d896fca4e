"""Labels of a few kinds, so that all windows speak with one voice."""

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

_LONG_WORD = re.compile("[!-~\u00a1-\u02ff\u0370-\u052f]{25,}")
_ZERO_WIDTH_SPACE = "\u200b"


class Wrapped(QLabel):
    """Plain text that wraps between words, and within one that is longer than words are.

    Names of models and files may be such words. What can be selected stays as it is, to be copied.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)

    def show_text(self, text: str, *, selectable: bool) -> None:
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flag.TextSelectableByMouse if selectable else flag.NoTextInteraction
        )
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's
        copied = self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        super().setText(text if copied else _LONG_WORD.sub(_breakable, text))


def heading(text: str = "", size: float = 1.5) -> QLabel:
    """Return a bold label, ``size`` times the usual one."""
    label = Wrapped(text)
    _enlarge(label, size)
    return label


def quiet(text: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label that explains and does not ask for attention, in every theme."""
    label = Wrapped(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(wrap)
    return label


class OneLine(QLabel):
    """A line of plain text that ends in dots where there is no room for it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the whole text as a tool tip where the line does not, if there is no other."""
        if isinstance(event, QHelpEvent) and not self.toolTip():
            whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
            QToolTip.showText(event.globalPos(), "" if whole else self.text(), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        room, dots = self.contentsRect(), Qt.TextElideMode.ElideRight
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), dots, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


def quiet_line() -> OneLine:
    """Return a line that explains; it takes what room there is and asks for none."""
    line = OneLine()
    line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return line


def heading_line(size: float = 1.5) -> OneLine:
    """Return a heading on one line."""
    line = OneLine()
    _enlarge(line, size)
    return line


class Tile(QWidget):
    """A figure with its name above it; the figure may change, nothing else moves."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.figure = heading("\N{EN DASH}", 1.15)
        self.figure.setWordWrap(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(quiet(name, wrap=False))
        column.addWidget(self.figure)

    def show_figure(self, text: str) -> None:
        self.figure.setText(text)
        self.figure.setAccessibleName(f"{self._name}: {text}")


def _enlarge(label: QLabel, size: float) -> None:
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * size)
    font.setBold(True)
    label.setFont(font)


def _breakable(word: re.Match[str]) -> str:
    return _ZERO_WIDTH_SPACE.join(word[0])
