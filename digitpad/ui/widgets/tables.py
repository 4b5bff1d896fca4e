"""Tables that look like the rest of the window: no grid, quiet heads, whole rows."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.focus_ring import paint_focus_ring
from digitpad.ui.widgets.indexes import Index

_ROW = 30
_PADDING = 10
_LEAST_LETTERS = 20
_LEAST_ROWS = 4
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PlainTable(QTableView):
    """A table whose rows are chosen as a whole, its first column as wide as there is room.

    Where that is too little for a name, the table scrolls.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Cells(self))
        self.setHorizontalHeader(_Head(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # the tab key leads on to what comes after the table
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_row(self))

    def fit_columns(self) -> None:
        """Make all columns but the first as wide as what they hold; call it with a new model."""
        head, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        for column in range(head.count()):
            head.setSectionResizeMode(column, mode.ResizeToContents if column else mode.Fixed)
        self._fit_first_column()

    def minimumSizeHint(self) -> QSize:
        """Return room for some letters and a few rows."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(self._some_letters() + bar, _row(self) * (_LEAST_ROWS + 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.horizontalHeader().sectionResizeMode(0) == QHeaderView.ResizeMode.Fixed:
            self._fit_first_column()

    def _fit_first_column(self) -> None:
        """Give the first column what the others leave, and at least its texts or some letters."""
        head = self.horizontalHeader()
        others = sum(head.sectionSize(column) for column in range(1, head.count()))
        needed = max(self.sizeHintForColumn(0), head.sectionSizeHint(0))
        least = min(needed, self._some_letters())
        head.resizeSection(0, max(self.viewport().width() - others, least))

    def _some_letters(self) -> int:
        return self.fontMetrics().averageCharWidth() * _LEAST_LETTERS + 2 * _PADDING


class TextTable(PlainTable):
    """Texts to be read; the columns ``numbers`` are set right."""

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
        role = Qt.ItemDataRole.TextAlignmentRole
        self._texts.clear()
        self._texts.setHorizontalHeaderLabels(self._heads)
        for row in rows:
            self._texts.appendRow([self._item(at, text) for at, text in enumerate(row)])
        for column in self._numbers:
            self._texts.setHeaderData(column, Qt.Orientation.Horizontal, _RIGHT, role)
        self.fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring the whole table where the keyboard is: no single row of it can be chosen."""
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus_ring(self)

    def _item(self, column: int, text: str) -> QStandardItem:
        item = QStandardItem(text)
        item.setTextAlignment(_RIGHT if column in self._numbers else _LEFT)
        return item


class _Head(QHeaderView):
    """Quiet names over a thin line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setDefaultAlignment(_LEFT)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _row(self))

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:  # noqa: N802, N803 - Qt's
        size = super().sectionSizeFromContents(logicalIndex)
        return QSize(size.width() + 2 * _PADDING, _row(self))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        colours = Colours.of(self.palette())
        model, role = self.model(), Qt.ItemDataRole
        text = model.headerData(logicalIndex, Qt.Orientation.Horizontal, role.DisplayRole)
        side = model.headerData(logicalIndex, Qt.Orientation.Horizontal, role.TextAlignmentRole)
        painter.save()
        painter.fillRect(rect, colours.window)
        painter.setPen(colours.border)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(colours.quiet)
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.drawText(inner, Qt.AlignmentFlag(side or _LEFT), str(text or ""))
        painter.restore()


class _Cells(QStyledItemDelegate):
    """Cells with some air at their sides and a thin line below; the chosen row is tinted."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        colours = Colours.of(option.palette)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, mix(colours.window, colours.accent, 0.18))
        painter.save()
        painter.setPen(mix(colours.window, colours.text, 0.07))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()
        plain = QStyleOptionViewItem(option)
        plain.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        plain.rect = option.rect.adjusted(_PADDING - 3, 0, -_PADDING + 3, 0)
        super().paint(painter, plain, index)

    def updateEditorGeometry(  # noqa: N802 - Qt's
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        _index: Index,
    ) -> None:
        """Lay the editor so that its text stands where the cell's did."""
        editor.setGeometry(option.rect.adjusted(_PADDING - 6, 2, 0, -2))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + 2 * _PADDING, size.height())


def _row(table: QWidget) -> int:
    """Return the height of a row in the font of ``table``."""
    return max(_ROW, table.fontMetrics().height() + _PADDING)
