"""The toolbar: tools and pen width, undo and clear, open and save."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow, QToolBar, QWidget

from digitpad.ui.canvas.canvas import Tool
from digitpad.ui.window.actions import Actions
from digitpad.ui.window.pen_width_control import PenWidthControl
from digitpad.ui.window.tool_button import ToolButton

_INDENT = 10
"""Brings the first button to the canvas's edge; Qt ignores such a margin of toolbars."""


class ToolBar(QToolBar):
    """Buttons for ``actions``; ``pen_width`` is the slider."""

    def __init__(self, actions: Actions, window: QMainWindow) -> None:
        super().__init__("Toolbar", window)
        self._actions = actions
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setContentsMargins(0, 4, 0, 0)
        self.pen_width = PenWidthControl(self)
        indent = QWidget(self)
        indent.setFixedWidth(_INDENT)
        self.addWidget(indent)
        for tool in Tool:
            self.addWidget(ToolButton(actions.tools[tool], self))
        self.addWidget(self.pen_width)
        self.addSeparator()
        for action in (actions.undo, actions.redo, actions.clear):
            self.addWidget(ToolButton(action, self))
        self.addSeparator()
        for action in (actions.open, actions.save_ink):
            self.addWidget(ToolButton(action, self))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._actions.draw_icons()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint nothing: the toolbar is part of the window's ground, without edges."""
