"""The confusion matrix: a table whose cells are coloured by what went right and what wrong."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QObject,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.prediction import DIGITS
from digitpad.ui.evaluation.flat_header import FlatHeader
from digitpad.ui.evaluation.matrix_cells import SHARE, MatrixCells
from digitpad.ui.evaluation.wording import answer, recognised, sentence
from digitpad.ui.widgets.indexes import NOWHERE, Index
from digitpad.ui.wording import count

_SIZE = QSize(430, 380)
_HEADER = 26
_PADDING = 6


class MatrixModel(QAbstractTableModel):
    """Counts or percentages of the row, labels down, answers across, the refused last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._evaluation: Evaluation | None = None
        self._shares = True

    def show(self, evaluation: Evaluation) -> None:
        self.beginResetModel()
        self._evaluation = evaluation
        self.endResetModel()

    def show_shares(self, *, shares: bool) -> None:
        self._shares = shares
        self.dataChanged.emit(self.index(0, 0), self.index(DIGITS - 1, DIGITS))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self._evaluation is None else DIGITS

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else DIGITS + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return answer(section)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                if not across:
                    return f"Labelled {section}"
                return sentence(recognised(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._evaluation is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        drawings = int(self._evaluation.confusion[row, column])
        share = float(self._evaluation.confusion_shares[row, column])
        if role == SHARE:
            return share
        if role == Qt.ItemDataRole.DisplayRole:
            return _number(drawings, share, shares=self._shares)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            support = count(int(self._evaluation.confusion[row].sum()))
            part = f"{count(drawings)} of {support} ({share * 100:.1f}\u202f%)"
            return f"{row} {recognised(column)}: {part}"
        return None


class MatrixView(QTableView):
    """Shows one evaluation's matrix; arrow keys move, every cell says what it holds.

    Signal ``cell_chosen(int, int)``: the label and the answer of the cell the person went to.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MatrixModel(self)
        self.setModel(self._model)
        self.setItemDelegate(MatrixCells(self))
        self.setAccessibleName(f"Confusion matrix{name and f' of {name}'}")
        self.setAccessibleDescription("Rows are labels, columns are answers")
        self.setHorizontalHeader(FlatHeader(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(FlatHeader(Qt.Orientation.Vertical, self))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._keep_readable()
        self.verticalHeader().setFixedWidth(_HEADER)
        self.horizontalHeader().setFixedHeight(_HEADER)
        for corner in self.findChildren(QAbstractButton):
            corner.installEventFilter(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def sizeHint(self) -> QSize:
        return _SIZE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the corner between the headers unpainted."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QAbstractButton):
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of a cell that was chosen before as well: other drawings may be shown by now."""
        before = self.selectedIndexes()
        super().mousePressEvent(event)
        if self.selectedIndexes() == before == [self.indexAt(event.position().toPoint())]:
            self._on_selection_changed()

    def show_evaluation(self, evaluation: Evaluation) -> None:
        self._model.show(evaluation)

    def show_shares(self, *, shares: bool) -> None:
        """Show percentages of the row, or counts."""
        self._model.show_shares(shares=shares)

    def _keep_readable(self) -> None:
        """Never let the cells become smaller than their numbers."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance("99.9") + _PADDING
        height = metrics.height() + _PADDING
        self.horizontalHeader().setMinimumSectionSize(width)
        self.verticalHeader().setMinimumSectionSize(height)
        self.setMinimumSize(_HEADER + width * (DIGITS + 1), _HEADER + height * DIGITS)

    def _on_selection_changed(self) -> None:
        for index in self.selectedIndexes():
            self.cell_chosen.emit(index.row(), index.column())
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.viewport().update()


def _number(drawings: int, share: float, *, shares: bool) -> str:
    """Return what a cell says; an empty one says nothing, so that errors are found at a glance."""
    if drawings == 0:
        return ""
    if not shares:
        return str(drawings)
    return f"{share * 100:.1f}" if share < 0.9995 else "100"
