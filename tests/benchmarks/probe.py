"""Starts a window and says on stdout, as JSON lines, when things happen (seconds since the epoch).

`python -m tests.benchmarks.probe digitpad|empty|bare`: ours, an empty one with the same imports, or
an empty one that imports Qt alone.
"""

import json
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from digitpad.app import App
    from digitpad.core.ink import Ink

HEARTBEAT_MS = 5


def say(event: str, **more: float) -> None:
    print(json.dumps({"event": event, "at": time.time(), **more}), flush=True)


class FirstPaint(QObject):
    """Tells when ``widget`` has been painted for the first time, once the event loop is free."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, lambda: say("painted"))
        return False


class Heartbeat(QObject):
    """Remembers the longest time for which the event loop did not come round."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = time.perf_counter()
        timer = QTimer(self, interval=HEARTBEAT_MS)
        timer.timeout.connect(self._beat)
        timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def bare() -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(sys.argv)
    window = QWidget()
    window.resize(1000, 700)
    FirstPaint(window)
    window.show()
    QTimer.singleShot(500, application.quit)
    application.exec()


def empty() -> None:
    import numpy as np  # noqa: F401
    import pyqtgraph as pg  # noqa: F401
    from PySide6.QtSvg import QSvgRenderer  # noqa: F401

    bare()


def ours() -> None:
    from digitpad.launch import Launch
    from digitpad.resources import Folders
    from digitpad.ui.setup import make_application

    application = make_application(sys.argv[:1])
    launch = Launch(application, Folders.of_user())
    beats: list[Heartbeat] = []

    def on_painted() -> None:
        say("painted")
        beats.append(Heartbeat(launch))

    def on_joined(app: "App") -> None:
        app.recogniser.recognised.connect(on_recognised)
        app.recogniser.recognise(sample())

    def on_recognised() -> None:
        say("recognised", longest_freeze=beats[0].longest)
        QTimer.singleShot(200, application.quit)

    launch.painted.connect(on_painted)
    launch.joined.connect(on_joined)
    launch.start()
    application.exec()
    launch.close()


def sample() -> "Ink":
    from digitpad import resources
    from digitpad.core.formats.inkml import read_inkml

    path = resources.sample_ink() / "7.inkml"
    return read_inkml(path.read_bytes(), str(path))


if __name__ == "__main__":
    {"bare": bare, "empty": empty, "digitpad": ours}[sys.argv[1]]()
