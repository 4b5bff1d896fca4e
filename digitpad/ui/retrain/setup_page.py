"""Before a run: what to train, from what, and how. As it comes, it only has to be started."""

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.training.options import AUTO, Catalogue, FitOptions, RecipeInfo
from digitpad.ui.datasets.data_list import DataList
from digitpad.ui.icons import Icons
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.choice import Choice
from digitpad.ui.widgets.field_style import FieldStyle
from digitpad.ui.widgets.flat_style import FlatStyle
from digitpad.ui.widgets.labels import heading, quiet
from digitpad.ui.widgets.message_bar import MessageBar
from digitpad.ui.widgets.tables import TextTable
from digitpad.ui.wording import count

_DEFAULT_RECIPE = "fast"
_SCRATCH, _CURRENT = "Random weights", "The current model"
_MOST = 2**31 - 1
_FIELD_HEIGHT = 32


class SetupPage(QWidget):
    """The choices, beside the layers of the recipe's network, over which ``messages`` lie.

    Signals: ``start_requested(FitOptions)``, ``close_requested()``.
    """

    start_requested = Signal(object)
    close_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = Catalogue((), ())
        self._current_file = self._current_recipe = ""
        self.recipe = Choice("Recipe")
        self.about = quiet("Looking for recipes and devices\u2026", wrap=False)
        self.data = DataList()
        self.epochs = _number(1, 1000)
        self.batch = _number(1, 16384)
        self.rate = QDoubleSpinBox(decimals=5, minimum=0.00001, maximum=10.0, singleStep=0.001)
        self.augmented = QCheckBox("&Augmentation")
        FlatStyle(self.augmented)
        self.augmented.setToolTip("Randomly rotate, shift, distort and thicken the images")
        self.validation = _number(0, 50)
        self.validation.setSuffix("\u202f%")
        self.validation.setSpecialValueText("Default")
        self.validation.setToolTip("Share of the data held out for validation")
        self.seed = _number(0, _MOST)
        self.seed.setValue(1)
        self.device = Choice("Device")
        self.start_from = Choice("Start from")
        self.start_from.addItems([_SCRATCH, _CURRENT])
        self.network = heading("", 1.1)
        self.layers = TextTable(["Layer", "Output shape", "Parameters"], [2], "Layers")
        self.problem = quiet()
        self.defaults = Button("&Defaults")
        self.start = Button("&Retrain")
        self.start.setDefault(True)
        self._lay_out()
        self.messages = MessageBar(icons, self.layers, QMargins())
        self._join()
        self._set_enabled(enabled=False)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Offer these recipes and devices; a choice that was made stays."""
        before = self.recipe.currentText()
        self._catalogue = catalogue
        self.recipe.clear()
        self.recipe.addItems([recipe.name for recipe in catalogue.recipes])
        self.device.clear()
        for device in catalogue.devices:
            self.device.addItem(device.name, device.key)
        self._set_enabled(enabled=True)
        self.recipe.setCurrentText(before or _DEFAULT_RECIPE)
        self._on_recipe_changed()

    def show_unavailable(self, reason: str) -> None:
        """Say why there is nothing to choose from."""
        self.about.setWordWrap(True)
        self.about.setText(reason)

    def show_current_model(self, name: str, file: str, recipe: str) -> None:
        """Take the model that can be started from: it fits the recipe that it was trained by."""
        self._current_file, self._current_recipe = file, recipe
        of_recipe = f" ({recipe})" if recipe else ""
        self.start_from.setItemText(1, f"{_CURRENT}, \u201c{name}\u201d{of_recipe}")
        self._offer_current()

    def options(self) -> FitOptions:
        """Return what is chosen."""
        share = self.validation.value()
        return FitOptions(
            recipe=self.recipe.currentText(),
            data=self.data.chosen(),
            epochs=self.epochs.value(),
            batch=self.batch.value(),
            learning_rate=self.rate.value(),
            augmented=self.augmented.isChecked(),
            validation_share=share / 100 if share else None,
            seed=self.seed.value(),
            device=self.device.currentData() or AUTO,
            start_from=self._current_file if self.start_from.currentIndex() == 1 else "",
        )

    def _lay_out(self) -> None:
        for field in (self.epochs, self.batch, self.rate, self.validation, self.seed):
            field.setMinimumHeight(_FIELD_HEIGHT)
            FieldStyle(field)
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addWidget(self.network)
        side.addWidget(self.layers, 1)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        columns.addLayout(self._form(), 5)
        columns.addLayout(side, 4)
        buttons = QHBoxLayout()
        buttons.addWidget(self.defaults)
        buttons.addWidget(self.problem, 1)
        close = Button("Close")
        close.clicked.connect(self.close_requested)
        buttons.addWidget(close)
        buttons.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addLayout(columns, 1)
        column.addLayout(buttons)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(_name("Reci&pe", self.recipe), self.recipe)
        form.addRow("", self.about)
        form.addRow("Training data", self.data)
        form.addRow(_name("&Epochs", self.epochs), _pair(self.epochs, "&Batch size", self.batch))
        form.addRow(_name("&Learning rate", self.rate), _pair(self.rate, "&Seed", self.seed))
        validation = _pair(self.validation, "", self.augmented)
        form.addRow(_name("Val&idation", self.validation), validation)
        form.addRow(_name("De&vice", self.device), self.device)
        form.addRow(_name("S&tart from", self.start_from), self.start_from)
        return form

    def _join(self) -> None:
        self.recipe.currentIndexChanged.connect(self._on_recipe_changed)
        self.defaults.clicked.connect(self._on_recipe_changed)
        self.start.clicked.connect(lambda: self.start_requested.emit(self.options()))
        self.data.changed.connect(self._check)

    def _set_enabled(self, *, enabled: bool) -> None:
        parts: tuple[QWidget, ...] = (
            *(self.recipe, self.epochs, self.batch, self.rate, self.augmented),
            *(self.device, self.validation, self.seed, self.start_from, self.defaults, self.start),
        )
        for part in parts:
            part.setEnabled(enabled)

    def _on_recipe_changed(self) -> None:
        recipe = self._catalogue.recipe(self.recipe.currentText())
        if recipe is None:
            return
        self.about.setText(_sentence(recipe.about))
        self.epochs.setValue(recipe.epochs)
        self.batch.setValue(recipe.batch)
        self.rate.setValue(recipe.learning_rate)
        self.augmented.setChecked(recipe.augmented)
        self.validation.setValue(0)
        self._show_network(recipe)
        self._offer_current()
        self._check()

    def _show_network(self, recipe: RecipeInfo) -> None:
        self.network.setText(f"Network: {count(recipe.parameters)} parameters")
        self.layers.show_rows(
            [(row.kind, row.shape, count(row.parameters)) for row in recipe.layers]
        )

    def _offer_current(self) -> None:
        """Offer to go on from the current model only where it is of the chosen recipe's kind."""
        fits = self.recipe.currentText() == self._current_recipe
        rows = self.start_from.model()
        if isinstance(rows, QStandardItemModel):
            rows.item(1).setEnabled(fits)
        if not fits:
            self.start_from.setCurrentIndex(0)

    def _check(self) -> None:
        """Say what is missing; start only where nothing is."""
        known = self._catalogue.recipe(self.recipe.currentText()) is not None
        has_data = bool(self.data.chosen())
        self.problem.setText("" if has_data else "Choose at least one data set.")
        self.start.setEnabled(known and has_data)


def _number(least: int, most: int) -> QSpinBox:
    return QSpinBox(minimum=least, maximum=most)


def _pair(first: QWidget, name: str, second: QWidget) -> QHBoxLayout:
    """Return a row of two fields, the second with its own name, if any."""
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(first, 1)
    if name:
        label = _name(name, second)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("Batch size"))
        row.addWidget(label)
    row.addWidget(second, 1)
    return row


def _name(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(field)
    label.setMinimumHeight(field.minimumHeight())
    return label


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""
