"""Drawings as a wall of small pictures, each with what it is, what was read, and how surely."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from digitpad.core.judging.evaluation import NO_DIGIT, Evaluation, Integers
from digitpad.ui.colours import Colours, mix
from digitpad.ui.evaluation.wording import answer, told
from digitpad.ui.widgets.pixels import SIDE, crisp_square, shades, tinted
from digitpad.ui.wording import percent

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
"""Role of a drawing's row in its evaluation."""
_PICTURE = 2 * SIDE
_AROUND = 20
_WIDEST_LEFT, _WIDEST_RIGHT = "8\N{RIGHTWARDS ARROW}8", " 88 %"
_RADIUS = 6.0


class GalleryModel(QAbstractListModel):
    """Some drawings of an evaluation, in an order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.evaluation: Evaluation | None = None
        self._rows: list[int] = []

    def show(self, evaluation: Evaluation, rows: Integers) -> None:
        self.beginResetModel()
        self.evaluation, self._rows = evaluation, rows.tolist()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.evaluation is None or not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return told(self.evaluation, row)
        return None


class Gallery(QListView):
    """Signal ``drawing_chosen(int)``: the row, in its evaluation, that the person went to."""

    drawing_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = GalleryModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Pictures(self._model, self))
        self.setAccessibleName("Drawings")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def show_drawings(self, evaluation: Evaluation, rows: Integers) -> None:
        """Show the drawings ``rows`` of ``evaluation`` and go to the first one."""
        self._model.show(evaluation, rows)
        self.scrollToTop()
        if len(rows):
            self.setCurrentIndex(self._model.index(0))

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.drawing_chosen.emit(current.data(ROW))


class _Pictures(QStyledItemDelegate):
    def __init__(self, model: GalleryModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._shades: list[int] = []
        self._shaded_for = 0

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        width = _line_width(option.font) + _AROUND
        return QSize(width, _PICTURE + option.fontMetrics.height() + _AROUND)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        evaluation = self._model.evaluation
        if evaluation is None:
            return
        row = int(index.data(ROW))
        colours = Colours.of(option.palette)
        cell = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, cell, option.state, colours)
        room = QRectF(cell.center().x() - _PICTURE / 2, cell.top() + 4, _PICTURE, _PICTURE)
        area = crisp_square(room, painter.device().devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawImage(area, tinted(evaluation.images[row], self._table(colours)))
        spare = (cell.width() - _line_width(painter.font())) / 2
        below = cell.adjusted(spare, room.bottom() - cell.top(), -spare, 0)
        _write(painter, below, evaluation, row, colours)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, cell: QRectF, state: QStyle.StateFlag, colours: Colours
    ) -> None:
        flag = QStyle.StateFlag
        chosen, hovered = bool(state & flag.State_Selected), bool(state & flag.State_MouseOver)
        ground = mix(colours.window, colours.accent, 0.18) if chosen else colours.track
        painter.setBrush(ground if chosen or hovered else Qt.BrushStyle.NoBrush)
        focused = bool(state & flag.State_HasFocus)
        painter.setPen(QPen(colours.accent, 2) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(cell, _RADIUS, _RADIUS)

    def _table(self, colours: Colours) -> list[int]:
        key = colours.paper.rgb() ^ colours.ink.rgb() << 32
        if key != self._shaded_for:
            self._shades, self._shaded_for = shades(colours), key
        return self._shades


def _write(
    painter: QPainter, area: QRectF, evaluation: Evaluation, row: int, colours: Colours
) -> None:
    """Write label and answer on the left; on the right how sure, or what came nearest."""
    label, given = int(evaluation.labels[row]), int(evaluation.answers[row])
    left = str(label) if given == label else f"{label}\N{RIGHTWARDS ARROW}{answer(given)}"
    strong, small = _fonts(painter.font())
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(strong)
    painter.setPen(colours.text if evaluation.right[row] else colours.error)
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, left)
    painter.setFont(small)
    painter.setPen(colours.quiet)
    nearest = evaluation.probabilities[row].argmax()
    right = f"{nearest}?" if given == NO_DIGIT else percent(float(evaluation.confidences[row]))
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, right)


def _line_width(font: QFont) -> int:
    """Return the width of what is below a picture, which is at least as wide as that."""
    strong, small = map(QFontMetrics, _fonts(font))
    width = strong.horizontalAdvance(_WIDEST_LEFT) + small.horizontalAdvance(_WIDEST_RIGHT)
    return max(_PICTURE, width)


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    """Return the fonts of label and answer, and of how sure it is."""
    strong, small = QFont(font), QFont(font)
    strong.setBold(True)
    small.setPointSizeF(font.pointSizeF() * 0.85)
    return strong, small
