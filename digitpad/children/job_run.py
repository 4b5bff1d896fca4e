"""A run of the trainer as the window sees it: how far it is, how it ends, and a stop."""

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from digitpad.children.child import Child, Ending
from digitpad.core.event_lines import Aborted, Fetching

_log = logging.getLogger(__name__)


class JobRun(QObject):
    """One run of ``python -m train``; ends with exactly one of the last three signals.

    ``read`` makes an event of a line; the one of type ``last`` says that all is done. ``name`` is
    what the job is called in sentences.

    Signals: ``fetching(str text)``; ``finished(object)`` with the last event,
    ``failed(str reason, str details)``, ``stopped()``.
    """

    fetching = Signal(str)
    finished = Signal(object)
    failed = Signal(str, str)
    stopped = Signal()

    def __init__(
        self,
        arguments: Sequence[str],
        read: Callable[[bytes], object],
        last: type,
        name: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._last, self._name = last, name
        self._stopped = False
        self._finished: object = None
        self._aborted: Aborted | None = None
        self._child = Child("train", list(arguments), self, read)
        self._child.message_received.connect(self._on_event)
        self._child.ended.connect(self._on_ended)

    def start(self) -> None:
        self._child.start()

    def stop(self) -> None:
        """End at once; nothing is written."""
        self._stopped = True
        self._child.kill()

    def wait(self) -> None:
        """Return once the child is gone, which it soon is after ``stop``."""
        self._child.wait()

    def _tell(self, event: object) -> None:
        """Tell of an event that is the job's own."""

    def _on_event(self, event: object) -> None:
        if isinstance(event, Fetching):
            self.fetching.emit(event.text)
        elif isinstance(event, Aborted):
            self._aborted = event
        elif isinstance(event, self._last):
            self._finished = event
        else:
            self._tell(event)

    def _reason(self, ending: Ending) -> str:
        """Say what became of a child that ended without a word."""
        return f"The {self._name} {ending.reason}."

    def _on_ended(self, ending: Ending) -> None:
        _log.info("the %s %s\n%s", self._name, ending.reason, ending.details)
        if self._stopped:
            self.stopped.emit()
        elif self._finished is not None:
            self.finished.emit(self._finished)
        elif self._aborted is not None:
            self.failed.emit(self._aborted.message, self._aborted.details or ending.details)
        else:
            self.failed.emit(self._reason(ending), ending.details)
