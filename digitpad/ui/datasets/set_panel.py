"""The data browser's left side: all data sets together, or one of them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QStyle, QVBoxLayout, QWidget

from digitpad.ui.widgets.filter_row import FilterRow

ALL = "All data sets"
_LEAST_LETTERS, _MOST_LETTERS = 22, 48


class SetPanel(QScrollArea):
    """A row for each data set, with the number of its drawings; as wide as the longest name.

    Signal ``set_chosen(object)``: the place (int) of the set; None for all together.
    """

    set_chosen = Signal(object)

    def __init__(
        self, titles: Sequence[str], sizes: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Data sets")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows = [FilterRow(name) for name in (ALL, *titles)]
        group = QButtonGroup(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        total = sum(sizes)
        for place, (row, size) in enumerate(zip(self.rows, (total, *sizes), strict=True)):
            row.show_count(size, total)
            row.clicked.connect(partial(self.set_chosen.emit, place - 1 if place else None))
            group.addButton(row)
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.rows[0].setChecked(True)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        letter = self.fontMetrics().averageCharWidth()
        needed = inner.sizeHint().width() + bar
        self.setMinimumWidth(min(needed, _LEAST_LETTERS * letter))
        self.setMaximumWidth(min(needed, _MOST_LETTERS * letter))

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), super().sizeHint().height())
