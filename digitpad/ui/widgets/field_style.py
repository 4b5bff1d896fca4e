"""Number fields painted from the palette, flat as the boxes of choices beside them."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractSpinBox, QProxyStyle, QStyle, QStyleOptionComplex, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.chevron import paint_chevron

_RADIUS = 7.0
_Part = QStyle.SubControl


class FieldStyle(QProxyStyle):
    """The application's style but for the frame and the arrows of ``field``."""

    def __init__(self, field: QAbstractSpinBox) -> None:
        super().__init__()
        self._field = field
        self.setParent(field)
        field.setStyle(self)

    def drawComplexControl(  # noqa: N802 - Qt's
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        /,
        widget: QWidget | None = None,
    ) -> None:
        if control != QStyle.ComplexControl.CC_SpinBox:
            super().drawComplexControl(control, option, painter, widget)
            return
        colours = Colours.of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(option, painter, colours)
        for part, down in ((_Part.SC_SpinBoxUp, False), (_Part.SC_SpinBoxDown, True)):
            area = QRectF(self.subControlRect(control, option, part, self._field))
            pressed = option.activeSubControls == part and bool(
                option.state & QStyle.StateFlag.State_Sunken
            )
            colour = colours.accent if pressed else colours.quiet
            painter.save()
            painter.translate(area.center())
            painter.scale(0.8, 0.8 if down else -0.8)
            paint_chevron(painter, QPointF(0, 0), colour)
            painter.restore()
        painter.restore()

    def _paint_frame(
        self, option: QStyleOptionComplex, painter: QPainter, colours: Colours
    ) -> None:
        area = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if focused:
            area.adjust(0.5, 0.5, -0.5, -0.5)
        ring = mix(colours.window, colours.accent, 0.8)
        painter.setPen(QPen(ring, 2) if focused else QPen(colours.border, 1))
        painter.setBrush(colours.paper)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
