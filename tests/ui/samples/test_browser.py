from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, Qt, QUrl
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from digitpad.core.samples.sample import Caption
from digitpad.ui.icons import Icons
from digitpad.ui.samples.browser import SampleBrowser
from digitpad.ui.samples.model import Filter
from digitpad.ui.samples.thumbnails import SIDE, render
from digitpad.ui.states import Offer
from digitpad.ui.theme import Theme, ThemeMode
from tests.samples import ink_of, sample_of, unread_picture
from tests.ui import hand


def select(browser: SampleBrowser, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    browser.grid.clearSelection()
    for row in rows:
        index = browser.grid.samples.index(row)
        browser.grid.selectionModel().setCurrentIndex(index, flags.Select)


def shown(browser: SampleBrowser) -> list[int]:
    return browser.grid.samples.numbers()


def test_counts_and_distribution_are_told(browser: SampleBrowser) -> None:
    assert browser.filters.all.count() == 5
    assert browser.filters.misread.count() == 2
    assert [row.count() for row in browser.filters.digits] == [0, 2, 0, 0, 1, 0, 0, 2, 0, 0]
    assert browser.filters.digits[4].accessibleName() == "Labelled 4: 1 drawing"
    assert browser.footer.text.text() == "5 drawings"


def test_filters_narrow_and_a_second_click_lifts_them(browser: SampleBrowser) -> None:
    filters = browser.filters
    QTest.mouseClick(filters.misread, Qt.MouseButton.LeftButton)
    assert shown(browser) == [14, 12]
    assert [row.count() for row in filters.digits] == [0, 0, 0, 0, 1, 0, 0, 1, 0, 0]
    QTest.mouseClick(filters.digits[7], Qt.MouseButton.LeftButton)
    assert shown(browser) == [14]
    assert [row.isChecked() for row in filters.digits] == [digit == 7 for digit in range(10)]
    QTest.mouseClick(filters.all, Qt.MouseButton.LeftButton)
    assert shown(browser) == [15, 14]
    QTest.mouseClick(filters.digits[7], Qt.MouseButton.LeftButton)
    assert shown(browser) == [15, 14, 13, 12, 11]
    assert not any(row.isChecked() for row in filters.digits)


def test_nothing_to_show_is_explained(browser: SampleBrowser) -> None:
    browser.show_filtered(Filter(digit=3))
    assert browser.empty.isVisible()
    assert "labelled 3" in browser.empty.title.text()
    browser.show_filtered(Filter(only_misread=True, digit=1))
    assert browser.empty.title.text() == "No 1 was misread"
    browser.show_filtered(Filter())
    assert browser.grid.isVisible()
    browser.show_captions({})
    assert browser.empty.isVisible()
    assert "press its key" in browser.empty.text.text()
    assert not browser.footer.export_button.isEnabled()
    assert browser.footer.import_button.isEnabled()


def test_what_was_imported_is_not_said_to_be_read_rightly(browser: SampleBrowser) -> None:
    browser.show_captions({n: unread_picture().caption for n in range(2)})
    browser.show_filtered(Filter(only_misread=True))
    assert "2 drawings have no answer yet" in browser.empty.text.text()


def test_files_dropped_on_it_are_imported(browser: SampleBrowser, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/drawings/mine.jsonl")])
    with qtbot.waitSignal(browser.import_requested) as asked:
        assert hand.drop(browser, mime)
    assert asked.args == [["/drawings/mine.jsonl"]]


def test_a_digit_key_relabels_what_is_selected(browser: SampleBrowser, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(browser.relabelled):
        QTest.keyClick(browser.grid, Qt.Key.Key_3)
    select(browser, 3, 1)
    assert browser.footer.text.text() == "2 of 5 drawings selected"
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
        with qtbot.waitSignal(browser.relabelled) as caught:
            QTest.keyClick(browser.grid, Qt.Key.Key_3, modifier)
        assert caught.args == [[14, 12], 3]
    with qtbot.assertNotEmitted(browser.relabelled):
        QTest.keyClick(browser.grid, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(browser.relabelled) as caught:
        browser.footer.relabel_menu.actions()[9].trigger()
    assert caught.args == [[14, 12], 9]


@pytest.mark.parametrize(
    ("key", "number"), [("Home", 15), ("Right", 15), ("Down", 15), ("End", 11)]
)
def test_the_first_key_selects_the_drawing_with_the_ring(
    browser: SampleBrowser, qtbot: QtBot, key: str, number: int
) -> None:
    browser.activateWindow()
    qtbot.waitUntil(browser.grid.hasFocus)
    assert browser.grid.selected() == []
    QTest.keySequence(browser.grid, QKeySequence(key))
    assert browser.grid.selected() == [number]
    QTest.keySequence(browser.grid, QKeySequence("Left"))
    QTest.keySequence(browser.grid, QKeySequence("Shift+Right"))
    assert len(browser.grid.selected()) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_3, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_key_without_a_selection_is_answered(browser: SampleBrowser, key: Qt.Key) -> None:
    QTest.keyClick(browser.grid, key)
    assert browser.messages.text.text().startswith("Select a drawing first")


def test_reading_again_by_key_leaves_the_keyboard_at_its_button(
    browser: SampleBrowser, qtbot: QtBot
) -> None:
    footer = browser.footer
    browser.read_requested.connect(lambda _: browser.show_busy("Recognising\u2026"))
    browser.stop_requested.connect(lambda: browser.show_busy(""))
    browser.activateWindow()
    select(browser, 0)
    footer.read_button.setFocus()
    qtbot.waitUntil(footer.read_button.hasFocus)
    QTest.keyClick(footer.read_button, Qt.Key.Key_Space)
    assert footer.stop_button.hasFocus()
    QTest.keyClick(footer.stop_button, Qt.Key.Key_Space)
    assert footer.read_button.hasFocus()


def test_reading_again_is_of_the_selection_or_of_all_that_is_shown(
    browser: SampleBrowser, qtbot: QtBot
) -> None:
    browser.show_filtered(Filter(only_misread=True))
    for numbers in ([14, 12], [12]):
        with qtbot.waitSignal(browser.read_requested) as asked:
            browser.footer.read_button.click()
        assert asked.args == [numbers]
        select(browser, 1)


def test_the_key_for_closing_closes(browser: SampleBrowser) -> None:
    QTest.keySequence(browser.grid, QKeySequence(QKeySequence.StandardKey.Close))
    assert not browser.isVisible()


def test_delete_undo_and_opening_by_key(browser: SampleBrowser, qtbot: QtBot) -> None:
    assert not browser.footer.delete_button.isEnabled()
    assert not browser.footer.relabel_button.isEnabled()
    select(browser, 0)
    with qtbot.waitSignal(browser.deleted) as caught:
        QTest.keyClick(browser.grid, Qt.Key.Key_Delete)
    assert caught.args == [[15]]
    with qtbot.waitSignal(browser.deleted) as caught:
        browser.footer.delete_button.click()
    assert caught.args == [[15]]
    with qtbot.waitSignal(browser.opened) as caught:
        QTest.keyClick(browser.grid, Qt.Key.Key_Return)
    assert caught.args == [15]
    assert browser.isVisible()
    with qtbot.waitSignal(browser.undone):
        QTest.keySequence(browser.grid, QKeySequence(QKeySequence.StandardKey.Undo))
    with qtbot.waitSignal(browser.opened) as caught:
        place = browser.grid.visualRect(browser.grid.samples.index(2)).center()
        QTest.mouseClick(browser.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(browser.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [13]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_context_menu_acts_on_the_drawing(browser: SampleBrowser, qtbot: QtBot) -> None:
    place = browser.grid.visualRect(browser.grid.samples.index(2)).center()
    select(browser, 2)
    browser.grid.customContextMenuRequested.emit(place)
    (menu,) = (m for m in browser.findChildren(QMenu) if m.isVisible())
    actions = {action.text().replace("&", ""): action for action in menu.actions()}
    with qtbot.waitSignal(browser.opened) as caught:
        actions["Show on the canvas"].trigger()
    assert caught.args == [13]
    with qtbot.waitSignal(browser.deleted) as caught:
        actions["Delete"].trigger()
    assert caught.args == [[13]]
    digits = actions["Relabel"].menu()
    assert isinstance(digits, QMenu)
    with qtbot.waitSignal(browser.relabelled) as caught:
        digits.actions()[4].trigger()
    assert caught.args == [[13], 4]
    menu.close()
    browser.grid.customContextMenuRequested.emit(browser.grid.viewport().rect().bottomRight())
    assert not [m for m in browser.findChildren(QMenu) if m.isVisible()]


def test_what_is_selected_stays_selected(
    browser: SampleBrowser, captions: dict[int, Caption]
) -> None:
    select(browser, 1, 3)
    browser.show_captions({16: sample_of(16).caption, **captions})
    assert browser.grid.selected() == [14, 12]
    captions.pop(14)
    browser.show_captions(captions)
    assert browser.grid.selected() == [12]


def test_after_the_selection_has_gone_the_next_drawing_is_selected(
    browser: SampleBrowser, captions: dict[int, Caption]
) -> None:
    select(browser, 1)
    captions.pop(14)
    browser.show_captions(captions)
    assert browser.grid.selected() == [13]
    select(browser, 3)
    captions.pop(11)
    browser.show_captions(captions)
    assert browser.grid.selected() == [12]


def test_a_change_scrolls_nowhere(browser: SampleBrowser) -> None:
    many = {n: sample_of(n, n % 10).caption for n in range(3000, 0, -1)}
    browser.show_captions(many)
    bar = browser.grid.verticalScrollBar()
    QApplication.processEvents()
    bar.setValue(20_000)
    many.pop(5)
    browser.show_captions(many)
    QApplication.processEvents()
    assert bar.value() == 20_000


def test_pictures_are_seen_once_they_come_and_are_of_the_screens_own_pixels(
    browser: SampleBrowser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[bool] = []
    paint = browser.grid.paintEvent

    def note(event: QPaintEvent) -> None:
        painted.append(True)
        paint(event)

    qtbot.waitUntil(lambda: bool(browser.grid.thumbnails._asked))
    browser.show_thumbnails({})  # that was for the screen before
    monkeypatch.setattr(browser.grid, "paintEvent", note)
    monkeypatch.setattr(browser.grid, "devicePixelRatioF", lambda: 2.0)
    with qtbot.waitSignal(browser.thumbnails_wanted) as asked:
        QApplication.sendEvent(browser.grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert asked.args is not None
    (numbers,) = asked.args
    qtbot.wait(20)
    painted.clear()
    browser.show_thumbnails({n: render(ink_of(n), browser.look()) for n in numbers})
    qtbot.waitUntil(lambda: bool(painted))
    picture = browser.grid.thumbnails.pixmap(numbers[0])
    assert picture is not None
    assert (picture.width(), picture.devicePixelRatio()) == (2 * SIDE, 2)


def test_of_thousands_only_what_is_in_sight_is_asked_for(
    browser: SampleBrowser, qtbot: QtBot
) -> None:
    asked: list[int] = []
    browser.thumbnails_wanted.connect(asked.extend)
    browser.thumbnails_wanted.connect(
        lambda numbers: browser.show_thumbnails(
            {n: render(ink_of(n), browser.look()) for n in numbers}
        )
    )
    browser.show_captions({n: sample_of(n).caption for n in range(3000)})
    qtbot.waitUntil(lambda: 0 in asked)
    browser.grid.verticalScrollBar().setValue(20_000)
    qtbot.waitUntil(lambda: max(asked) > 300)
    in_sight = browser.grid.indexAt(browser.grid.viewport().rect().center()).row()
    qtbot.waitUntil(lambda: in_sight in asked)
    assert len(asked) < 300


def test_cards_fill_the_width_at_any_size(browser: SampleBrowser) -> None:
    browser.show_captions({n: sample_of(n).caption for n in range(60)})
    for width in (640, 777, 1200):
        browser.resize(width, 500)
        QApplication.processEvents()
        grid = browser.grid
        places = [grid.visualRect(grid.samples.index(row)) for row in range(60)]
        columns = sum(place.top() == places[0].top() for place in places)
        assert columns == grid.maximumViewportSize().width() // places[0].width()
        assert places[0].left() == 0
        left_over = grid.viewport().width() - places[columns - 1].right()
        assert 0 <= left_over < 30


def test_a_change_of_theme_paints_the_ink_anew(
    browser: SampleBrowser, theme: Theme, qtbot: QtBot
) -> None:
    light = browser.look()
    with qtbot.waitSignal(browser.thumbnails_wanted):
        theme.apply(ThemeMode.DARK)
    assert browser.look().ink.lightness() > light.ink.lightness()
    theme.apply(ThemeMode.LIGHT)


def test_a_message_lies_over_the_drawings_and_takes_back(browser: SampleBrowser) -> None:
    undone: list[str] = []
    offer = Offer("Undo", lambda: undone.append("deleting"))
    browser.show_message("3 drawings deleted.", offer=offer)
    assert browser.messages.offer_button.isVisible()
    assert browser.messages.offer_button.text() == "Undo"
    assert browser.rect().contains(browser.messages.geometry())
    assert not browser.messages.geometry().intersects(browser.footer.geometry())
    QTest.mouseClick(browser.messages.offer_button, Qt.MouseButton.LeftButton)
    assert undone == ["deleting"]
    assert not browser.messages.isVisible()
    browser.show_message("Nothing to take back.")
    assert not browser.messages.offer_button.isVisible()


def test_a_message_that_leaves_gives_the_keyboard_back(
    browser: SampleBrowser, qtbot: QtBot
) -> None:
    browser.activateWindow()
    qtbot.waitUntil(browser.grid.hasFocus)
    browser.show_message("3 drawings deleted.", offer=Offer("Undo", lambda: None))
    undo = browser.messages.offer_button
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Space)
    assert browser.grid.hasFocus()


def test_busy_says_so_and_ends(browser: SampleBrowser) -> None:
    browser.show_busy("Importing mine.jsonl\u2026")
    assert browser.footer.busy.isVisible()
    assert browser.footer.text.text().startswith("Importing")
    shares = [browser.footer.busy.share]
    footer = browser.footer
    for button in (footer.import_button, footer.export_button, footer.read_button):
        assert not button.isEnabled()
    browser.show_busy("Recognising\u2026", 0.4)
    assert [*shares, browser.footer.busy.share] == [None, 0.4]
    browser.show_busy("")
    assert not browser.footer.busy.isVisible()
    assert browser.footer.text.text() == "5 drawings"


@pytest.mark.parametrize(
    ("chosen", "kind", "written"),
    [
        ("mine.jsonl.gz", "Ink lines (*.jsonl)", "mine.jsonl.gz"),
        ("mine", "Ink lines (*.jsonl)", "mine.jsonl"),
        ("mine", "Ink lines, compressed (*.jsonl.gz)", "mine.jsonl.gz"),
    ],
)
def test_export_is_of_the_selection_or_of_all_that_is_shown(
    chosen: str,
    kind: str,
    written: str,
    browser: SampleBrowser,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, kind))
    browser.show_filtered(Filter(only_misread=True))
    with qtbot.waitSignal(browser.export_lines_requested) as caught:
        browser.footer.export_lines_clicked.emit()
    assert caught.args == [[14, 12], written]
    select(browser, 1)
    with qtbot.waitSignal(browser.export_lines_requested) as caught:
        browser.footer.export_lines_clicked.emit()
    assert caught.args == [[12], written]


def test_folders_and_files_are_asked_for(
    browser: SampleBrowser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["a.jsonl", "b.inkml"], ""))
    with qtbot.waitSignal(browser.export_folder_requested) as caught:
        browser.footer.export_folder_clicked.emit()
    assert caught.args == [[15, 14, 13, 12, 11], str(tmp_path)]
    for asked, paths in (
        (browser.footer.import_folder_clicked, [str(tmp_path)]),
        (browser.footer.import_clicked, ["a.jsonl", "b.inkml"]),
    ):
        with qtbot.waitSignal(browser.import_requested) as caught:
            asked.emit()
        assert caught.args == [paths]


def test_a_change_of_mind_asks_for_nothing(
    browser: SampleBrowser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    footer = browser.footer
    with (
        qtbot.assertNotEmitted(browser.import_requested),
        qtbot.assertNotEmitted(browser.export_lines_requested),
        qtbot.assertNotEmitted(browser.export_folder_requested),
    ):
        footer.import_clicked.emit()
        footer.import_folder_clicked.emit()
        footer.export_lines_clicked.emit()
        footer.export_folder_clicked.emit()


def test_drawings_that_come_after_the_window_get_the_keyboard(
    qtbot: QtBot, icons: Icons, captions: dict[int, Caption]
) -> None:
    late = SampleBrowser(icons)
    qtbot.addWidget(late)
    late.show()
    late.activateWindow()
    qtbot.waitUntil(late.footer.import_button.hasFocus)
    late.show_captions(captions)
    assert late.grid.hasFocus()
