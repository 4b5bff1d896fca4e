"""The data browser: while the data are read, how far that is; then their classes and samples."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from digitpad.core.survey import SetRead
from digitpad.ui.datasets.collection import Collection
from digitpad.ui.datasets.content import Content
from digitpad.ui.widgets.waiting_window import WaitingWindow
from digitpad.ui.widgets.window_places import resize_within_screen

_SIZE = QSize(1140, 800)


class DataWindow(WaitingWindow):
    """Shows what it is told; ``content`` is None until there is something to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Data sets", parent)
        self.content: Content | None = None
        resize_within_screen(self, _SIZE)

    def show_sets(self, sets: Sequence[SetRead], faults: Sequence[str]) -> None:
        """Show what is in ``sets``, at least one, and the ``faults`` of those that are broken."""
        self.content = Content(Collection.of(sets), faults)
        self.show_result(self.content)
        self.content.wall.setFocus()
