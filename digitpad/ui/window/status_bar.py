"""The status bar: how the recogniser is on the left, the time from pen to bars on the right."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from digitpad.ui.colours import Colours
from digitpad.ui.states import RecogniserState

_DOT = 8


class StatusBar(QStatusBar):
    """Two quiet texts and a coloured dot; none of them moves another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 2, 12, 4)
        self._dot = _Dot(self)
        self.state = QLabel(self)
        self.state.setAccessibleName("Recogniser")
        self.latency = QLabel(self)
        self.latency.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.latency.setMinimumWidth(140)
        self.latency.setToolTip("Time from the pen's movement to the bars that show its answer")
        self.addWidget(self._dot)
        self.addWidget(self.state, 1)
        self.addPermanentWidget(self.latency)

    def show_recogniser_state(self, text: str, state: RecogniserState) -> None:
        self.state.setText(text)
        self.state.setAccessibleName(f"Recogniser: {text}")
        self._dot.show_state(state)

    def show_latency(self, milliseconds: float | None) -> None:
        """Show the time to a whole millisecond; None shows nothing."""
        text = "" if milliseconds is None else f"{max(round(milliseconds), 1)} ms to bars"
        if text != self.latency.text():
            self.latency.setText(text)


class _Dot(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = RecogniserState.LOADING
        self.setFixedSize(QSize(_DOT + 4, _DOT + 4))

    def show_state(self, state: RecogniserState) -> None:
        self._state = state
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_dot_colour(self._state, Colours.of(self.palette())))
        painter.drawEllipse(QPointF(self.rect().toRectF().center()), _DOT / 2, _DOT / 2)
        painter.end()


def _dot_colour(state: RecogniserState, colours: Colours) -> QColor:
    match state:
        case RecogniserState.READY:
            return colours.ready
        case RecogniserState.ERROR:
            return colours.error
    return colours.bar
