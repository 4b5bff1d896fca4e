"""A box of choices painted from the palette, flat as the buttons beside it."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.chevron import paint_chevron

_RADIUS = 7.0
_HEIGHT, _PADDING = 32, 12


class Choice(QComboBox):
    """A QComboBox in all but its looks; a text too long for it ends in dots."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedHeight(_HEIGHT)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colours.border, 1))
        touch = 0.06 if self.underMouse() else 0.0
        painter.setBrush(mix(mix(colours.window, colours.paper, 0.7), colours.text, touch))
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(mix(colours.window, colours.accent, 0.8), 2))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        room = area.adjusted(_PADDING, 0, -3 * _PADDING, 0)
        text = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.setPen(colours.text)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        at = QPointF(area.right() - 1.5 * _PADDING, area.center().y())
        paint_chevron(painter, at, colours.quiet)
        painter.end()
