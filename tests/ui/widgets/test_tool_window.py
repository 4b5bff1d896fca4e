import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.tool_window import ToolWindow
from digitpad.ui.widgets.window_places import stand_beside


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


def test_a_window_opens_where_the_last_of_its_kind_was_closed(qtbot: QtBot) -> None:
    windows = [ToolWindow("Train") for _ in range(3)]
    for window in windows:
        qtbot.addWidget(window)
    first, second, third = windows
    first.show()
    first.setGeometry(120, 90, 310, 220)
    first.close()
    second.show()
    assert second.geometry() == first.geometry()
    third.show()
    assert third.pos() != second.pos(), "it would hide the other"


def test_a_window_stands_beside_another_where_the_screen_has_room(qtbot: QtBot) -> None:
    main, window = QWidget(), QWidget()
    for widget in (main, window):
        qtbot.addWidget(widget)
    main.setGeometry(0, 40, 300, 200)
    main.show()
    window.resize(700, 500)
    window.setMinimumSize(200, 200)
    stand_beside(window, main)
    window.show()
    room = window.screen().availableGeometry()
    assert room.contains(window.frameGeometry())
    assert window.frameGeometry().left() > main.frameGeometry().right()
    main.setGeometry(0, 40, room.width() - 100, 200)
    before = window.geometry()
    stand_beside(window, main)
    assert window.geometry() == before
