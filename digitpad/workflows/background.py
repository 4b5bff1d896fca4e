"""Work off the GUI thread: its result or its error comes back to the main thread."""

import logging
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from digitpad.core.errors import DefectError, DigitpadError

_log = logging.getLogger(__name__)

T = TypeVar("T")
_Queue = SimpleQueue[Callable[[], None] | None]


class Background(QObject):
    """Runs functions one after another on a worker thread.

    A callback that belongs to a window is safe: it runs on the thread that made this object, when
    that comes round to it, in the order of the work.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: _Queue = SimpleQueue()
        # a daemon, so that the process can end while it is abandoned
        self._thread = Thread(
            target=_work_through, args=(self._waiting,), name="background", daemon=True
        )
        self._closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DigitpadError], None],
    ) -> None:
        """Run ``work`` soon; then call ``done`` with its result, or ``failed`` with its error.

        What nobody foresaw is logged, and comes to ``failed`` as a DefectError.
        """

        def report() -> None:
            if not self._closed:
                callback = _outcome(work, done, failed)
                if not self._closed:
                    self._finished.emit(callback)

        self._waiting.put(report)
        if self._thread.ident is None:  # a window has many of these, and few work at the start
            self._thread.start()

    def close(self) -> None:
        """Finish what has been begun or is waiting, and end the thread; nobody is told any more."""
        self._waiting.put(None)
        if self._thread.ident is not None:
            self._thread.join()
        self._closed = True

    def abandon(self) -> None:
        """End without waiting for what has been begun, which must not be writing anything."""
        self._closed = True
        self._waiting.put(None)

    def _on_finished(self, callback: Callable[[], None]) -> None:
        if not self._closed:
            callback()


def _work_through(waiting: _Queue) -> None:
    while (report := waiting.get()) is not None:
        report()


def _outcome(
    work: Callable[[], T], done: Callable[[T], None], failed: Callable[[DigitpadError], None]
) -> Callable[[], None]:
    """Do ``work`` and return what is to be called about it."""
    try:
        return partial(done, work())
    except Exception as error:  # noqa: BLE001 - whoever asked for the work is told
        return partial(failed, for_a_person(error))


def for_a_person(error: Exception) -> DigitpadError:
    """Return ``error``, or a DefectError in place of one that nobody foresaw, which is logged."""
    if isinstance(error, DigitpadError):
        return error
    _log.error("nobody foresaw this", exc_info=error)
    return DefectError(error)
