"""Which data sets are chosen: of those that are known, and of what the person adds."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.data_source import DataSource
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.file_drops import FileDrops
from digitpad.ui.widgets.flat_style import FlatStyle

_FILES = "Data sets (*-ubyte *-ubyte.gz *.jsonl *.jsonl.gz *.csv *.csv.gz *.sqlite);;All files (*)"
_ROLE = Qt.ItemDataRole.UserRole
_LEAST_ROWS = 2
_LOOK = (
    "Shows how many drawings there are of each class and what they look like. "
    "Double-click a data set, or press Enter, to see that one alone."
)


class DataList(QWidget):
    """A list with check marks, and buttons that add files and folders and take them away.

    With ``looks`` it also offers to look into the sets.

    Signals: ``changed()``: another choice. ``look_requested(list)``: the values of the sets that
    the person wants to look into, one of them or all that are checked.
    """

    changed = Signal()
    look_requested = Signal(list)

    def __init__(self, parent: QWidget | None = None, *, looks: bool = True) -> None:
        super().__init__(parent)
        self._known: set[str] = set()
        self.list = _List(looks=looks)
        FlatStyle(self.list)
        self.list.setAccessibleName("Training data")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._row = 2 * self.list.fontMetrics().height() + 14
        self.list.setMinimumHeight(_LEAST_ROWS * self._row + 12)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._add_files, self._add_folder = Button("Add &files\u2026"), Button("Add f&older\u2026")
        self._remove, self.look = Button("Re&move"), Button("Inspe&ct data")
        self.look.setToolTip(_LOOK)
        if not looks:
            self.look.hide()
        self._join()
        self._lay_out()
        self._show_possible()

    def show_sources(self, sources: Sequence[DataSource]) -> None:
        """Offer ``sources``; what was added stays, and all that was there keeps its check mark."""
        before = {item.data(_ROLE): _is_checked(item) for item in self._items()}
        self._known = {source.value for source in sources}
        self.list.clear()
        for source in sources:
            checked = before.pop(source.value, source.checked)
            self._append(source.value, source.name, source.detail, checked=checked)
        for path, checked in before.items():
            self._append_path(path, checked=checked)
        self.changed.emit()

    def chosen(self) -> tuple[str, ...]:
        """Return the values of all that is checked, in the order of the list."""
        return tuple(item.data(_ROLE) for item in self._items() if _is_checked(item))

    def add_paths(self, paths: Sequence[str]) -> None:
        """Add and check files or folders; those that are there already are checked only."""
        here = {item.data(_ROLE): item for item in self._items()}
        for path in paths:
            if path in here:
                here[path].setCheckState(Qt.CheckState.Checked)
            else:
                self._append_path(path, checked=True)
        self.changed.emit()

    def _join(self) -> None:
        FileDrops(self, self.add_paths)
        self.list.itemChanged.connect(self.changed)
        self.list.pointed_at.connect(self._on_pointed_at)
        self.list.itemSelectionChanged.connect(self._show_possible)
        self.changed.connect(self._show_possible)
        self._add_files.clicked.connect(self._on_add_files)
        self._add_folder.clicked.connect(self._on_add_folder)
        self._remove.clicked.connect(self._on_remove)
        self.look.clicked.connect(lambda: self.look_requested.emit(list(self.chosen())))
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list, self._on_remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self._add_files, self._add_folder, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    def _append_path(self, path: str, *, checked: bool) -> None:
        self._append(path, Path(path).name, str(Path(path).parent), checked=checked)

    def _append(self, value: str, name: str, detail: str, *, checked: bool) -> None:
        item = QListWidgetItem(f"{name}\n{detail}")
        item.setData(_ROLE, value)
        item.setToolTip(detail if value in self._known else value)
        item.setSizeHint(QSize(0, self._row))
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _removable(self) -> list[QListWidgetItem]:
        return [i for i in self.list.selectedItems() if i.data(_ROLE) not in self._known]

    def _show_possible(self) -> None:
        self._remove.setEnabled(bool(self._removable()))
        self.look.setEnabled(bool(self.chosen()))

    def _on_pointed_at(self, item: QListWidgetItem) -> None:
        self.look_requested.emit([item.data(_ROLE)])

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


def _is_checked(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked


class _List(QListWidget):
    """Signal ``pointed_at(object)``: the item of a double click beside its check box, or of Enter.

    There are desktops where a single click already counts as activating an item. Where nothing
    ``looks`` at items, Enter is left to the window's default button.
    """

    pointed_at = Signal(object)

    def __init__(self, *, looks: bool) -> None:
        super().__init__()
        self._looks = looks

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        place = event.position().toPoint()
        item = self.itemAt(place)
        box = 2 * self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
        if item is not None and place.x() > box:
            self.pointed_at.emit(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        item = self.currentItem()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._looks and enter and item is not None:
            event.accept()  # else it would press the window's default button as well
            self.pointed_at.emit(item)
