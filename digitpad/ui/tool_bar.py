"""The toolbar: tools and pen width, undo and clear, open and save."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QToolBar, QToolButton

from digitpad.ui.actions import Actions
from digitpad.ui.canvas import Tool
from digitpad.ui.pen_width_control import PenWidthControl

_ICON = 20
_BUTTON = 34


class ToolBar(QToolBar):
    """Buttons for ``actions``; ``pen_width`` is the slider."""

    def __init__(self, actions: Actions, window: QMainWindow) -> None:
        super().__init__("&Toolbar", window)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.pen_width = PenWidthControl(self)
        for tool in Tool:
            self._add(actions.tools[tool])
        self.addWidget(self.pen_width)
        self.addSeparator()
        for action in (actions.undo, actions.redo, actions.clear):
            self._add(action)
        self.addSeparator()
        for action in (actions.open, actions.save_ink):
            self._add(action)

    def _add(self, action: QAction) -> None:
        self.addAction(action)
        button = self.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setFixedSize(QSize(_BUTTON, _BUTTON))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            name = action.text().replace("&", "").rstrip("\u2026")
            button.setAccessibleName(name)
            keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            action.setToolTip(f"{name} ({keys})" if keys else name)
