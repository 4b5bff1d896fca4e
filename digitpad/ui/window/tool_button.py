"""A flat button for one action, painted from the palette so that it looks the same everywhere."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.wording import without_marks

_SIDE = 34
_ICON = 20
_RADIUS = 7.0


class ToolButton(QToolButton):
    """Does ``action``; tinted where it is checked, ringed where the keyboard is."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDefaultAction(action)
        self.setFixedSize(QSize(_SIDE, _SIDE))
        self.setIconSize(QSize(_ICON, _ICON))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name()
        action.changed.connect(self._name)

    def _name(self) -> None:
        """Take the action's text as tool tip and accessible name."""
        action = self.defaultAction()
        name = without_marks(action.text())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{name} ({keys})" if keys else name)
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.rect().toRectF().adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(mix(colours.window, colours.accent, 0.18))
            painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            share = 0.14 if self.isDown() else 0.07
            painter.setBrush(mix(colours.window, colours.text, share))
            if not self.isChecked():
                painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        state = QIcon.State.On if self.isChecked() else QIcon.State.Off
        icon = QRect(0, 0, _ICON, _ICON)
        icon.moveCenter(self.rect().center())
        self.icon().paint(painter, icon, Qt.AlignmentFlag.AlignCenter, mode, state)
        painter.end()
