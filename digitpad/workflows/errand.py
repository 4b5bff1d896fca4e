"""Long work that says how far it is, and can be stopped between two of its steps."""

import threading
import time

from PySide6.QtCore import QObject, Qt, Signal

from digitpad.core.errors import StoppedError

_TOLD_EVERY_S = 0.1


class Errand(QObject):
    """What work on a worker thread and the one that waits for it share.

    Signals: ``progressed(int done)``, a few times a second at most, on the
    thread that made this object.
    """

    progressed = Signal(int)
    _noted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.done = 0
        self._stopped = threading.Event()
        self._told = 0.0
        self._noted.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def stop(self) -> None:
        """End the work at its next step."""
        self._stopped.set()

    def note(self, done: int) -> None:
        """Take down, from any thread, how much is done; raises StoppedError once stopped."""
        self.done = done
        if self._stopped.is_set():
            raise StoppedError
        if time.monotonic() - self._told > _TOLD_EVERY_S:
            self._told = time.monotonic()
            self._noted.emit(done)
