from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from digitpad.core.drawing import Picture
from digitpad.ui.window.main_window import MainWindow
from digitpad.ui.window.shortcuts_window import Group, ShortcutsWindow, groups_of


def native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def listed(window: MainWindow) -> dict[str, list[tuple[str, str]]]:
    return dict(groups_of(window.commands, window.menuBar()))


def test_every_shortcut_of_the_menus_is_listed_under_its_menu(
    window: MainWindow, picture: Picture
) -> None:
    window.set_drawing(picture, "opening 7.png")
    groups = listed(window)
    assert list(groups) == ["On the canvas", "File", "Edit", "View", "Model", "Help"]
    assert groups["Edit"][0] == ("Undo", native(window.commands.undo.shortcut()))
    rows = {row for name, rows in groups.items() if name != "On the canvas" for row in rows}
    digits = window.commands.labels.values()
    keyed = [a for a in window.actions() if a.shortcuts() and a not in digits]
    assert {keys for _, keys in rows} == {native(action.shortcut()) for action in keyed}


def test_the_digits_and_what_the_canvas_knows_are_listed(window: MainWindow) -> None:
    keys = [keys for _, keys in listed(window)["On the canvas"]]
    assert keys == ["0 \N{EN DASH} 9", "Right mouse button", native(QKeySequence("Esc"))]


def test_the_key_for_help_shows_one_window(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for _ in range(2):
        keys = QKeySequence(QKeySequence.StandardKey.HelpContents)
        QTest.keySequence(window.canvas, keys)
        window.activateWindow()
    (shown,) = window.findChildren(ShortcutsWindow)
    assert shown.isVisible()
    said = [label.text() for label in shown.findChildren(QLabel)]
    assert said[said.index("My drawings") + 1] == native(window.commands.samples.shortcut())
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(ShortcutsWindow))


def test_columns_are_of_about_one_height(qtbot: QtBot) -> None:
    groups = [Group(f"group {n}", [("do", "F2")] * rows) for n, rows in enumerate((9, 4, 4))]
    window = ShortcutsWindow(groups)
    qtbot.addWidget(window)
    window.show()
    first, second, third = (
        next(label for label in window.findChildren(QLabel) if label.text() == group.name)
        for group in groups
    )
    assert first.y() == second.y()
    assert third.x() == second.x()
    assert third.y() > second.y()
