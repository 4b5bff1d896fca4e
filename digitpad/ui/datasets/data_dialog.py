"""Asks which data sets something is to be done with."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from digitpad.core.data_source import DataSource
from digitpad.ui.datasets.data_list import DataList
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import heading, quiet

_LEAST_WIDTH = 440
_SIZE = QSize(560, 420)


class DataDialog(QDialog):
    """Asks ``question``; ``action`` is what its button says, and ``about`` explains.

    Signal ``sources_chosen(list)``: the DataSources, at least one, when that button is pressed.
    """

    sources_chosen = Signal(list)

    def __init__(
        self,
        question: str,
        about: str,
        action: str,
        sources: Sequence[DataSource],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.data = DataList(looks=False)
        self.data.list.setAccessibleName("Data sets")
        self.go, self.cancel = Button(action), Button("Cancel")
        self.go.setDefault(True)
        self.go.clicked.connect(self._on_accepted)
        self.cancel.clicked.connect(self.reject)
        self.data.changed.connect(self._show_possible)
        self._lay_out(question, about)
        self.show_sources(sources)

    def show_sources(self, sources: Sequence[DataSource]) -> None:
        """Offer ``sources``, as DataList does."""
        self._sources = {source.value: source for source in sources}
        self.data.show_sources(sources)

    def _lay_out(self, question: str, about: str) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(14)
        column.addWidget(heading(question, 1.3))
        column.addWidget(quiet(about))
        column.addWidget(self.data, 1)
        column.addLayout(buttons)
        self.setMinimumSize(_LEAST_WIDTH, column.totalMinimumHeightForWidth(_LEAST_WIDTH))
        self.resize(_SIZE.expandedTo(self.minimumSize()))

    def _show_possible(self) -> None:
        self.go.setEnabled(bool(self.data.chosen()))

    def _on_accepted(self) -> None:
        chosen = [
            self._sources.get(value) or DataSource(value, "", "") for value in self.data.chosen()
        ]
        self.accept()
        self.sources_chosen.emit(chosen)
