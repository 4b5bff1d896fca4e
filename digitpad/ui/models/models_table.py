"""The list of models: a row each, the one in use marked, names to be edited in place."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QItemSelectionModel, QLocale, Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QWidget

from digitpad.core.models.record import Model, ModelState
from digitpad.ui.widgets.tables import PlainTable
from digitpad.ui.wording import fine_percent

_HEADS = ("Name", "Recipe", "Accuracy", "State", "Created")
_ACCURACY = "On the 10,000 digits of MNIST test; \N{EN DASH} for a model not evaluated on them"
_MNIST_TEST, _MNIST_DRAWINGS = "t10k", 10_000
_KEY = Qt.ItemDataRole.UserRole
_STATES = {
    ModelState.BUNDLED: "Bundled",
    ModelState.RUNNING: "Training\u2026",
    ModelState.FINISHED: "Trained",
    ModelState.STOPPED: "Stopped early",
    ModelState.INTERRUPTED: "Interrupted",
    ModelState.FAILED: "Failed",
    ModelState.IMPORTED: "Imported",
}


class ModelsTable(PlainTable):
    """A row for each model, in bold for the one in use; names are edited where they stand.

    Signals: ``chosen()``: other rows; ``renamed(str, str)`` with a key and the new name.
    """

    chosen = Signal()
    renamed = Signal(str, str)
    _edited = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self._items.itemChanged.connect(self._on_item_changed)
        # not before Qt has finished with the item, for whoever is told lists all anew
        self._edited.connect(self.renamed, Qt.ConnectionType.QueuedConnection)
        self.setModel(self._items)
        self.selectionModel().selectionChanged.connect(self.chosen)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setAccessibleName("Models and training runs")

    def show_models(self, models: Sequence[Model], current: str) -> None:
        """List ``models``; the choice stays where its model is still there."""
        before = self.chosen_key() or current
        editing = self.state() == QAbstractItemView.State.EditingState
        self._items.clear()
        self._items.setHorizontalHeaderLabels(list(_HEADS))
        role = Qt.ItemDataRole.ToolTipRole
        self._items.setHeaderData(2, Qt.Orientation.Horizontal, _ACCURACY, role)
        for model in models:
            self._items.appendRow(_row(model, in_use=model.key == current, font=self.font()))
        self.fit_columns()
        keys = [model.key for model in models]
        self.choose(before if before in keys else keys[0])
        if editing:  # the editor is gone, and would have passed the keyboard on to the buttons
            self.setFocus()

    def choose(self, key: str) -> None:
        """Put the cursor on the model ``key`` and choose it alone, whichever keys are down."""
        flag = QItemSelectionModel.SelectionFlag
        for row in range(self._items.rowCount()):
            if self._items.item(row).data(_KEY) == key:
                index = self._items.index(row, 0)
                self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.chosen.emit()

    def chosen_key(self) -> str:
        """Return the key of the row with the cursor, "" without one."""
        item = self._items.item(self.currentIndex().row(), 0)
        return str(item.data(_KEY)) if item is not None else ""

    def chosen_keys(self) -> list[str]:
        """Return the keys of all chosen rows, from the top."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [str(self._items.item(row).data(_KEY)) for row in rows]

    def rename(self) -> None:
        """Begin to edit the chosen model's name."""
        index = self._items.index(self.currentIndex().row(), 0)
        if index.isValid():
            self.edit(index)

    def _on_item_changed(self, item: QStandardItem) -> None:
        if item.column() == 0:
            self._edited.emit(item.data(_KEY), item.text().strip())


def _row(model: Model, *, in_use: bool, font: QFont) -> list[QStandardItem]:
    accuracy = _accuracy(model)
    state = "In use" if in_use else _STATES[model.state]
    day, moment = _when(model.created)
    texts = (
        model.name,
        model.recipe or "\N{EN DASH}",
        "\N{EN DASH}" if accuracy is None else fine_percent(accuracy),
        state,
        day,
    )
    items = [QStandardItem(text) for text in texts]
    strong = QFont(font)
    strong.setBold(True)
    for item in items:
        item.setEditable(False)
        if in_use:
            item.setFont(strong)
    items[0].setToolTip(model.name)
    items[2].setToolTip(_ACCURACY)
    items[-1].setToolTip(moment)
    items[0].setData(model.key, _KEY)
    items[0].setEditable(model.state not in (ModelState.BUNDLED, ModelState.RUNNING))
    return items


def _accuracy(model: Model) -> float | None:
    """Return that on the same drawings for all, None where ``model`` was not evaluated on them."""
    row = model.figures.get(_MNIST_TEST, {})
    return row.get("accuracy") if row.get("drawings") == _MNIST_DRAWINGS else None


def _when(text: str) -> tuple[str, str]:
    """Return an ISO time as the person's country writes it, in their own time zone: day; all."""
    when = QDateTime.fromString(text, Qt.DateFormat.ISODate).toLocalTime()
    if not when.isValid():
        return text, text
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    day = locale.toString(when.date(), short)
    return day, locale.toString(when, short) if "T" in text else day
