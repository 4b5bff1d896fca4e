"""Tables that look like the rest of the window: no grid, quiet heads, whole rows."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

_ROW = 26
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PlainTable(QTableView):
    """A table whose rows are chosen as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(_LEFT)
        head.setForegroundRole(QPalette.ColorRole.PlaceholderText)


class TextTable(PlainTable):
    """Texts to be read, the first column as wide as there is room; ``numbers`` are set right."""

    def __init__(self, heads: Sequence[str], numbers: Collection[int], name: str) -> None:
        super().__init__()
        self._heads, self._numbers = list(heads), numbers
        self._texts = QStandardItemModel(self)
        self.setModel(self._texts)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAccessibleName(name)
        self.show_rows([])

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        self._texts.clear()
        self._texts.setHorizontalHeaderLabels(self._heads)
        for row in rows:
            self._texts.appendRow([self._item(at, text) for at, text in enumerate(row)])
        head = self.horizontalHeader()
        for column in range(len(self._heads)):
            stretch, fit = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(column, stretch if column == 0 else fit)
            if column in self._numbers:
                self._texts.horizontalHeaderItem(column).setTextAlignment(_RIGHT)

    def texts(self) -> list[list[str]]:
        """Return what is shown, row by row."""
        model = self._texts
        columns = range(model.columnCount())
        return [[model.item(row, c).text() for c in columns] for row in range(model.rowCount())]

    def _item(self, column: int, text: str) -> QStandardItem:
        item = QStandardItem(text)
        item.setTextAlignment(_RIGHT if column in self._numbers else _LEFT)
        return item
