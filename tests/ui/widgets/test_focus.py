"""Where the keyboard is can be seen on everything that takes it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.choice import Choice
from digitpad.ui.widgets.field_style import FieldStyle
from digitpad.ui.widgets.filter_row import FilterRow
from digitpad.ui.widgets.flat_style import FlatStyle
from digitpad.ui.widgets.segments import Segments
from digitpad.ui.widgets.slider import Slider
from digitpad.ui.widgets.tables import TextTable
from digitpad.ui.window.tool_button import ToolButton

_SEEN = 40
"""Pixels that change at least, by a fifth of what a channel can hold."""


def changed(before: QImage, after: QImage) -> int:
    points = ((x, y) for x in range(before.width()) for y in range(before.height()))
    colours = ((before.pixelColor(*p), after.pixelColor(*p)) for p in points)
    return sum(abs(one.red() - other.red()) > 50 for one, other in colours)


def default_button() -> QWidget:
    button = Button("&Retrain")
    button.setDefault(True)
    return button


def number() -> QWidget:
    field = QSpinBox()
    FieldStyle(field)
    return field


def rows() -> QWidget:
    listed = QListWidget()
    FlatStyle(listed)
    listed.addItems(["MNIST", "My drawings"])
    listed.setCurrentRow(0)
    listed.clearSelection()
    return listed


def figures() -> QWidget:
    table = TextTable(["Name", "Number"], [1], "Figures")
    table.show_rows([["a", "1"], ["b", "2"]])
    return table


MAKERS: dict[str, Callable[[], QWidget]] = {
    "button": Button,
    "default button": default_button,
    "number": number,
    "rows": rows,
    "choice": lambda: Choice("Recipe"),
    "segments": lambda: Segments(["Percent", "Counts"], "Numbers"),
    "filter row": lambda: FilterRow("All"),
    "tool button": lambda: ToolButton(QAction("Pen")),
    "slider": lambda: Slider("Pen width"),
    "table": figures,
}


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_the_focus_is_seen(
    qtbot: QtBot, theme: Theme, make: Callable[[], QWidget], mode: ThemeMode
) -> None:
    theme.apply(mode)
    window, other, widget = QWidget(), Button("Close"), make()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(widget)
    window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = widget.grab().toImage()
    QTest.keyClick(other, Qt.Key.Key_Tab)
    focus = window.focusWidget()
    assert focus is widget or widget.isAncestorOf(focus)
    assert changed(before, widget.grab().toImage()) >= _SEEN
