"""Push buttons painted from the palette, flat as the toolbar's, the same everywhere."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.chevron import paint_chevron

_RADIUS = 7.0
_HEIGHT, _PADDING = 32, 16
_LEAST_WIDTH = 88
_MARK = 14


class Button(QPushButton):
    """A button; the default one of its window is filled with the accent colour.

    One with a menu says so by a mark.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(max(width + 2 * _PADDING + self._mark_width(), _LEAST_WIDTH), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus, not the default one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self.palette()
        palette.setCurrentColorGroup(QPalette.ColorGroup.Active)  # faded below, once
        colours = Colours.of(palette)
        ground, edge, text = self._paints(colours)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = 3.5 if self.isDefault() else 0.5  # its own edge has the accent's colour already
            ring = text if self.isDefault() else mix(colours.window, colours.accent, 0.8)
            painter.setPen(QPen(ring, 1.5 if self.isDefault() else 2))
            inner = area.adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(inner, _RADIUS - inset + 0.5, _RADIUS - inset + 0.5)
        painter.setPen(text)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        mark = self._mark_width()
        painter.drawText(self.rect().adjusted(0, 0, -mark, 0), flags, self.text())
        if mark:
            at = QPointF(area.right() - _PADDING - 2, area.center().y())
            paint_chevron(painter, at, text)
        painter.end()

    def _mark_width(self) -> int:
        return _MARK if self.menu() is not None else 0

    def _paints(self, colours: Colours) -> tuple[QColor, QColor, QColor]:
        """Return the colours of ground, edge and text for the button's state."""
        if not self.isEnabled():
            faint = mix(colours.window, colours.text, 0.40)
            return mix(colours.window, colours.text, 0.04), colours.track, faint
        touch = 0.16 if self.isDown() else 0.08 if self.underMouse() else 0.0
        if self.isDefault():
            ground = mix(colours.accent, colours.text, touch)
            return ground, ground, self.palette().highlightedText().color()
        ground = mix(mix(colours.window, colours.paper, 0.7), colours.text, touch)
        return ground, colours.border, colours.text
