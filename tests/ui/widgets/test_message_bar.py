from functools import partial

import pytest
from PySide6.QtCore import QMargins, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from digitpad.core.drawing import Picture
from digitpad.ui.icons import Icons
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.widgets.message_bar import MessageBar
from digitpad.ui.window.main_window import MainWindow
from tests.ui import hand

GIVEN_UP = "The recogniser stopped. You can keep drawing without it."


@pytest.fixture
def bar(window: MainWindow) -> MessageBar:
    return window.board.messages


def test_message_lies_over_the_canvas_and_folds_its_details(
    window: MainWindow, bar: MessageBar
) -> None:
    window.show_message("It is broken.", "a traceback", MessageKind.ERROR)
    assert window.canvas.geometry().contains(bar.geometry())
    assert bar.text.text() == "It is broken."
    assert not bar.details.isVisible()
    folded = bar.height()
    QTest.mouseClick(bar.details_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert bar.details.isVisible()
    assert bar.details.toPlainText() == "a traceback"
    assert bar.height() > folded
    assert window.canvas.geometry().contains(bar.geometry())
    QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


@pytest.mark.usefixtures("theme")
def test_it_follows_what_it_lies_over(qtbot: QtBot, icons: Icons) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    over = QWidget(parent)
    bar = MessageBar(icons, over, QMargins(10, 0, 20, 5))
    parent.resize(800, 600)
    parent.show()
    bar.show_message("It is broken.", "", MessageKind.ERROR)
    for area in (QRect(0, 0, 500, 400), QRect(50, 30, 500, 400), QRect(50, 30, 600, 300)):
        over.setGeometry(area)
        assert bar.geometry().left() == area.left() + 10
        assert bar.geometry().right() == area.right() - 20
        assert bar.geometry().bottom() == area.bottom() - 5


def test_on_a_narrow_sheet_the_text_keeps_its_room(window: MainWindow, bar: MessageBar) -> None:
    window.resize(window.minimumSizeHint())
    window.show_message("scan.png is damaged: save it again.", "a traceback", MessageKind.ERROR)
    QApplication.processEvents()
    assert bar.text.width() > bar.width() / 2
    assert bar.details_button.mapTo(bar, bar.details_button.rect().topLeft()).y() > bar.text.y()
    window.resize(1000, 700)
    QApplication.processEvents()
    left = bar.details_button.mapTo(bar, bar.details_button.rect().topLeft()).x()
    assert left > bar.text.geometry().right()


def test_in_the_smallest_window_the_buttons_are_whole(window: MainWindow, bar: MessageBar) -> None:
    window.resize(window.minimumSizeHint())
    restart = Offer("Restart", lambda: None)
    window.show_message(GIVEN_UP, "details", MessageKind.LASTING, restart)
    QApplication.processEvents()
    for button in (bar.offer_button, bar.details_button):
        assert button.width() >= button.sizeHint().width()


def test_without_details_there_is_no_button(window: MainWindow, bar: MessageBar) -> None:
    window.show_message("Saved.")
    assert not bar.details_button.isVisible()


def test_notice_leaves_by_itself_and_an_error_stays(
    window: MainWindow, bar: MessageBar, qtbot: QtBot
) -> None:
    bar._timer.setInterval(20)
    window.show_message("Saved.")
    qtbot.waitUntil(lambda: not bar.isVisible())
    window.show_message("Broken.", kind=MessageKind.ERROR)
    assert not bar._timer.isActive()
    window.show_message("Saved.", "details that are being read")
    bar.details_button.click()
    qtbot.wait(60)
    assert bar.isVisible()


def test_next_message_is_folded_again(window: MainWindow, bar: MessageBar) -> None:
    window.show_message("One.", "details", MessageKind.ERROR)
    bar.details_button.click()
    window.show_message("Two.", "more", MessageKind.ERROR)
    assert not bar.details.isVisible()
    assert bar.accessibleName() == "Two."


def test_a_message_is_read_out(
    window: MainWindow, bar: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[QAccessible.Event] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.type()))
    window.show_message("Broken.", kind=MessageKind.ERROR)
    assert said == [QAccessible.Event.Announcement]
    assert bar.close_button.accessibleName() == "Dismiss message"


def test_escape_dismisses(window: MainWindow, bar: MessageBar) -> None:
    window.show_message("Broken.", "details", MessageKind.ERROR)
    QTest.keyClick(bar.close_button, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_long_message_is_whole_in_a_small_window(window: MainWindow, bar: MessageBar) -> None:
    window.resize(window.minimumSizeHint())
    window.show_message("A long sentence that says what is wrong and what to do. " * 3)
    QApplication.processEvents()
    assert bar.text.height() >= bar.text.heightForWidth(bar.text.width())


@pytest.mark.parametrize("kind", [MessageKind.NOTICE, MessageKind.ERROR])
@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_what_is_said_gives_way_to_the_pen_and_the_eraser(
    window: MainWindow, bar: MessageBar, kind: MessageKind, button: Qt.MouseButton
) -> None:
    window.show_message("Saved as 2 in My drawings.", kind=kind)
    hand.press(window.canvas, (150, 100), button)
    assert not bar.isVisible()
    hand.release(window.canvas, (150, 100), button)


def test_a_press_on_a_notice_clears_the_way(window: MainWindow, bar: MessageBar) -> None:
    window.show_message("Saved as 2.", offer=Offer("Undo", lambda: None))
    QTest.mouseClick(bar.text, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    window.show_message("It is broken.", kind=MessageKind.ERROR)
    QTest.mouseClick(bar.text, Qt.MouseButton.LeftButton)
    assert bar.isVisible(), "what is wrong can be selected and copied"


def test_escape_on_the_canvas_ends_a_stroke_first_and_then_dismisses(
    window: MainWindow, bar: MessageBar
) -> None:
    hand.press(window.canvas, (150, 100))
    window.show_message("Broken.", kind=MessageKind.ERROR)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.canvas.is_blank()
    window.show_message("Broken.", kind=MessageKind.ERROR)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_an_error_is_gone_with_the_next_drawing_and_a_notice_is_not(
    window: MainWindow, bar: MessageBar, picture: Picture
) -> None:
    window.show_message("bad.png is not a picture.", kind=MessageKind.ERROR)
    window.set_drawing(picture, "opening")
    assert not bar.isVisible()
    window.show_message("Only the first of 3 files was opened.")
    window.set_drawing(picture, "opening")
    assert bar.isVisible()


def test_what_lasts_stays_and_comes_back_until_it_is_over(
    window: MainWindow, bar: MessageBar
) -> None:
    pressed: list[str] = []
    restart = Offer("Restart", lambda: pressed.append("restart"))
    window.show_message(GIVEN_UP, kind=MessageKind.LASTING, offer=restart)
    hand.draw(window.canvas, hand.line((50, 50), (200, 80)))
    assert bar.text.text() == GIVEN_UP
    window.show_message("Saved 7.svg.")
    bar.dismiss()
    assert (bar.text.text(), bar.isVisible()) == (GIVEN_UP, True)
    assert not bar._timer.isActive()
    window.show_message("Saved 7.svg.")
    window.end_lasting_message("Something else that lasted.")
    bar.dismiss()
    assert bar.text.text() == GIVEN_UP
    window.show_message("Saved 7.svg.")
    window.end_lasting_message(GIVEN_UP)
    assert bar.text.text() == "Saved 7.svg."
    bar.dismiss()
    assert not bar.isVisible()
    window.show_message(GIVEN_UP, kind=MessageKind.LASTING, offer=restart)
    QTest.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert (pressed, bar.isVisible()) == (["restart"], False)


def test_what_lasts_can_be_dismissed_and_over_is_over(window: MainWindow, bar: MessageBar) -> None:
    for end in (bar.close_button.click, partial(window.end_lasting_message, GIVEN_UP)):
        window.show_message(GIVEN_UP, kind=MessageKind.LASTING)
        end()
        assert not bar.isVisible()
        window.show_message("Saved 7.svg.")
        bar.dismiss()
        assert not bar.isVisible()
