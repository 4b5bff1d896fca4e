"""Where the keyboard is can be seen on everything that takes it."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListWidget, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.field_style import FieldStyle
from digitpad.ui.widgets.flat_style import FlatStyle

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


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
@pytest.mark.parametrize("make", [Button, default_button, number, rows])
def test_the_focus_is_seen(
    qtbot: QtBot, theme: Theme, make: type[QWidget], mode: ThemeMode
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
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    assert changed(before, widget.grab().toImage()) >= _SEEN
