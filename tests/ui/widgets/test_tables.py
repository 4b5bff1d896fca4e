import gc

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.ui.theme import Theme
from digitpad.ui.widgets.tables import TextTable


def test_the_tab_key_leads_out_of_a_table(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    window = QWidget()
    qtbot.addWidget(window)
    table, after = TextTable(["Name", "Number"], [1], "Figures"), QPushButton("After")
    table.show_rows([["a", "1"], ["b", "2"]])
    column = QVBoxLayout(window)
    column.addWidget(table)
    column.addWidget(after)
    window.show()
    window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    ringed = table.grab().toImage()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert table.grab().toImage() != ringed


def test_no_cell_outlives_its_row(qtbot: QtBot) -> None:
    """A wrapper that stays when its item is gone is taken for whatever comes to its address."""
    table = TextTable(["Name", "Number"], [1], "Figures")
    qtbot.addWidget(table)
    table.show_rows([["a", "1"], ["b", "2"]])
    before = _known_items()
    for _ in range(3):
        table.show_rows([["c", "3"], ["d", "4"]])
    assert _known_items() == before


def _known_items() -> int:
    gc.collect()
    known = shiboken6.Shiboken.getAllValidWrappers()
    return sum(isinstance(one, QStandardItem) for one in known)
