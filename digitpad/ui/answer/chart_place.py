"""The place of the bars in the window, shown before pyqtgraph, which they need, is loaded."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from digitpad.core.prediction import Prediction

if TYPE_CHECKING:
    from digitpad.ui.answer.chart import ProbabilityChart


class ChartPlace(QWidget):
    """As large as the chart will be. Signals, from it: ``painted()``, ``bar_clicked(int)``."""

    painted = Signal()
    bar_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: ProbabilityChart | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 96)

    @property
    def chart(self) -> "ProbabilityChart":
        """The chart, made when it is first needed."""
        from digitpad.ui.answer.chart import ProbabilityChart

        if self._chart is None:
            self._chart = ProbabilityChart(self)
            self._chart.painted.connect(self.painted)
            self._chart.bar_clicked.connect(self.bar_clicked)
            self._column.addWidget(self._chart)
        return self._chart

    def sizeHint(self) -> QSize:
        return QSize(300, 220)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Set the bars; None empties them, if there are any yet."""
        if prediction is not None or self._chart is not None:
            self.chart.show_prediction(prediction)
