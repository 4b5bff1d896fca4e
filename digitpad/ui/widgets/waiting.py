"""While data are read: how far that has come, and a way to stop it; or why it failed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import heading, quiet
from digitpad.ui.widgets.progress_line import ProgressLine

FAILED = "That did not work"
_WIDTH = 420
_DETAILS_HEIGHT = 120


class Waiting(QWidget):
    """A page with a title, a text and a button: progress and Stop, or a failure and Close.

    Signal ``stop_requested()``: the button was pressed.
    """

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = heading(size=1.3)
        self.text = quiet()
        self.details = QPlainTextEdit(readOnly=True)
        self.details.setAccessibleName("Details of what went wrong")
        self.details.setFixedHeight(_DETAILS_HEIGHT)
        self.bar = ProgressLine("Progress")
        self.button = Button("Stop")
        self.button.clicked.connect(self.stop_requested)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self.title, self.text, self.bar, self.details):
            widget.setFixedWidth(_WIDTH)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def show_progress(self, title: str, text: str, share: float | None) -> None:
        """Show how far it is; a share of None means that it is not known yet."""
        self._show(title, text, "")
        self.bar.show()
        self.bar.show_share(share)
        self.button.setText("Stop")

    def show_failure(self, reason: str, details: str, title: str = FAILED) -> None:
        self._show(title, reason, details)
        self.bar.hide()
        self.button.setText("Close")

    def _show(self, title: str, text: str, details: str) -> None:
        self.title.setText(title)
        self.text.setVisible(bool(text))
        self.text.setText(text)
        self.details.setVisible(bool(details))
        self.details.setPlainText(details)
