"""Questions before something that cannot be taken back; asked without blocking anything."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import heading, quiet

_WIDTH = 400


class Question(QDialog):
    """Asks ``text``, with ``more`` to know below it; the chosen one of ``answers`` is called.

    The first answer is the safe one: Enter, Escape and closing the window mean it.
    """

    def __init__(
        self,
        parent: QWidget,
        text: str,
        more: str,
        answers: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(parent.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._chosen, *_ = answers.values()
        self.finished.connect(lambda _: self._chosen())
        self.buttons = [self._button(words, call) for words, call in answers.items()]
        self.more = quiet(more)
        self._lay_out(text)
        self.buttons[0].setDefault(True)
        self.buttons[0].setFocus()

    def _lay_out(self, text: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in reversed(self.buttons):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(8)
        for label in (heading(text, 1.2), self.more):
            label.setMinimumWidth(_WIDTH)
            column.addWidget(label)
        column.addSpacing(12)
        column.addLayout(row)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _button(self, words: str, call: Callable[[], object]) -> Button:
        def choose() -> None:
            self._chosen = call
            self.accept()

        button = Button(words)
        button.clicked.connect(choose)
        return button


def ask(
    parent: QWidget, text: str, more: str, answers: Mapping[str, Callable[[], object]]
) -> Question:
    """Ask over ``parent``, as Question says, and return at once."""
    question = Question(parent, text, more, answers)
    question.open()
    return question
