"""The judging of a model as the window sees it: a child that reads labelled drawings."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.children.child import Child, Ending
from digitpad.core.judging.events import Assessed, Assessing, Event, Preparing, from_json
from digitpad.core.training.events import Aborted

_log = logging.getLogger(__name__)


class AssessmentRun(QObject):
    """One run of ``python -m train assess``; ends with exactly one of the last three signals.

    Signals: ``prepared(str text)``, ``progressed(int done, int total)``; ``finished()`` with the
    evaluation at ``out``, ``failed(str reason, str details)``, ``stopped()``.
    """

    prepared = Signal(str)
    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(str, str)
    stopped = Signal()

    def __init__(
        self,
        model: Path,
        data: Sequence[str],
        out: Path,
        name: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._assessed = False
        self._aborted: Aborted | None = None
        options = ["--data", *data, "--out", str(out), "--name", name, "--json"]
        self._child = Child("train", ["assess", str(model), *options], self, from_json)
        self._child.message_received.connect(self._on_event)
        self._child.ended.connect(self._on_ended)

    def start(self) -> None:
        self._child.start()

    def stop(self) -> None:
        """End at once; nothing is written."""
        self._child.kill()

    def wait(self) -> None:
        """Return once the child is gone, which it soon is after ``stop``."""
        self._child.wait()

    def _on_event(self, event: Event) -> None:
        match event:
            case Preparing():
                self.prepared.emit(event.text)
            case Assessing():
                self.progressed.emit(event.done, event.total)
            case Assessed():
                self._assessed = True
            case Aborted():
                self._aborted = event

    def _on_ended(self, ending: Ending) -> None:
        _log.info("the judging %s\n%s", ending.reason, ending.details)
        if ending.expected:
            self.stopped.emit()
        elif self._assessed:
            self.finished.emit()
        elif self._aborted is not None:
            self.failed.emit(self._aborted.message, self._aborted.details or ending.details)
        else:
            self.failed.emit(f"The judging {ending.reason}.", ending.details)
