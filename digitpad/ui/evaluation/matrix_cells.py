"""Paints the cells of a confusion matrix."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.indexes import Index

SHARE = Qt.ItemDataRole.UserRole
"""Role of a cell's share of its row."""
_RADIUS = 4.0
_GAP = 1.0
_GLARING = 0.1
"""The share of wrong answers that is painted in the full colour of an error."""


class MatrixCells(QStyledItemDelegate):
    """Right answers in the accent, wrong ones in the colour of errors, refusals in grey."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        colours = Colours.of(option.palette)
        ground = _ground(index.row(), index.column(), float(index.data(SHARE)), colours)
        rect, state = option.rect, option.state
        area = QRectF(rect).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        self._ring(painter, area, state, colours)
        painter.setPen(_readable_on(ground, colours))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, index.data() or "")
        painter.restore()

    def _ring(
        self, painter: QPainter, area: QRectF, state: QStyle.StateFlag, colours: Colours
    ) -> None:
        flag = QStyle.StateFlag
        chosen = bool(state & (flag.State_Selected | flag.State_HasFocus))
        if not chosen and not state & flag.State_MouseOver:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.text, 2) if chosen else QPen(colours.bar, 1))
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)


def _ground(label: int, answer: int, share: float, colours: Colours) -> QColor:
    """Return a cell's colour; the root makes the few errors of a good model visible."""
    if share == 0:
        return colours.track
    if answer == NOT_A_DIGIT:
        return mix(colours.window, colours.bar, 0.25 + 0.75 * _strength(share))
    if answer == label:
        return mix(colours.window, colours.accent, 0.12 + 0.43 * share**2)
    return mix(colours.window, colours.error, 0.12 + 0.68 * _strength(share))


def _strength(share: float) -> float:
    return math.sqrt(min(share / _GLARING, 1.0))


def _readable_on(ground: QColor, colours: Colours) -> QColor:
    """Return the text's or the paper's colour, whichever stands out more."""
    return max((colours.text, colours.paper), key=lambda colour: _contrast(ground, colour))


def _contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
