"""Work off the GUI thread: its result or its error comes back to the main thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Background(QObject):
    """Runs functions one after another on a worker thread.

    A callback that belongs to a window is safe: it runs on the thread that made this object, when
    that comes round to it, in the order of the work.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run ``work`` soon; then call ``done`` with its result, or ``failed`` with its error."""

        def report(future: Future[T]) -> None:
            error = future.exception()
            if error is None:
                self._finished.emit(partial(done, future.result()))
            elif isinstance(error, Exception):
                self._finished.emit(partial(failed, error))

        self._executor.submit(work).add_done_callback(report)

    def close(self) -> None:
        """Finish what has been begun or is waiting, and end the thread; nobody is told any more."""
        self._executor.shutdown(wait=True)
        self._closed = True

    def _on_finished(self, callback: Callable[[], None]) -> None:
        if not self._closed:
            callback()
