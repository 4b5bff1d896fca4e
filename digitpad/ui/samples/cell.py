"""One drawing in the grid: a card with the ink, its label, and what the network made of it."""

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from digitpad.core.samples.sample import Caption
from digitpad.ui.colours import Colours, mix
from digitpad.ui.samples.model import Role
from digitpad.ui.samples.thumbnails import SIDE, Thumbnails
from digitpad.ui.samples.wording import answer
from digitpad.ui.widgets.indexes import Index

GAP = 10
"""Space between cards in logical pixels, half of it all around each."""
_PAD = 8
_LINE = 30
_LABEL_SIZE = 1.35
_WIDEST_ANSWER = "misread as 8"
_RADIUS = 8.0
_State = QStyle.StateFlag


def least_size(font: QFont) -> QSize:
    """Return the least size of a cell; the grid spreads what is left of its width."""
    label = QFontMetrics(_strong(font, _LABEL_SIZE))
    answered = QFontMetrics(_strong(font)).horizontalAdvance(_WIDEST_ANSWER)
    line = label.horizontalAdvance("8") + _PAD + answered
    return QSize(max(SIDE, line) + 2 * _PAD + GAP, SIDE + max(_LINE, label.height()) + GAP)


class CellDelegate(QStyledItemDelegate):
    """Paints cards with the pictures of ``thumbnails``."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return least_size(option.font)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        caption: Caption = index.data(Role.CAPTION)
        state: QStyle.StateFlag = option.state
        cell = QRectF(option.rect)
        card = cell.adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)
        colours = Colours.of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_card(painter, card, colours, state, misread=caption.misread)
        pixmap = self._thumbnails.pixmap(index.data(Role.NUMBER))
        if pixmap is not None:
            painter.drawPixmap(QPointF(round(card.center().x() - SIDE / 2), card.top()), pixmap)
        line = QRectF(card.left(), card.top() + SIDE, card.width(), card.height() - SIDE)
        _paint_line(painter, line.adjusted(_PAD + 2, 0, -_PAD - 2, 0), caption, colours)
        painter.restore()


def _paint_card(
    painter: QPainter,
    card: QRectF,
    colours: Colours,
    state: QStyle.StateFlag,
    *,
    misread: bool,
) -> None:
    selected = bool(state & _State.State_Selected)
    ground = colours.paper
    edge = mix(colours.border, colours.error, 0.6) if misread else colours.border
    if selected:
        ground, edge = mix(colours.paper, colours.accent, 0.10), colours.accent
    elif state & _State.State_MouseOver:
        edge = mix(colours.window, colours.text, 0.42)
    width = 2.0 if selected else 1.0
    painter.setBrush(ground)
    painter.setPen(QPen(edge, width))
    inset = width / 2
    painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
    if state & _State.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(mix(colours.window, colours.accent, 0.55), 2))
        painter.drawRoundedRect(card.adjusted(-2, -2, 2, 2), _RADIUS + 2, _RADIUS + 2)


def _paint_line(painter: QPainter, line: QRectF, caption: Caption, colours: Colours) -> None:
    """Write the label large on the left, and on the right the answer, in red where it is wrong."""
    font = QFont(painter.font())
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(_strong(font, _LABEL_SIZE))
    painter.setPen(colours.text)
    painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, str(caption.label))
    painter.setFont(_strong(font) if caption.misread else font)
    painter.setPen(colours.error if caption.misread else colours.quiet)
    painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, answer(caption))


def _strong(font: QFont, size: float = 1.0) -> QFont:
    strong = QFont(font)
    strong.setPointSizeF(font.pointSizeF() * size)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
