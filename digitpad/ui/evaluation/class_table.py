"""Precision, recall and F1 of each digit, to be sorted by any of them."""

import math
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QObject,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from digitpad.core.prediction import DIGITS
from digitpad.ui.colours import Colours, mix
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.flat_header import FlatHeader
from digitpad.ui.evaluation.wording import share
from digitpad.ui.widgets.indexes import NOWHERE, Index
from digitpad.ui.widgets.tables import PlainTable
from digitpad.ui.wording import count

_SORT = Qt.ItemDataRole.UserRole
_BETTER = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT = 34
_LEAST_HEIGHT = 22
_WIDEST, _PADDING = "100.00 %", 10
_FIGURES = {"Precision": "precision", "Recall": "recall", "F1": "f1"}
_ABOUT = {
    "Precision": "Of the drawings recognised as this digit, the share that really are",
    "Recall": "Of the drawings of this digit, the share recognised as it, not refused",
    "F1": "The harmonic mean of precision and recall",
    "Drawings": "How many drawings of this digit there are (support)",
}


@dataclass(frozen=True, slots=True)
class _Column:
    """One figure of one model for the ten digits; ``better`` tells where it beats the other's."""

    figure: str
    model: str
    values: tuple[float, ...]
    better: tuple[bool, ...]

    @property
    def title(self) -> str:
        return f"{self.figure}, {self.model}" if self.model else self.figure


class ClassModel(QAbstractTableModel):
    """A row per digit; of two models their figures stand beside each other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: list[_Column] = []

    def show(self, exhibit: Exhibit) -> None:
        self.beginResetModel()
        self._columns = _columns(exhibit)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or not self._columns else DIGITS

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title.replace(", ", "\n")
        return _ABOUT.get(column.figure) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        value, better = column.values[index.row()], column.better[index.row()]
        text = share(value) if column.figure in _FIGURES else count(int(value))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignCenter)
            case Qt.ItemDataRole.AccessibleTextRole:
                ending = ", the better one" if better else ""
                return f"Digit {index.row()}, {column.title}: {text}{ending}"
        if role == _BETTER:
            return better
        # Without a value last, whichever way it is sorted.
        return (-1.0 if math.isnan(value) else value) if role == _SORT else None


class ClassTable(PlainTable):
    """The figures of each digit, a row each. Signal ``digit_chosen(int)``: the row gone to."""

    digit_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ClassModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_SORT)
        self.setModel(self._sorted)
        self.setAccessibleName("Precision, recall and F1 of each digit")
        header = FlatHeader(Qt.Orientation.Horizontal, self)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalHeader(header)
        self.verticalHeader().setMinimumSectionSize(_LEAST_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.setItemDelegate(_Cells(self))

    def sizeHint(self) -> QSize:
        return QSize(430, _ROW_HEIGHT * (DIGITS + 1))

    def minimumSizeHint(self) -> QSize:
        """Return room for the digit, and for the figures of all columns in full."""
        strong = QFont(self.font())
        strong.setBold(True)
        column = QFontMetrics(strong).horizontalAdvance(_WIDEST) + _PADDING
        height = self.horizontalHeader().height() + DIGITS * _LEAST_HEIGHT
        digit, figures = self.horizontalHeader().sectionSizeHint(0), self._model.columnCount() - 1
        return QSize(digit + figures * column, height)

    def show_exhibit(self, exhibit: Exhibit) -> None:
        self._model.show(exhibit)
        resize = QHeaderView.ResizeMode.ResizeToContents
        self.horizontalHeader().setSectionResizeMode(0, resize)
        self.updateGeometry()
        lines = len(exhibit.evaluations)
        self.horizontalHeader().setFixedHeight(
            _ROW_HEIGHT + (lines - 1) * self.fontMetrics().height()
        )

    def _on_selection_changed(self) -> None:
        rows = self.selectionModel().selectedRows()
        if rows:
            self.digit_chosen.emit(self._sorted.mapToSource(rows[0]).row())


class _Cells(QStyledItemDelegate):
    """A selection that does not shout, and the better figure in the accent colour."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        colours = Colours.of(option.palette)
        option.font.setBold(bool(index.data(_BETTER)))
        text = colours.accent if index.data(_BETTER) else colours.text
        role = QPalette.ColorRole
        for name, colour in (
            (role.Highlight, mix(colours.window, colours.accent, 0.16)),
            (role.HighlightedText, text),
            (role.Text, text),
        ):
            option.palette.setColor(name, colour)


def _columns(exhibit: Exhibit) -> list[_Column]:
    nothing = (False,) * DIGITS
    names = exhibit.titles if len(exhibit.names) > 1 else ("",)
    classes = [evaluation.classes for evaluation in exhibit.evaluations]
    columns = [_Column("Digit", "", tuple(map(float, range(DIGITS))), nothing)]
    for figure, attribute in _FIGURES.items():
        values = [tuple(getattr(one, attribute).tolist()) for one in classes]
        for name, own in zip(names, values, strict=True):
            better = tuple(
                any(share(row[d]) != share(own[d]) and own[d] > row[d] for row in values)
                for d in range(DIGITS)
            )
            columns.append(_Column(figure, name, own, better))
    support = tuple(map(float, classes[0].support.tolist()))
    return [*columns, _Column("Drawings", "", support, nothing)]
