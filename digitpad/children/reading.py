"""The reading of many drawings as the window sees it: a recogniser of its own, and portions."""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.children.child import Child, Ending
from digitpad.core.drawing import Drawing
from digitpad.core.messages import Failed, Message, Ready, Recognise, Recognised
from digitpad.core.prediction import Prediction

_AHEAD = 2
"""Drawings that the child has at a time: it goes on while the next is being encoded."""


class ReadingRun(QObject):
    """Reads drawings by their numbers, a portion at a time, with the model in the file ``model``.

    Signals: ``ready()``: it takes the first portion. ``read(object)``: number -> Prediction of a
    portion, without those that cannot be read. ``failed(str reason, str details)``: it has ended
    by itself. Nothing after ``stop``.
    """

    ready = Signal()
    read = Signal(object)
    failed = Signal(str, str)

    def __init__(self, model: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: dict[int, Prediction] = {}
        self._open: set[int] = set()
        self._waiting: Iterator[tuple[int, Drawing]] = iter(())
        self._failure: Failed | None = None
        self._child = Child("recognise", ["--model", str(model)], self)
        self._child.message_received.connect(self._on_message)
        self._child.ended.connect(self._on_ended)

    def start(self) -> None:
        self._child.start()

    def take(self, drawings: Mapping[int, Drawing]) -> None:
        """Read these; call it once the portion before has been ``read``."""
        self._answers, self._open = {}, set(drawings)
        self._waiting = iter(drawings.items())
        for _ in range(_AHEAD):
            self._send_next()
        self._tell_if_read()

    def stop(self) -> None:
        """End the child, and delete this object once that is gone."""
        self._child.message_received.disconnect(self._on_message)
        self._child.ended.disconnect(self._on_ended)
        self._child.destroyed.connect(self.deleteLater)
        self._child.retire()

    def wait(self) -> None:
        """Return once the child is gone."""
        for child in self.findChildren(Child):
            child.wait()

    def _on_message(self, message: Message) -> None:
        match message:
            case Ready(notice=""):
                self.ready.emit()
            case Ready():
                self._failure = Failed(None, message.notice)
                self._child.ask_to_end()
            case Recognised():
                self._answers[message.request] = message.prediction
                self._note(message.request)
            case Failed(request=int(number)):
                self._note(number)
            case Failed():
                self._failure = message

    def _send_next(self) -> None:
        for number, drawing in islice(self._waiting, 1):
            self._child.send(Recognise(number, drawing))

    def _note(self, number: int) -> None:
        self._open.discard(number)
        self._send_next()
        self._tell_if_read()

    def _tell_if_read(self) -> None:
        if not self._open:
            self.read.emit(self._answers)

    def _on_ended(self, ending: Ending) -> None:
        failure = self._failure or Failed(None, f"The recogniser {ending.reason}.", ending.details)
        self.failed.emit(failure.message, failure.details)
