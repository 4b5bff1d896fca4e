"""The button that offers what can be taken out of an evaluation."""

from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.save_dialog import ask_save


class Export(StrEnum):
    """What can be exported: a name for the file and its kind."""

    CONFUSION_CSV = "confusion-matrix.csv"
    CONFUSION_PNG = "confusion-matrix.png"
    RELIABILITY_CSV = "reliability.csv"
    CLASSES_CSV = "digits.csv"


_TEXTS = {
    Export.CONFUSION_CSV: "Confusion matrix as &CSV\u2026",
    Export.CONFUSION_PNG: "Confusion matrix as &PNG\u2026",
    Export.RELIABILITY_CSV: "&Reliability as CSV\u2026",
    Export.CLASSES_CSV: "Precision, recall, &F1 as CSV\u2026",
}


class ExportButton(Button):
    """Asks what and where to. Signal ``export_requested(Export, str)``: what, and the path."""

    export_requested = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("&Export", parent)
        menu = QMenu(self)
        for what, text in _TEXTS.items():
            menu.addAction(text).triggered.connect(lambda _=False, what=what: self._ask(what))
        self.setMenu(menu)

    def _ask(self, what: Export) -> None:
        suffix = Path(what).suffix
        kinds = {suffix: suffix[1:].upper()}
        ask_save(self, "Export", what, kinds, partial(self.export_requested.emit, what))
