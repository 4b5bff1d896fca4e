"""The Models window: every model and run, and what can be done with each."""

import sys
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMargins, QSize, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.models.record import Model, ModelState
from digitpad.core.models.store import BUNDLED
from digitpad.ui.icons import Icons
from digitpad.ui.models.details import Details
from digitpad.ui.models.models_table import ModelsTable
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.file_drops import FileDrops
from digitpad.ui.widgets.message_bar import MessageBar
from digitpad.ui.widgets.save_dialog import ask_save
from digitpad.ui.widgets.tool_window import ToolWindow
from digitpad.ui.widgets.window_places import resize_within_screen
from digitpad.ui.wording import count

_MARGIN = 24
_SIZE = QSize(1190, 660)
_MODEL_FILES = "Models (*.safetensors)"


class ModelsWindow(ToolWindow):
    """Lists models; asks for everything that changes them.

    Signals, with the model's key first: ``use_requested(str)``, ``rename_requested(str, str)``,
    ``delete_requested(str)``, ``resume_requested(str)``,
    ``compare_requested(str, str)`` with the key of the other model, in the order to be shown,
    ``export_requested(str, str)`` and ``onnx_requested(str, str)`` with a path, and for its curves
    ``csv_requested(str, str)`` and ``png_requested(QImage, str)``. ``import_requested(str)``
    carries a path.
    """

    use_requested = Signal(str)
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    resume_requested = Signal(str)
    compare_requested = Signal(str, str)
    export_requested = Signal(str, str)
    onnx_requested = Signal(str, str)
    import_requested = Signal(str)
    csv_requested = Signal(str, str)
    png_requested = Signal(object, str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__("Models", parent)
        self._models: dict[str, Model] = {}
        self._current = BUNDLED
        self._offer: Offer | None = None
        self.table, self.details = ModelsTable(), Details()
        self.use, self.resume = Button("&Use"), Button("&Resume")
        self.compare, self.delete = Button("&Compare\u2026"), Button("De&lete")
        self.rename, self.more = Button("Re&name"), Button("&Export")
        self.bring_in = Button("&Import\u2026")
        self.export_model = QAction("&Model (safetensors)\u2026", self)
        self.export_onnx = QAction("Model for &other programs (ONNX)\u2026", self)
        self.export_onnx.setVisible(not getattr(sys, "frozen", False))  # bundles have no onnx
        self.export_csv = QAction("Training curves as &CSV\u2026", self)
        self.export_png = QAction("Training curves as &PNG\u2026", self)
        self.use.setDefault(True)
        self._content = QWidget(self)
        self._lay_out()
        self._join()
        self.messages = MessageBar(icons, self._content, QMargins())
        resize_within_screen(self, _SIZE)

    def show_models(self, models: Sequence[Model], current: str) -> None:
        """List ``models``, of which ``current`` is in use."""
        self._models, self._current = {model.key: model for model in models}, current
        self.table.show_models(models, current)

    def choose(self, key: str) -> None:
        self.table.choose(key)

    def show_message(
        self,
        text: str,
        details: str = "",
        kind: MessageKind = MessageKind.NOTICE,
        offer: Offer | None = None,
    ) -> None:
        """Show one sentence; what it offers can be had with the key for undo later, too."""
        if offer is not None:
            self._offer = offer
            offer = Offer(offer.text, self._accept)
        self.messages.show_message(text, details, kind, offer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) and self.delete.isEnabled():
            self.delete.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        menu = QMenu(self)
        menu.addActions([self.export_model, self.export_onnx, self.export_csv, self.export_png])
        self.more.setMenu(menu)
        buttons = QHBoxLayout()
        for button in (self.bring_in, self.more, self.rename, self.delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.compare, self.resume, self.use):
            buttons.addWidget(button)
        columns = QHBoxLayout(self._content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(_MARGIN)
        columns.addWidget(self.table, 1)
        columns.addWidget(self.details, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN - 4)
        column.setSpacing(16)
        column.addWidget(self._content, 1)
        column.addLayout(buttons)

    def _join(self) -> None:
        key = self.table.chosen_key
        self.table.chosen.connect(self._on_chosen)
        self.table.renamed.connect(self._on_renamed)
        QShortcut(QKeySequence.StandardKey.Undo, self, self._on_undo)
        self.use.clicked.connect(lambda: self.use_requested.emit(key()))
        self.resume.clicked.connect(lambda: self.resume_requested.emit(key()))
        self.compare.clicked.connect(self._on_compare)
        self.delete.clicked.connect(lambda: self.delete_requested.emit(key()))
        self.rename.clicked.connect(self.table.rename)
        self.bring_in.clicked.connect(self._on_import)
        FileDrops(self, self._on_dropped)
        self.export_model.triggered.connect(self._on_export_model)
        self.export_onnx.triggered.connect(self._on_export_onnx)
        self.export_csv.triggered.connect(self._on_export_csv)
        self.export_png.triggered.connect(self._on_export_png)

    def _on_dropped(self, paths: list[str]) -> None:
        self.import_requested.emit(paths[0])
        if len(paths) > 1:
            self.show_message(f"Importing only the first of {count(len(paths))} files\u2026")

    def _on_chosen(self) -> None:
        model = self._models.get(self.table.chosen_key())
        if model is None:
            return
        self.details.show_model(model)
        only = len(self.table.chosen_keys()) == 1
        in_use = model.key == self._current
        changeable = only and model.key != BUNDLED and model.state is not ModelState.RUNNING
        self.use.setEnabled(only and model.usable and not in_use)
        self.resume.setEnabled(only and model.resumable)
        self.compare.setEnabled(self._compared() is not None)
        self.rename.setEnabled(changeable)
        self.delete.setEnabled(changeable)
        self.export_model.setEnabled(model.usable)
        self.export_onnx.setEnabled(model.usable)
        self.export_csv.setEnabled(bool(model.epochs))
        self.export_png.setEnabled(bool(model.epochs))

    def _compared(self) -> tuple[str, str] | None:
        """Return the two chosen models, or that in use and the only one; None if they are not two.

        The older one, which is lower in the list but for the bundled one, goes first.
        """
        keys = [key for key in self.table.chosen_keys() if self._models[key].usable]
        if len(keys) == 1 and len(self.table.chosen_keys()) == 1:
            keys.insert(0, self._current)
        elif keys and keys[0] != BUNDLED:
            keys.reverse()
        return (keys[0], keys[1]) if len(keys) == 2 and keys[0] != keys[1] else None

    def _on_compare(self) -> None:
        if both := self._compared():
            self.compare_requested.emit(*both)

    def _on_renamed(self, key: str, name: str) -> None:
        if name:
            self.rename_requested.emit(key, name)
        else:
            self.show_models(list(self._models.values()), self._current)

    def _on_undo(self) -> None:
        """Take the last offer, whatever was told since."""
        shown = self.messages.offer_button
        if shown.isVisible():
            shown.click()
        else:
            self._accept()

    def _accept(self) -> None:
        offer, self._offer = self._offer, None
        if offer is not None:
            offer.accept()

    def _on_import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Import a model", "", _MODEL_FILES)
        if path:
            self.import_requested.emit(path)

    def _on_export_model(self) -> None:
        self._ask_save(".safetensors", "Model", self._for_chosen(self.export_requested))

    def _on_export_onnx(self) -> None:
        self._ask_save(".onnx", "ONNX model", self._for_chosen(self.onnx_requested))

    def _on_export_csv(self) -> None:
        self._ask_save(".csv", "Table", self._for_chosen(self.csv_requested))

    def _on_export_png(self) -> None:
        image = self.details.curves.to_image()
        self._ask_save(".png", "Picture", partial(self.png_requested.emit, image))

    def _ask_save(self, suffix: str, kind: str, then: Callable[[str], object]) -> None:
        name = self._models[self.table.chosen_key()].name
        ask_save(self, "Export", f"{name}{suffix}", {suffix: kind}, then)

    def _for_chosen(self, asked: SignalInstance) -> Callable[[str], object]:
        return partial(asked.emit, self.table.chosen_key())
