"""What is asked before the main window closes, so that nothing is lost unasked."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

Asks = Callable[[Callable[[], bool]], bool]
"""Asks if there is reason to and tells whether it did; calls what it is given to go on quitting.

That returns whether the window is closed then.
"""


class QuitGuard(QObject):
    """Lets ``window`` close once all ``questions`` have been answered, one after the other.

    A close that one of them held up begins with the first one again.
    """

    def __init__(self, window: QWidget, questions: Sequence[Asks]) -> None:
        super().__init__(window)
        self._window, self._questions = window, questions
        self._answered = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        closes = watched is self._window and event.type() == QEvent.Type.Close
        if closes and self._asks():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _asks(self) -> bool:
        return any(
            asks(partial(self._go_on, number))
            for number, asks in enumerate(self._questions, 1)
            if number > self._answered
        )

    def _go_on(self, answered: int) -> bool:
        self._answered = answered
        closed = self._window.close()
        self._answered = 0
        return closed
