"""Ten live bars, one per digit: the winner in the accent colour, the others quiet."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.prediction import DIGITS, Prediction
from digitpad.ui.widgets.bar_chart import BarChart
from digitpad.ui.wording import percent, spoken_list

_SHOWN_FROM = 0.05


class ProbabilityChart(BarChart):
    """The probabilities of the ten digits.

    Signal, besides ``bar_clicked(int)`` of a BarChart: ``painted()``: the bars have been painted
    after a call of show_prediction.
    """

    painted = Signal()

    _unpainted = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([str(digit) for digit in range(DIGITS)], parent)
        self.setAccessibleName("Probabilities of the ten digits")

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Set the bars; None empties them."""
        heights = (0.0,) * DIGITS if prediction is None else prediction.probabilities
        winner = None if prediction is None else prediction.digit
        self._unpainted = True
        if prediction is None:
            self.point_at(None)
        if heights == self.heights() and winner == self.winner():
            self.viewport().update()
            return
        self.mark(winner)
        self.setAccessibleDescription(spoken_list(heights))
        self.show_bars(heights, lambda digit: _value(heights[digit]))

    def winner(self) -> int | None:
        """Return the digit that is marked."""
        return self._marked

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unpainted:
            self._unpainted = False
            self.painted.emit()


def _value(probability: float) -> str:
    return percent(probability) if probability >= _SHOWN_FROM else ""
