"""A sentence that matters within a page: quiet when it informs, coloured when it warns."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import Wrapped

_RADIUS = 8.0


class Banner(QWidget):
    """Shows one text, and a button beside it where there is something to do about it.

    ``button`` is hidden until it is given a text.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warns = False
        self.text = Wrapped()
        self.button = Button()
        self.button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)

    def show_text(self, text: str, *, warns: bool = False, button: str = "") -> None:
        """Show ``text``, and ``button`` unless it is empty."""
        self._warns = warns
        self.text.show_text(text, selectable=warns)
        self.setAccessibleName(f"Warning: {text}" if warns else text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        colour = colours.error if self._warns else colours.accent
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mix(colours.window, colour, 0.5), 1))
        painter.setBrush(mix(colours.window, colour, 0.08))
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS
        )
        painter.end()
