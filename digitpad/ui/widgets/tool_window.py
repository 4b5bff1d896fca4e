"""A window beside the main one: Escape and Ctrl+W close it, Enter presses its default button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.window_places import keep_place, take_place


class ToolWindow(QWidget):
    """What a dialog does with its keys, for windows that are not dialogs. Signal ``closed()``.

    It opens where the last one of its kind was closed.
    """

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(title)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._press_default()
            case _:
                super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            take_place(self)
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        keep_place(self)
        super().closeEvent(event)
        self.closed.emit()

    def _press_default(self) -> None:
        for button in self.findChildren(Button):
            if button.isDefault() and button.isEnabled() and button.isVisible():
                button.click()
                return
