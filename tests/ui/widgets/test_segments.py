import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from digitpad.ui.widgets.segments import Segments


@pytest.fixture
def segments(qtbot: QtBot) -> Segments:
    segments = Segments(["One", "Two", "Three"], "Numbers")
    qtbot.addWidget(segments)
    segments.show()
    qtbot.waitExposed(segments)
    return segments


def buttons(segments: Segments) -> list[QAbstractButton]:
    return segments.findChildren(QAbstractButton)


def test_exactly_one_is_taken(segments: Segments) -> None:
    chosen: list[int] = []
    segments.chosen.connect(chosen.append)
    assert segments.choice() == 0
    QTest.mouseClick(buttons(segments)[2], Qt.MouseButton.LeftButton)
    assert segments.choice() == 2
    assert [button.isChecked() for button in buttons(segments)] == [False, False, True]
    assert chosen == [2]


def test_it_can_be_reached_and_used_by_keyboard(segments: Segments) -> None:
    buttons(segments)[0].setFocus()
    QTest.keyClick(buttons(segments)[0], Qt.Key.Key_Right)
    assert segments.choice() == 1
    assert buttons(segments)[1].hasFocus()


def test_every_choice_has_a_name(segments: Segments) -> None:
    assert segments.accessibleName() == "Numbers"
    assert [button.accessibleName() for button in buttons(segments)] == ["One", "Two", "Three"]
