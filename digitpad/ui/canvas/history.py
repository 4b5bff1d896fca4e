"""The drawing and everything it was before: undo and redo."""

from collections import deque
from collections.abc import MutableSequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from digitpad.core.drawing import Drawing
from digitpad.core.ink import Ink

_LIMIT = 500


class _Step(NamedTuple):
    text: str
    drawing: Drawing
    """What was there before it, or what comes again after it was taken back."""


class History(QObject):
    """Holds the current drawing and the way there.

    Drawings are never changed, only replaced, so a step is just a drawing and a name. They are
    kept here and not in a QUndoStack: its commands belong to C++ and to Python at once, and
    closing a window could free one of them twice.

    Signals: ``drawing_replaced(object)`` with the Drawing, by a new step, undo or redo;
    ``undo_changed(bool, bool)`` whether there is something to undo and to redo.
    """

    drawing_replaced = Signal(object)
    undo_changed = Signal(bool, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.drawing: Drawing = Ink()
        self._done: deque[_Step] = deque(maxlen=_LIMIT)
        self._undone: list[_Step] = []

    def replace(self, drawing: Drawing, text: str) -> None:
        """Make ``drawing`` the current one; ``text`` names the step, as in "Undo stroke"."""
        self._undone.clear()
        self._done.append(_Step(text, self.drawing))
        self._show(drawing)

    def begin_from(self, drawing: Drawing, text: str) -> None:
        """Let ``drawing`` be what all this began from: undone to the end, it comes back.

        ``text`` names the step away from it. It is forgotten where there are steps enough already.
        """
        self._done = deque([_Step(text, drawing), *self._done], _LIMIT)
        self._tell()

    def undo(self) -> None:
        """Take the last step back, where there is one."""
        self._move(self._done, self._undone)

    def redo(self) -> None:
        """Bring back the step that was taken back last, where there is one."""
        self._move(self._undone, self._done)

    def undo_text(self) -> str:
        """Return the name of the step that undo takes back, "" where there is none."""
        return self._done[-1].text if self._done else ""

    def redo_text(self) -> str:
        """Return the name of the step that redo brings back, "" where there is none."""
        return self._undone[-1].text if self._undone else ""

    def _move(self, here: MutableSequence[_Step], there: MutableSequence[_Step]) -> None:
        if here:
            step = here.pop()
            there.append(_Step(step.text, self.drawing))
            self._show(step.drawing)

    def _show(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.drawing_replaced.emit(drawing)
        self._tell()

    def _tell(self) -> None:
        self.undo_changed.emit(bool(self._done), bool(self._undone))
