"""Images of 28x28 as a wall of small pictures, each with a few words below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
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

from digitpad.core.drawing import SIDE, Image
from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.indexes import NOWHERE, Index
from digitpad.ui.widgets.pixels import crisp_square, tinted

ROW = Qt.ItemDataRole.UserRole
"""Role of a picture's row among all images."""
_AROUND = 20
_RADIUS = 6.0


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a picture: below it on the left and on the right, and ``told`` in full."""

    left: str
    told: str
    right: str = ""
    warns: bool = False


WordsOf = Callable[[int], Words]


class WallModel(QAbstractListModel):
    """Some of many images, in an order, and what is said of each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: Image | None = None
        self._rows: list[int] = []
        self._words: WordsOf = lambda _: Words("", "")

    def show(self, images: Image, rows: Sequence[int], words: WordsOf) -> None:
        self.beginResetModel()
        self._images, self._rows, self._words = images, list(rows), words
        self.endResetModel()

    def image(self, row: int) -> "Image | None":
        return None if self._images is None else self._images[row]

    def words(self, row: int) -> Words:
        return self._words(row)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row).told
        return None


class PictureWall(QListView):
    """``scale`` units to a pixel of a picture; ``widest`` is the longest there is to say below one.

    Signal ``picture_chosen(int)``: the row, among all images, that the person went to.
    """

    picture_chosen = Signal(int)

    def __init__(
        self, scale: int, widest: tuple[str, str] = ("", ""), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = WallModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Pictures(self._model, scale * SIDE, widest, self))
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

    def show_pictures(self, images: Image, rows: Sequence[int], words: WordsOf) -> None:
        """Show the pictures ``rows`` of ``images`` (n, 28, 28) and go to the first one."""
        self._model.show(images, rows, words)
        self.scrollToTop()
        if len(rows):
            self.setCurrentIndex(self._model.index(0))

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.picture_chosen.emit(current.data(ROW))


class _Pictures(QStyledItemDelegate):
    def __init__(
        self, model: WallModel, side: int, widest: tuple[str, str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model, self._side, self._widest = model, side, widest

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        width = self._line_width(option.font) + _AROUND
        return QSize(width, self._side + option.fontMetrics.height() + _AROUND)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, side = int(index.data(ROW)), self._side
        image = self._model.image(row)
        if image is None:
            return
        colours = Colours.of(option.palette)
        cell = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, cell, option.state, colours)
        room = QRectF(cell.center().x() - side / 2, cell.top() + 4, side, side)
        area = crisp_square(room, painter.device().devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawImage(area, tinted(image, colours.paper, colours.ink))
        spare = (cell.width() - self._line_width(painter.font())) / 2
        below = cell.adjusted(spare, room.bottom() - cell.top(), -spare, 0)
        _write(painter, below, self._model.words(row), colours)
        painter.restore()

    def _line_width(self, font: QFont) -> int:
        """Return the width of what is below a picture, which is at least as wide as that."""
        strong, small = map(QFontMetrics, _fonts(font))
        left, right = self._widest
        return max(self._side, strong.horizontalAdvance(left) + small.horizontalAdvance(right))


def _paint_ground(
    painter: QPainter, cell: QRectF, state: QStyle.StateFlag, colours: Colours
) -> None:
    flag = QStyle.StateFlag
    chosen, hovered = bool(state & flag.State_Selected), bool(state & flag.State_MouseOver)
    ground = mix(colours.window, colours.accent, 0.18) if chosen else colours.track
    painter.setBrush(ground if chosen or hovered else Qt.BrushStyle.NoBrush)
    focused = bool(state & flag.State_HasFocus)
    painter.setPen(QPen(colours.accent, 2) if focused else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(cell, _RADIUS, _RADIUS)


def _write(painter: QPainter, area: QRectF, words: Words, colours: Colours) -> None:
    """Write the words on the left, which end in dots where they are too long, and on the right."""
    strong, small = _fonts(painter.font())
    middle = Qt.AlignmentFlag.AlignVCenter
    room = area.width() - QFontMetrics(small).horizontalAdvance(words.right)
    painter.setFont(strong)
    painter.setPen(colours.error if words.warns else colours.text)
    dots = Qt.TextElideMode.ElideRight
    left = QFontMetrics(strong).elidedText(words.left, dots, round(room))
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, left)
    painter.setFont(small)
    painter.setPen(colours.quiet)
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, words.right)


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    """Return the fonts of the words on the left and on the right."""
    strong, small = QFont(font), QFont(font)
    strong.setBold(True)
    small.setPointSizeF(font.pointSizeF() * 0.85)
    return strong, small
