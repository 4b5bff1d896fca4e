"""The keyboard shortcuts: those that the menus' actions have, and what the canvas knows besides."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import heading, quiet
from digitpad.ui.widgets.tool_window import ToolWindow
from digitpad.ui.window.actions import Actions
from digitpad.ui.wording import without_marks

_COLUMNS = 2
_MARGIN, _GAP, _BETWEEN_COLUMNS = 24, 20, 48


class Group(NamedTuple):
    """What can be done in one place: its name, and (what, keys) of each."""

    name: str
    rows: list[tuple[str, str]]


class ShortcutsWindow(ToolWindow):
    """Lists groups in columns of about one height; deletes itself when it is closed."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__("Keyboard shortcuts", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = Button("Close")
        close.clicked.connect(self.close)
        close.setDefault(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN - 4)
        whole.setSpacing(_GAP)
        whole.addLayout(_columns(groups))
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        close.setFocus()


def groups_of(commands: Actions, bar: QMenuBar) -> list[Group]:
    """Return what has a shortcut now, menu by menu of ``bar``; the ten digits count as one."""
    digits = list(commands.labels.values())
    first, last = _keys(digits[0].shortcut()), _keys(digits[-1].shortcut())
    canvas = [
        ("Label and save the drawing", f"{first} \N{EN DASH} {last}"),
        ("Erase", "Right mouse button"),
        ("Cancel the stroke, dismiss a message", _keys(QKeySequence(Qt.Key.Key_Escape))),
    ]
    groups = [Group("On the canvas", canvas)]
    for entry in bar.actions():
        actions = (action for action in _actions(entry) if action not in digits)
        rows = [(a.iconText(), _keys(a.shortcut())) for a in actions if a.shortcuts()]
        groups.append(Group(without_marks(entry.text()), rows))
    return groups


def _actions(entry: QAction) -> Iterator[QAction]:
    """Yield ``entry`` or, where that opens a menu, those in it."""
    menu = entry.menu()
    if isinstance(menu, QMenu):
        for action in menu.actions():
            yield from _actions(action)
    else:
        yield entry


def _keys(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def _columns(groups: Sequence[Group]) -> QHBoxLayout:
    """Return columns, each group in the one that is the shortest so far."""
    columns = [QVBoxLayout() for _ in range(_COLUMNS)]
    heights = [0] * _COLUMNS
    for group in groups:
        shortest = heights.index(min(heights))
        heights[shortest] += len(group.rows) + 2
        columns[shortest].addLayout(_table(group))
    row = QHBoxLayout()
    row.setSpacing(_BETWEEN_COLUMNS)
    for column in columns:
        column.setSpacing(_GAP)
        column.addStretch(1)
        row.addLayout(column)
    return row


def _table(group: Group) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(_GAP)
    table.setVerticalSpacing(6)
    table.addWidget(heading(group.name, 1.1), 0, 0, 1, 2)
    for at, (what, keys) in enumerate(group.rows, start=1):
        table.addWidget(QLabel(what), at, 0)
        table.addWidget(quiet(keys, wrap=False), at, 1, Qt.AlignmentFlag.AlignRight)
    return table
