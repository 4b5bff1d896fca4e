"""Three ways to look at an exhibit: confusion matrices, reliability plots, the digits' table."""

from enum import IntEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from digitpad.ui.evaluation import exhibit as parts
from digitpad.ui.evaluation.class_table import ClassTable
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.framing import framed
from digitpad.ui.evaluation.matrix import MatrixView
from digitpad.ui.evaluation.reliability import ReliabilityPlot
from digitpad.ui.evaluation.side_by_side import SideBySide
from digitpad.ui.widgets.labels import quiet

_LEGEND_LINES = 2


class View(IntEnum):
    """What can be looked at, in the order of the choices."""

    MATRIX = 0
    RELIABILITY = 1
    CLASSES = 2


_LEGENDS = {
    View.MATRIX: "Rows: label. Columns: answer, \N{EN DASH} for not a digit. "
    "Choose a cell to see its drawings.",
    View.RELIABILITY: "On the dashed line: well calibrated; above: underconfident; "
    "below: overconfident. Choose a bar to see its drawings.",
    View.CLASSES: "A refused drawing counts as missed. Choose a row to see its drawings.",
}


class Views(QWidget):
    """Shows one view at a time; of two evaluations, called ``titles``, side by side.

    Signal ``selected(object)``: a Selection of drawings that the person pointed at.
    """

    selected = Signal(object)

    def __init__(self, titles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exhibit: Exhibit | None = None
        self._shares = True
        titles = titles if len(titles) > 1 else ("",)
        self.matrices = [MatrixView(name, self) for name in titles]
        self.plots = [ReliabilityPlot(name, self) for name in titles]
        for index, (matrix, plot) in enumerate(zip(self.matrices, self.plots, strict=True)):
            matrix.cell_chosen.connect(partial(self._on_cell_chosen, index))
            plot.bin_chosen.connect(partial(self._on_bin_chosen, index))
        self.table = ClassTable(self)
        self.table.digit_chosen.connect(self._on_digit_chosen)
        self._stack = QStackedWidget(self)
        self._matrices_page = SideBySide(titles, self.matrices)
        for page in (self._matrices_page, SideBySide(titles, self.plots), self.table):
            self._stack.addWidget(page)
        self._legend = quiet()
        self._legend.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._legend.setMinimumHeight(_LEGEND_LINES * self._legend.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._stack, 1)
        column.addWidget(self._legend)
        self.show_view(View.MATRIX)

    def show_exhibit(self, exhibit: Exhibit) -> None:
        self._exhibit = exhibit
        self.table.show_exhibit(exhibit)
        for evaluation, matrix, plot in zip(
            exhibit.evaluations, self.matrices, self.plots, strict=True
        ):
            matrix.show_evaluation(evaluation)
            plot.show_evaluation(evaluation)

    def show_view(self, view: View) -> None:
        self._stack.setCurrentIndex(view)
        self._legend.setText(_LEGENDS[view])

    def show_shares(self, *, shares: bool) -> None:
        """Show percentages in the matrices, or counts."""
        self._shares = shares
        for matrix in self.matrices:
            matrix.show_shares(shares=shares)

    def matrices_image(self, title: str) -> QImage:
        """Return the matrices as a picture with ``title``, whichever view is shown."""
        numbers = "percent of the row" if self._shares else "drawings"
        legend = f"Rows: label. Columns: answer. Numbers: {numbers}."
        size = self._stack.size().expandedTo(self._matrices_page.whole_size())
        return framed(self._matrices_page, size, title, legend)

    def _on_cell_chosen(self, index: int, label: int, answer: int) -> None:
        for other, matrix in enumerate(self.matrices):
            if other != index:
                matrix.clearSelection()
        if self._exhibit is not None:
            self.selected.emit(parts.cell(self._exhibit, index, label, answer))

    def _on_bin_chosen(self, index: int, number: int) -> None:
        if self._exhibit is not None:
            self.selected.emit(parts.in_bin(self._exhibit, index, number))

    def _on_digit_chosen(self, digit: int) -> None:
        if self._exhibit is not None:
            self.selected.emit(parts.of_digit(self._exhibit, digit))
