"""The browser's left side: all or only what was misread, and of which digit."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from digitpad.core.prediction import DIGITS
from digitpad.ui.samples.model import Filter
from digitpad.ui.widgets.filter_row import FilterRow

_LEAST_WIDTH = 196
_SPACE = 14


class FilterPanel(QWidget):
    """Rows to click, which show the counts and how the digits are distributed as well.

    Signal ``filter_chosen(object)``: the Filter; a click on the chosen digit lifts its filter.
    """

    filter_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = Filter()
        self.all = FilterRow("All", self)
        self.misread = FilterRow("Misread", self)
        self.digits = [FilterRow(str(digit), self, bar=True) for digit in range(DIGITS)]
        modes = QButtonGroup(self)
        for row in (self.all, self.misread):
            modes.addButton(row)
        self.all.setChecked(True)
        self.all.clicked.connect(partial(self._on_mode, only_misread=False))
        self.misread.clicked.connect(partial(self._on_mode, only_misread=True))
        for digit, row in enumerate(self.digits):
            row.clicked.connect(partial(self._on_digit, digit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.all)
        column.addWidget(self.misread)
        column.addSpacing(_SPACE)
        for row in self.digits:
            column.addWidget(row)
        column.addStretch(1)
        self.setFixedWidth(max(_LEAST_WIDTH, column.sizeHint().width()))

    def show_counts(self, total: int, misread: int, by_digit: Sequence[int]) -> None:
        """Show how many there are in all, misread, and of each digit."""
        self.all.show_count(total, total)
        self.misread.show_count(misread, total)
        for row, count in zip(self.digits, by_digit, strict=True):
            row.show_count(count, max(by_digit))

    def choose(self, wanted: Filter) -> None:
        """Take ``wanted`` as the person's choice."""
        (self.misread if wanted.only_misread else self.all).setChecked(True)
        self._choose(wanted)

    def _on_mode(self, *, only_misread: bool) -> None:
        self._choose(Filter(only_misread, self._filter.digit))

    def _on_digit(self, digit: int) -> None:
        again = self._filter.digit == digit
        self._choose(Filter(self._filter.only_misread, None if again else digit))

    def _choose(self, wanted: Filter) -> None:
        self._filter = wanted
        for digit, row in enumerate(self.digits):
            row.setChecked(digit == wanted.digit)
        self.filter_chosen.emit(wanted)
