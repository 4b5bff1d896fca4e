"""The status bar: how the recogniser is on the left, the time from pen to bars on the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from digitpad.ui.colours import Colours
from digitpad.ui.states import RecogniserState
from digitpad.ui.widgets.dot import Dot
from digitpad.ui.widgets.labels import OneLine

_DOT = 8
_COLOURS: dict[RecogniserState, Callable[[Colours], QColor]] = {
    RecogniserState.LOADING: lambda colours: colours.bar,
    RecogniserState.READY: lambda colours: colours.ready,
    RecogniserState.ERROR: lambda colours: colours.error,
}


class StatusBar(QStatusBar):
    """Two quiet texts and a coloured dot; none of them moves another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 2, 16, 4)
        self._dot = Dot(_DOT + 4, self)
        self.state = OneLine()
        self.state.setAccessibleName("Recogniser")
        self.latency = QLabel(self)
        self.latency.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.latency.setMinimumWidth(140)
        self.latency.setToolTip("Time from a pen movement until the bars show the answer")
        self.addWidget(self._dot)
        self.addWidget(self.state, 1)
        self.addPermanentWidget(self.latency)

    def show_recogniser_state(self, text: str, state: RecogniserState) -> None:
        self.state.setText(text)
        self.state.setAccessibleName(f"Recogniser: {text}")
        self._dot.show_dot(_DOT, _COLOURS[state])

    def show_latency(self, milliseconds: float | None) -> None:
        """Show the time to a whole millisecond; None shows nothing."""
        text = "" if milliseconds is None else f"Latency {max(round(milliseconds), 1)} ms"
        if text != self.latency.text():
            self.latency.setText(text)
