"""Asks which drawings a model is to be judged on."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from digitpad.core.data_source import DataSource
from digitpad.ui.retrain.data_list import DataList
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import heading, quiet

_ABOUT = (
    "Every data set gets figures of its own. Judge on drawings that the model has not learnt from: "
    "on others it looks better than it is."
)
_LEAST_WIDTH = 440
_SIZE = QSize(560, 420)


class DataDialog(QDialog):
    """Signal ``sources_chosen(list)``: the DataSources, at least one, when Evaluate is pressed."""

    sources_chosen = Signal(list)

    def __init__(
        self, models: str, sources: Sequence[DataSource], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Evaluate model")
        self._sources = {source.value: source for source in sources}
        self.data = DataList()
        self.data.list.setAccessibleName("Data to judge on")
        self.data.show_sources(sources)
        self.evaluate, self.cancel = Button("&Evaluate"), Button("Cancel")
        self.evaluate.setDefault(True)
        self.evaluate.clicked.connect(self._on_accepted)
        self.cancel.clicked.connect(self.reject)
        self.data.changed.connect(self._show_possible)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.evaluate)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(14)
        column.addWidget(heading(f"Which drawings shall {models} be judged on?", 1.3))
        column.addWidget(quiet(_ABOUT))
        column.addWidget(self.data, 1)
        column.addLayout(buttons)
        self._show_possible()
        self.setMinimumSize(_LEAST_WIDTH, column.totalMinimumHeightForWidth(_LEAST_WIDTH))
        self.resize(_SIZE.expandedTo(self.minimumSize()))

    def _show_possible(self) -> None:
        self.evaluate.setEnabled(bool(self.data.chosen()))

    def _on_accepted(self) -> None:
        chosen = [
            self._sources.get(value) or DataSource(value, "", "") for value in self.data.chosen()
        ]
        self.accept()
        self.sources_chosen.emit(chosen)
