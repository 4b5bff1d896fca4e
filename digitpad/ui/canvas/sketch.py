"""A drawing being made: what the pen and the eraser do to it, step by step, without a window."""

from PySide6.QtCore import QObject, Signal

from digitpad.core.drawing import Drawing
from digitpad.core.ink import Ink
from digitpad.ui.canvas.history import History
from digitpad.ui.canvas.live_stroke import LiveStroke


class Sketch(QObject):
    """The drawing under the pen; all numbers are in the drawing's own units.

    ``settled`` is the drawing without the unfinished stroke, ``live`` that stroke or None.

    Signals:
        drawing_changed(object): the whole Drawing, after every movement and every step.
        extended(): ``live`` got a point.
        finished(object): ``live``, a LiveStroke, was lifted and is part of ``settled`` now.
        replaced(): ``settled`` changed otherwise.
        undo_changed(bool, bool): whether there is something to undo and to redo.
        picture_put_aside(object): ink took the place of that Picture, with its first stroke.
        picture_not_erased(): the eraser was put down on a picture.
    """

    drawing_changed = Signal(object)
    extended = Signal()
    finished = Signal(object)
    replaced = Signal()
    undo_changed = Signal(bool, bool)
    picture_put_aside = Signal(object)
    picture_not_erased = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.history = History(self)
        self.history.drawing_replaced.connect(self._on_step)
        self.history.undo_changed.connect(self.undo_changed)
        self.settled: Drawing = self.history.drawing
        self.live: LiveStroke | None = None
        self._eraser_at: tuple[float, float] | None = None
        self._eraser_radius = 0.0

    def drawing(self) -> Drawing:
        """Return what is there now, the unfinished stroke included."""
        if self.live is not None and isinstance(self.settled, Ink):
            return self.settled.with_stroke(self.live.stroke())
        return self.settled

    def is_blank(self) -> bool:
        return self.live is None and isinstance(self.settled, Ink) and not self.settled

    def is_erasing(self) -> bool:
        return self._eraser_at is not None

    def make_room(self) -> None:
        """End what is under way and put a picture aside for new ink; undo brings it back."""
        self.lift()
        if not isinstance(self.settled, Ink):
            self._show(Ink())

    def put_pen_down(self, x: float, y: float, pressure: float, width: float) -> None:
        self.make_room()
        self.live = LiveStroke(width)
        self.move_to(x, y, pressure)

    def put_eraser_down(self, x: float, y: float, radius: float) -> None:
        """Begin to erase ink; a picture is left alone."""
        self.lift()
        if not isinstance(self.settled, Ink):
            self.picture_not_erased.emit()
        self._eraser_at, self._eraser_radius = (x, y), radius
        self.move_to(x, y, 1.0)

    def move_to(self, x: float, y: float, pressure: float) -> None:
        if self.live is not None:
            if self.live.add(x, y, pressure):
                self.extended.emit()
                self.drawing_changed.emit(self.drawing())
        elif self._eraser_at is not None and isinstance(self.settled, Ink):
            left = self.settled.erased(self._eraser_at, (x, y), self._eraser_radius)
            self._eraser_at = x, y
            if left is not self.settled:
                self._show(left)
                self.drawing_changed.emit(left)

    def lift(self) -> None:
        """End the movement under way; from here on it can be undone.

        A click is no reason to put a picture aside.
        """
        before = self.history.drawing
        if self.live is not None and self.live.is_dot() and not isinstance(before, Ink):
            self.cancel()
        live, self.live = self.live, None
        if live is not None and isinstance(self.settled, Ink):
            self.settled = self.settled.with_stroke(live.stroke())
            self.finished.emit(live)
            self.history.replace(self.settled, "stroke")
            if not isinstance(before, Ink):
                self.picture_put_aside.emit(before)
        elif self._eraser_at is not None and self.settled is not self.history.drawing:
            self.history.replace(self.settled, "erasing")
        self._eraser_at = None

    def cancel(self) -> bool:
        """Drop the movement under way; tell whether there was one."""
        if self.live is None and self._eraser_at is None:
            return False
        self.live, self._eraser_at = None, None
        self.settled = self.history.drawing
        self.replaced.emit()
        self.drawing_changed.emit(self.settled)
        return True

    def replace(self, drawing: Drawing, text: str) -> None:
        """Make ``drawing`` the current one, undoably; ``text`` as in "Undo opening"."""
        self.cancel()
        self.history.replace(drawing, text)

    def clear(self) -> None:
        self.cancel()
        if not self.is_blank():
            self.history.replace(Ink(), "clearing")

    def undo(self) -> None:
        """Take the last step back; a movement under way counts as one."""
        if not self.cancel():
            self.history.undo()

    def redo(self) -> None:
        if not self.cancel():
            self.history.redo()

    def _on_step(self, drawing: Drawing) -> None:
        self._show(drawing)
        self.drawing_changed.emit(drawing)

    def _show(self, drawing: Drawing) -> None:
        if drawing is not self.settled:
            self.settled = drawing
            self.replaced.emit()
