"""A slider for the pen's width with a dot that shows it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from digitpad.ui.canvas.canvas import PEN_WIDTHS
from digitpad.ui.widgets.dot import Dot
from digitpad.ui.widgets.slider import Slider

_PREVIEW = 36
_SLIDER = 132


class PenWidthControl(QWidget):
    """Lets the person choose how wide the pen is.

    Signal ``width_changed(int)``: the width in logical pixels.
    """

    width_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = Dot(_PREVIEW, self)
        self.slider = Slider("Pen width", self)
        self.slider.setRange(*PEN_WIDTHS)
        self.slider.setPageStep(8)
        self.slider.setFixedWidth(_SLIDER)
        self.slider.valueChanged.connect(self._on_value_changed)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(self._preview)
        row.addWidget(self.slider)
        self._show_preview()

    def width_value(self) -> int:
        return self.slider.value()

    def set_width_value(self, width: int) -> None:
        self.slider.setValue(width)

    def _on_value_changed(self, width: int) -> None:
        self._show_preview()
        self.width_changed.emit(width)

    def _show_preview(self) -> None:
        """Show the width as a dot; the widest are drawn to scale, for the toolbar stays low."""
        diameter = self.slider.value() / PEN_WIDTHS[1] * (_PREVIEW - 4)
        self._preview.show_dot(diameter, lambda colours: colours.text)
