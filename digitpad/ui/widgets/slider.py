"""A slider painted from the palette, flat as the buttons beside it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from digitpad.ui.colours import Colours, mix

_GROOVE = 4.0
_RADIUS = 7.0
_HEIGHT = 24


class Slider(QSlider):
    """A QSlider in all but its looks: what lies below the value is in the accent colour."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        centre = self._handle_centre()
        groove = QRectF(0, centre.y() - _GROOVE / 2, self.width(), _GROOVE).adjusted(2, 0, -2, 0)
        painter.setBrush(mix(colours.window, colours.text, 0.17))
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        if self.isRightToLeft():
            groove.setLeft(centre.x())
        else:
            groove.setRight(centre.x())
        painter.setBrush(colours.accent)
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        if self.hasFocus():
            painter.drawEllipse(centre, _RADIUS + 3, _RADIUS + 3)
        touched = self.isSliderDown() or self.underMouse()
        painter.setBrush(mix(colours.accent, colours.text, 0.18) if touched else colours.accent)
        painter.setPen(QPen(colours.window, 2))
        painter.drawEllipse(centre, _RADIUS, _RADIUS)
        painter.end()

    def _handle_centre(self) -> QPointF:
        """Return where the style would put the handle, so that the mouse finds it there."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        return QPointF(handle.toRectF().center().x(), self.height() / 2)
