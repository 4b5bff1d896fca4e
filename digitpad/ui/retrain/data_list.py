"""Which data sets a run learns from: those that are known, and what the person adds."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.data_source import DataSource
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.check_style import CheckStyle

_FILES = "Data sets (*-ubyte *-ubyte.gz *.jsonl *.jsonl.gz *.csv *.csv.gz *.sqlite);;All files (*)"
_ROLE = Qt.ItemDataRole.UserRole
_LEAST_ROWS = 2


class DataList(QWidget):
    """A list with check marks, and buttons that add files and folders and take them away.

    Signal ``changed()``: another choice.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: set[str] = set()
        self.list = QListWidget()
        CheckStyle(self.list)
        self.list.setAccessibleName("Data to learn from")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._row = 2 * self.list.fontMetrics().height() + 14
        self.list.setMinimumHeight(_LEAST_ROWS * self._row + 12)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemChanged.connect(self.changed)
        self.list.itemSelectionChanged.connect(self._show_removable)
        self._add_files = Button("Add &files\u2026")
        self._add_files.clicked.connect(self._on_add_files)
        self._add_folder = Button("Add f&older\u2026")
        self._add_folder.clicked.connect(self._on_add_folder)
        self._remove = Button("Re&move")
        self._remove.clicked.connect(self._on_remove)
        QShortcut(QKeySequence.StandardKey.Delete, self.list, self._on_remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add_files)
        buttons.addWidget(self._add_folder)
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self._show_removable()

    def show_sources(self, sources: Sequence[DataSource]) -> None:
        """Offer ``sources``; what was chosen before, and what was added, stays."""
        chosen, values = set(self.chosen()), self._values()
        self._known = {source.value for source in sources}
        added = [value for value in values if value not in self._known]
        self.list.clear()
        for source in sources:
            checked = source.value in chosen if source.value in values else source.checked
            self._append(source.value, source.name, source.detail, checked=checked)
        self.add_paths(added)

    def chosen(self) -> tuple[str, ...]:
        """Return the values of all that is checked, in the order of the list."""
        return tuple(
            item.data(_ROLE) for item in self._items() if item.checkState() == Qt.CheckState.Checked
        )

    def add_paths(self, paths: Sequence[str]) -> None:
        """Add and check files or folders; those that are there already are checked only."""
        here = {item.data(_ROLE): item for item in self._items()}
        for path in paths:
            if path in here:
                here[path].setCheckState(Qt.CheckState.Checked)
            else:
                self._append(path, Path(path).name, str(Path(path).parent), checked=True)
        self.changed.emit()

    def _append(self, value: str, name: str, detail: str, *, checked: bool) -> None:
        item = QListWidgetItem(f"{name}\n{detail}")
        item.setData(_ROLE, value)
        item.setToolTip(detail if value in self._known else value)
        item.setSizeHint(QSize(0, self._row))
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _values(self) -> list[str]:
        return [item.data(_ROLE) for item in self._items()]

    def _removable(self) -> list[QListWidgetItem]:
        return [i for i in self.list.selectedItems() if i.data(_ROLE) not in self._known]

    def _show_removable(self) -> None:
        self._remove.setEnabled(bool(self._removable()))

    def _on_add_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, "Add data", "", _FILES)
        self.add_paths(paths)

    def _on_add_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "Add a folder of data")
        if path:
            self.add_paths([path])

    def _on_remove(self) -> None:
        for item in self._removable():
            self.list.takeItem(self.list.row(item))
        self.changed.emit()
