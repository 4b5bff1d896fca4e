import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from digitpad.ui.widgets.questions import Question, ask


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


@pytest.fixture
def question(qtbot: QtBot, parent: QWidget, chosen: list[str]) -> Question:
    answers = {word: lambda word=word: chosen.append(word) for word in ("&Stay", "&Go")}
    question = ask(parent, "Shall it end?", "It can be resumed.", answers)
    qtbot.waitExposed(question)
    return question


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_enter_are_the_safe_answer(
    question: Question, chosen: list[str], key: Qt.Key
) -> None:
    QTest.keyClick(QApplication.focusWidget() or question, key)
    assert chosen == ["&Stay"]


def test_enter_on_another_answer_means_that_one(
    qtbot: QtBot, question: Question, chosen: list[str]
) -> None:
    question.buttons[1].setFocus()
    qtbot.waitUntil(question.buttons[1].hasFocus)
    QTest.keyClick(question.buttons[1], Qt.Key.Key_Return)
    assert chosen == ["&Go"]


def test_a_click_is_told_once(question: Question, chosen: list[str]) -> None:
    QTest.mouseClick(question.buttons[1], Qt.MouseButton.LeftButton)
    assert chosen == ["&Go"]
    assert not question.isVisible()
