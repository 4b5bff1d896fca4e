"""The licences of everything that a frozen build brings along."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.flat_style import FlatStyle
from digitpad.ui.widgets.window_places import resize_within_screen

_SIZE, _LEAST = QSize(900, 600), QSize(560, 320)
_LIST_WIDTH = 220
_MARGIN, _GAP = 24, 16


class LicencesDialog(QDialog):
    """Shows text ``files``, named for what they are about: a list, and the chosen one's text."""

    def __init__(self, files: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Licences")
        self._files = files
        self.titles = QListWidget()
        self.titles.setAccessibleName("Components")
        self.titles.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.titles.setSpacing(3)
        for file in files:
            item = QListWidgetItem(file.stem, self.titles)
            item.setToolTip(file.stem)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("Licence")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.titles.currentRowChanged.connect(self._on_row_changed)
        for part in (self.titles, self.text):
            FlatStyle(part)
        close = Button("Close")
        close.clicked.connect(self.reject)
        close.setDefault(True)
        split = QSplitter()
        split.addWidget(self.titles)
        split.addWidget(self.text)
        split.setSizes([_LIST_WIDTH, _SIZE.width() - _LIST_WIDTH])
        split.setStretchFactor(1, 1)
        split.setHandleWidth(_GAP)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN - 4)
        column.setSpacing(_GAP)
        column.addWidget(split, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumSize(_LEAST)
        resize_within_screen(self, _SIZE)
        self.titles.setCurrentRow(0)

    def _on_row_changed(self, row: int) -> None:
        self.text.setPlainText(self._files[row].read_text("utf-8", "replace"))
