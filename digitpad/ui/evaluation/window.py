"""The window that evaluates: progress first, then the evaluation, or the comparison of two."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QSize, Signal
from PySide6.QtWidgets import QWidget

from digitpad.ui.evaluation.content import Content
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.export_button import Export
from digitpad.ui.icons import Icons
from digitpad.ui.states import MessageKind
from digitpad.ui.widgets.message_bar import MessageBar
from digitpad.ui.widgets.waiting_window import WaitingWindow
from digitpad.ui.widgets.window_places import resize_within_screen

_ONE, _TWO = QSize(1120, 760), QSize(1400, 800)
_MESSAGE_MARGINS = QMargins(20, 20, 20, 20)


class EvaluationWindow(WaitingWindow):
    """Shows what it is told; ``content`` is None until there is something to show.

    Signal, besides ``closed()`` of a ToolWindow: ``export_requested(str, object)``: a path and
    the file's bytes.
    """

    export_requested = Signal(str, object)

    def __init__(
        self, title: str, icons: Icons, parent: QWidget | None = None, *, models: int = 1
    ) -> None:
        super().__init__(title, parent)
        self.content: Content | None = None
        self.messages = MessageBar(icons, self.pages, _MESSAGE_MARGINS)
        resize_within_screen(self, _ONE if models == 1 else _TWO)

    def show_exhibits(self, exhibits: Sequence[Exhibit]) -> None:
        """Show the evaluations, one exhibit for each set of data."""
        content = Content(exhibits)
        content.export.export_requested.connect(self._on_export_requested)
        self.content = content
        self.show_result(content)
        content.panel.gallery.setFocus()

    def show_message(
        self, text: str, details: str = "", kind: MessageKind = MessageKind.NOTICE
    ) -> None:
        """Show one sentence over the window's lower edge."""
        self.messages.show_message(text, details, kind)

    def _on_export_requested(self, what: Export, path: str) -> None:
        if self.content is not None:
            self.export_requested.emit(path, self.content.exported(what))
