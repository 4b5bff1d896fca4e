"""The live recogniser as the window sees it: the newest drawing wins."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.children.child import Child, Ending
from digitpad.core.drawing import Drawing
from digitpad.core.messages import Failed, Layers, Message, Ready, Recognise, Recognised

_log = logging.getLogger(__name__)

_QUICK_DEATHS = 3
_PAUSES_MS = (0, 500, 2000)
_PATIENCE_MS = 5000
_LOOKS_EVERY_MS = 50
"""Between two looks inside while the pen is down: the answer itself is more urgent."""


class LiveRecogniser(QObject):
    """Keeps a recogniser child alive and asks it about the newest drawing.

    At most one request is under way; of the drawings that come meanwhile only the newest is kept,
    and an answer to a drawing that was forgotten is dropped.
    A child that dies is started again and gets the last drawing once more; one that dies three
    times without an answer is given up, until ``start`` is called again.

    Signals: ``loading()``, ``ready(Ready)``, ``requested(int)``, ``recognised(Recognised)``,
    ``looked_inside(Layers)``, ``request_failed(Failed)``, ``silent()`` where an answer is long
    missing, ``answering_again()`` where it came after all, ``restarting(str)``,
    ``given_up(str reason, str details)``.
    """

    loading = Signal()
    ready = Signal(object)
    requested = Signal(int)
    recognised = Signal(object)
    looked_inside = Signal(object)
    request_failed = Signal(object)
    silent = Signal()
    answering_again = Signal()
    restarting = Signal(str)
    given_up = Signal(str, str)

    def __init__(self, model: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._child: Child | None = None
        self._is_ready = False
        self._request = 0
        self._answered = 0
        self._in_flight: int | None = None
        self._newest: Recognise | None = None
        self._looks_inside = False
        self._next_look = QTimer(self, singleShot=True, interval=_LOOKS_EVERY_MS)
        self._next_look.timeout.connect(self._look_at_newest)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.silent)
        self._first_wanted = 0
        self._deaths = 0
        self._failure: Failed | None = None
        self._restart = QTimer(self, singleShot=True)
        self._restart.timeout.connect(self._launch)

    @property
    def process_id(self) -> int:
        """Return the child's process number, 0 where none runs."""
        return self._child.process_id if self._child else 0

    def start(self) -> None:
        """Start the child, in place of one that runs; returns at once."""
        self._deaths = 0
        self._launch()

    def stop(self) -> None:
        """End the child and wait until it is gone."""
        self._restart.stop()
        self._replace_child(None)
        for child in self.findChildren(Child):
            child.wait()

    def use_model(self, model: Path) -> None:
        """Load another model and answer the newest drawing with it."""
        self._model = model
        self.start()

    def recognise(self, drawing: Drawing, *, pen_down: bool = False) -> int:
        """Ask what ``drawing`` is or, while the pen is down, what it is going to be.

        Returns the request's number, which comes with its answer.
        """
        self._request += 1
        layers = self._looks_inside and not (pen_down and self._next_look.isActive())
        if layers:
            self._next_look.start()
        self._newest = Recognise(self._request, drawing, pen_down, layers)
        self.requested.emit(self._request)
        self._send_newest()
        return self._request

    def look_inside(self, *, wanted: bool) -> None:
        """From now on, tell after each answer what the layers make of it, or no longer."""
        self._looks_inside = wanted
        self._look_at_newest()

    def forget(self) -> None:
        """Drop the drawing, and the answer to it that may be under way."""
        self._request += 1
        self._newest = None
        self._first_wanted = self._request

    def _look_at_newest(self) -> None:
        """Look at the newest drawing if that was too soon before: the pen may rest by now."""
        newest = self._newest
        if self._looks_inside and newest is not None and not newest.layers:
            self.recognise(newest.drawing, pen_down=newest.pen_down)

    def _launch(self) -> None:
        self._restart.stop()
        self._failure = None
        child = Child("recognise", ["--model", str(self._model)], self)
        child.message_received.connect(self._on_message)
        child.ended.connect(self._on_ended)
        self._replace_child(child)
        self.loading.emit()
        child.start()

    def _replace_child(self, child: Child | None) -> None:
        old, self._child = self._child, child
        self._is_ready, self._in_flight = False, None
        self._patience.stop()
        if old is not None:
            old.message_received.disconnect(self._on_message)
            old.ended.disconnect(self._on_ended)
            old.retire()

    def _send_newest(self) -> None:
        if self._child is None or not self._is_ready or self._in_flight is not None:
            return
        if self._newest is None or self._answered == self._request:
            return
        self._in_flight = self._request
        self._patience.start()
        self._child.send(self._newest)

    def _on_message(self, message: Message) -> None:
        match message:
            case Ready():
                self._is_ready = True
                self._answered = min(self._answered, self._request - 1)
                self.ready.emit(message)
            case Recognised():
                self._deaths = 0
                self._finish(message.request)
                self._send_newest()  # the child goes on while this answer is being shown
                if message.request >= self._first_wanted:
                    self.recognised.emit(message)
            case Layers():
                if message.request >= self._first_wanted:
                    self.looked_inside.emit(message)
            case Failed(request=None):
                self._failure = message
            case Failed():
                self._finish(message.request)
                self.request_failed.emit(message)
        self._send_newest()

    def _finish(self, request: int | None) -> None:
        if not self._patience.isActive():
            self.answering_again.emit()
        self._patience.stop()
        self._in_flight = None
        if request is not None:
            self._answered = request

    def _on_ended(self, ending: Ending) -> None:
        self._replace_child(None)
        if self._failure is not None:
            self.given_up.emit(self._failure.message, self._failure.details)
            return
        _log.warning("the recogniser %s\n%s", ending.reason, ending.details)
        if self._deaths >= _QUICK_DEATHS:
            reason = f"The recogniser keeps failing: it {ending.reason}."
            self.given_up.emit(reason, ending.details)
            return
        self.restarting.emit(f"The recogniser {ending.reason}. It is being restarted.")
        self._restart.start(_PAUSES_MS[self._deaths])
        self._deaths += 1
