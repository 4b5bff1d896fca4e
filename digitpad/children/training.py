"""A training run as the window sees it: a child that tells of its epochs and can be stopped."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.children.child import Child, Ending
from digitpad.core.training.events import (
    Aborted,
    EpochEnded,
    Event,
    Finished,
    Notice,
    Preparing,
    Progress,
    Started,
    from_json,
)
from digitpad.core.training.options import FitOptions

_log = logging.getLogger(__name__)

_KILLED = (
    "Training was killed or crashed. Perhaps the memory ran out: a smaller batch or less data "
    "needs less."
)


class TrainingRun(QObject):
    """One run of ``python -m train fit``, which ends with exactly one of the last three signals.

    Signals: ``prepared(Preparing)``, ``started(Started)``, ``progressed(Progress)``,
    ``epoch_ended(EpochEnded)``, ``noticed(Notice)``; ``finished(Finished)``,
    ``failed(str reason, str details)``, ``cancelled()``.
    """

    prepared = Signal(object)
    started = Signal(object)
    progressed = Signal(object)
    epoch_ended = Signal(object)
    noticed = Signal(object)
    finished = Signal(object)
    failed = Signal(str, str)
    cancelled = Signal()

    def __init__(
        self,
        options: FitOptions,
        out: Path,
        parent: QObject | None = None,
        *,
        resume: bool = False,
    ) -> None:
        super().__init__(parent)
        self._finished: Finished | None = None
        self._aborted: Aborted | None = None
        self._cancelled = False
        self._child = Child("train", options.arguments(out, resume=resume), self, from_json)
        self._child.message_received.connect(self._on_event)
        self._child.ended.connect(self._on_ended)

    @property
    def process_id(self) -> int:
        """Return the child's process number, 0 where none runs."""
        return self._child.process_id

    def start(self) -> None:
        self._child.start()

    def stop_and_keep(self) -> None:
        """End soon, with the best model so far; ``finished`` tells of it."""
        self._child.ask_to_end()

    def cancel(self) -> None:
        """End at once; what was written so far is of no use to this run."""
        self._cancelled = True
        self._child.kill()

    def wait(self) -> None:
        """Return once the child is gone, which it soon is after ``cancel``."""
        self._child.wait()

    def _on_event(self, event: Event) -> None:
        match event:
            case Preparing():
                self.prepared.emit(event)
            case Started():
                self.started.emit(event)
            case Progress():
                self.progressed.emit(event)
            case EpochEnded():
                self.epoch_ended.emit(event)
            case Notice():
                self.noticed.emit(event)
            case Finished():
                self._finished = event
            case Aborted():
                self._aborted = event

    def _on_ended(self, ending: Ending) -> None:
        _log.info("the training run %s\n%s", ending.reason, ending.details)
        if self._cancelled:
            self.cancelled.emit()
        elif self._finished is not None:
            self.finished.emit(self._finished)
        elif self._aborted is not None:
            self.failed.emit(self._aborted.message, self._aborted.details or ending.details)
        elif ending.crashed:
            self.failed.emit(_KILLED, ending.details)
        else:
            self.failed.emit(f"Training {ending.reason}.", ending.details)
