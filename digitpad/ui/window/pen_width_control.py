"""A slider for the pen's width with a dot that shows it."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from digitpad.ui.canvas.canvas import PEN_WIDTHS
from digitpad.ui.colours import Colours

_PREVIEW = 36
_SLIDER = 132


class PenWidthControl(QWidget):
    """Lets the person choose how wide the pen is.

    Signal ``width_changed(int)``: the width in logical pixels.
    """

    width_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = _Dot(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(*PEN_WIDTHS)
        self.slider.setPageStep(8)
        self.slider.setFixedWidth(_SLIDER)
        self.slider.setAccessibleName("Pen width")
        self.slider.setToolTip("Pen width")
        self.slider.valueChanged.connect(self._on_value_changed)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(self._preview)
        row.addWidget(self.slider)

    def width_value(self) -> int:
        return self.slider.value()

    def set_width_value(self, width: int) -> None:
        self.slider.setValue(width)

    def _on_value_changed(self, width: int) -> None:
        self._preview.show_width(width)
        self.width_changed.emit(width)


class _Dot(QWidget):
    """The pen's dot; the widest pens are drawn to scale, for the toolbar stays low."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._width = float(PEN_WIDTHS[0])
        self.setFixedSize(QSize(_PREVIEW, _PREVIEW))

    def show_width(self, width: float) -> None:
        self._width = width
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Colours.of(self.palette()).text)
        radius = self._width / PEN_WIDTHS[1] * (_PREVIEW - 4) / 2
        painter.drawEllipse(QPointF(_PREVIEW / 2, _PREVIEW / 2), radius, radius)
        painter.end()
