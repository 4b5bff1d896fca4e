"""A window that first shows how far something is, and then what came of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from digitpad.ui.widgets.tool_window import ToolWindow
from digitpad.ui.widgets.waiting import FAILED, Waiting


class WaitingWindow(ToolWindow):
    """Deletes itself when it is closed, which means that nobody waits for it any more.

    ``pages`` fills it with what is shown.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._result: QWidget | None = None
        self.waiting = Waiting()
        self.waiting.stop_requested.connect(self.close)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.waiting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def show_progress(self, title: str, text: str, share: float | None) -> None:
        """Show what is under way and how far it is, None where that is not known."""
        self.waiting.show_progress(title, text, share)
        self.pages.setCurrentWidget(self.waiting)

    def show_failure(self, reason: str, details: str, title: str = FAILED) -> None:
        self.waiting.show_failure(reason, details, title)
        self.pages.setCurrentWidget(self.waiting)

    def show_result(self, result: QWidget) -> None:
        """Show what came of it, in place of what was shown before."""
        if self._result is not None:
            self.pages.removeWidget(self._result)
            self._result.deleteLater()
        self._result = result
        self.pages.addWidget(result)
        self.pages.setCurrentWidget(result)
