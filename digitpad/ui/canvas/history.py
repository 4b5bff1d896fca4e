"""The drawing and everything it was before: undo and redo."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from digitpad.core.drawing import Drawing
from digitpad.core.ink import Ink

_LIMIT = 500


class History(QObject):
    """Holds the current drawing and the way there.

    Drawings are never changed, only replaced, so a step is just what was and what came.

    Signals: ``drawing_replaced(object)`` with the Drawing, by a new step, undo or redo;
    ``undo_changed(bool, bool)`` whether there is something to undo and to redo.
    """

    drawing_replaced = Signal(object)
    undo_changed = Signal(bool, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.drawing: Drawing = Ink()
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_LIMIT)
        self._stack.indexChanged.connect(self._on_index_changed)

    def replace(self, drawing: Drawing, text: str) -> None:
        """Make ``drawing`` the current one; ``text`` names the step, as in "Undo stroke"."""
        self._stack.push(_Replacement(self, self.drawing, drawing, text))

    def undo(self) -> None:
        self._stack.undo()

    def redo(self) -> None:
        self._stack.redo()

    def undo_text(self) -> str:
        """Return the name of the step that undo takes back, "" where there is none."""
        return self._stack.undoText()

    def redo_text(self) -> str:
        """Return the name of the step that redo brings back, "" where there is none."""
        return self._stack.redoText()

    def show(self, drawing: Drawing) -> None:
        """Take ``drawing`` as the current one; for the steps themselves."""
        self.drawing = drawing
        self.drawing_replaced.emit(drawing)

    def _on_index_changed(self) -> None:
        self.undo_changed.emit(self._stack.canUndo(), self._stack.canRedo())


class _Replacement(QUndoCommand):
    def __init__(self, history: History, old: Drawing, new: Drawing, text: str) -> None:
        super().__init__(text)
        self._history, self._old, self._new = history, old, new

    def undo(self) -> None:
        self._history.show(self._old)

    def redo(self) -> None:
        self._history.show(self._new)
