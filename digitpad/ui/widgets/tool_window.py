"""A window beside the main one: Escape and Ctrl+W close it, Enter presses its default button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from digitpad.ui.widgets.buttons import Button


class ToolWindow(QWidget):
    """What a dialog does with its keys, for windows that are none. Signal ``closed()``."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(title)
        closed_by_key(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._press_default()
            case _:
                super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _press_default(self) -> None:
        for button in self.findChildren(Button):
            if button.isDefault() and button.isEnabled() and button.isVisible():
                button.click()
                return


def closed_by_key(window: QWidget) -> None:
    """Let the platform's keys for closing a window close ``window``."""
    QShortcut(QKeySequence.StandardKey.Close, window, window.close)
