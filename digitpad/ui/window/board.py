"""The window's middle: the canvas on the left, the answer on the right, messages over it."""

from functools import cached_property

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from digitpad.ui.answer.answer_view import AnswerView
from digitpad.ui.answer.chart_place import ChartPlace
from digitpad.ui.answer.input_view import InputView
from digitpad.ui.canvas.canvas import Canvas
from digitpad.ui.icons import Icons
from digitpad.ui.widgets.message_bar import MessageBar

_MARGIN = 16
_SPACING = 20
_MESSAGE_MARGINS = QMargins(12, 12, 12, 12)
_PANEL_WIDTHS = (280, 440)
_ANSWER_HEIGHT, _INPUT_HEIGHT = 190, 170
"""At most."""


class Board(QWidget):
    """Lays the parts out; they are its attributes."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.canvas = Canvas(self)
        self.answer = AnswerView(icons, self)
        self.chart_place = ChartPlace(self)
        self.input_view = InputView(self)
        panel = QWidget(self)
        panel.setMinimumWidth(_PANEL_WIDTHS[0])
        panel.setMaximumWidth(_PANEL_WIDTHS[1])
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        self.answer.setMaximumHeight(_ANSWER_HEIGHT)
        self.input_view.setMaximumHeight(_INPUT_HEIGHT)
        column.addWidget(self.answer, 3)
        column.addWidget(self.chart_place, 5)
        column.addWidget(self.input_view, 3)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN // 2, _MARGIN, _MARGIN // 2)
        row.setSpacing(_SPACING)
        row.addWidget(self.canvas, 2)
        row.addWidget(panel, 1)

    @cached_property
    def messages(self) -> MessageBar:
        """The bar over the canvas's lower edge, made for the first message."""
        bar = MessageBar(self._icons, self.canvas, _MESSAGE_MARGINS)
        self.canvas.stroke_begun.connect(bar.give_way)
        self.canvas.drawing_changed.connect(bar.drop_error)
        return bar
