"""Check boxes, frames and the focus painted from the palette, flat as the buttons."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from digitpad.ui.colours import Colours, mix

_BOXES = (
    QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
)
_RADIUS = 3.0
_TICK = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.31))
"""Corners of the tick, in shares of the box."""


class FlatStyle(QProxyStyle):
    """The application's style but for check boxes, those of lists too, frames and the focus.

    Qt's boxes can hardly be seen in the dark theme.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.setParent(widget)
        widget.setStyle(self)

    def drawPrimitive(  # noqa: N802 - Qt's
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        if element in _BOXES:
            _paint_box(option, painter)
        elif element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            _paint_ring(option, painter, QPen(Colours.of(option.palette).accent, 2))
        elif element == QStyle.PrimitiveElement.PE_Frame:
            _paint_ring(option, painter, QPen(Colours.of(option.palette).border, 1))
        else:
            super().drawPrimitive(element, option, painter, widget)


def _paint_box(option: QStyleOption, painter: QPainter) -> None:
    colours = Colours.of(option.palette)
    checked = bool(option.state & QStyle.StateFlag.State_On)
    edge = mix(colours.paper, colours.text, 0.55)
    box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.accent if checked else edge, 1))
    painter.setBrush(colours.accent if checked else colours.paper)
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    if checked:
        tick = QPen(option.palette.color(QPalette.ColorRole.HighlightedText), 1.8)
        tick.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(tick)
        corner, width, height = box.topLeft(), box.width(), box.height()
        points = [corner + QPointF(x * width, y * height) for x, y in _TICK]
        painter.drawPolyline(QPolygonF(points))
    painter.restore()


def _paint_ring(option: QStyleOption, painter: QPainter, pen: QPen) -> None:
    inset = pen.widthF() / 2
    ring = QRectF(option.rect).adjusted(inset, inset, -inset, -inset)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(ring, _RADIUS, _RADIUS)
    painter.restore()
