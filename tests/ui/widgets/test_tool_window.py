import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox, QVBoxLayout
from pytestqt.qtbot import QtBot

from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.tool_window import ToolWindow


def test_enter_presses_the_default_button_or_the_one_with_the_focus(qtbot: QtBot) -> None:
    window, number, other, default = ToolWindow("Train"), QSpinBox(), Button("Close"), Button("Go")
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for part in (number, other, default):
        column.addWidget(part)
    default.setDefault(True)
    pressed: list[str] = []
    other.clicked.connect(lambda: pressed.append("Close"))
    default.clicked.connect(lambda: pressed.append("Go"))
    window.show()
    QTest.keyClick(number, Qt.Key.Key_Return)
    QTest.keyClick(other, Qt.Key.Key_Return)
    default.setEnabled(False)
    QTest.keyClick(number, Qt.Key.Key_Return)
    default.setEnabled(True)
    default.hide()
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert pressed == ["Go", "Close"]


@pytest.mark.parametrize("keys", ["Esc", "Ctrl+W"])
def test_escape_and_the_key_for_closing_close(qtbot: QtBot, keys: str) -> None:
    window = ToolWindow("Train")
    number = QSpinBox(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keySequence(number, QKeySequence(keys))
    assert not window.isVisible()
