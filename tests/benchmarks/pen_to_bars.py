"""The time from pen to bars, and to the ink: `python -m tests.benchmarks.pen_to_bars`.

Replays strokes as mouse events, 120 a second, in the real window with the real child process. The
clock starts when an event reaches the canvas, before the canvas has seen it, and stops after the
repaint that shows its answer or a newer one's.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, QTimer

from digitpad import resources
from digitpad.app import App
from digitpad.core.formats.inkml import read_inkml
from digitpad.core.ink import Ink
from digitpad.core.training.options import FitOptions
from digitpad.latency import PenToBars
from digitpad.launch import Launch
from digitpad.replay import EVENTS_PER_SECOND, Replay
from digitpad.resources import Folders
from digitpad.self_test import on_canvas
from digitpad.ui.setup import make_application
from tests.benchmarks.memory import resident_megabytes

_POINTER = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)


class Measurement(QObject):
    """Watches the canvas and the bars of a running app."""

    def __init__(self, app: App, events: int) -> None:
        super().__init__(app)
        self._app, self._wanted = app, events
        self._inks = cycle(samples())
        self._meter = PenToBars()
        self._delivered_at = 0.0
        self._ink_waiting_since: float | None = None
        self.bars: list[float] = []
        self.ink: list[float] = []
        self.events = 0
        window = app.window
        window.canvas.installEventFilter(self)
        app.recogniser.requested.connect(self._on_requested)
        app.recogniser.recognised.connect(lambda answer: self._meter.shown(answer.request))
        window.answer_painted.connect(lambda: self.bars.extend(self._meter.painted()))
        app.recogniser.ready.connect(self._draw_next)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _POINTER:
            self.events += 1
            self._delivered_at = perf_counter()
            released = event.type() == QEvent.Type.MouseButtonRelease
            if self._ink_waiting_since is None and not released:
                self._ink_waiting_since = self._delivered_at
        elif event.type() == QEvent.Type.Paint and self._ink_waiting_since is not None:
            self.ink.append((perf_counter() - self._ink_waiting_since) * 1000)
            self._ink_waiting_since = None
        return super().eventFilter(watched, event)

    def recogniser_id(self) -> int:
        """Return the process number of the recogniser."""
        return self._app.recogniser.process_id

    def _on_requested(self, request: int) -> None:
        self._meter.changed(request, self._delivered_at)

    def _draw_next(self) -> None:
        if self.events >= self._wanted:
            QCoreApplication.exit()  # unlike quit(), asks nobody
            return
        canvas = self._app.window.canvas
        canvas.clear()
        self._meter.forget()
        replay = Replay(canvas, on_canvas(next(self._inks), QRectF(canvas.rect())), self)
        replay.finished.connect(replay.deleteLater)
        replay.finished.connect(lambda: QTimer.singleShot(50, self, self._draw_next))
        replay.start()


def samples() -> Iterator[Ink]:
    for path in sorted(resources.sample_ink().glob("*.inkml")):
        yield read_inkml(path.read_bytes(), str(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--while-training", metavar="DATA", help="retrain on DATA meanwhile")
    parser.add_argument("--with-layers", action="store_true", help="with the Layers window open")
    options = parser.parse_args()
    application = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        launch = Launch(application, Folders.below(Path(folder)))
        measurements: list[Measurement] = []

        def on_joined(app: App) -> None:
            measurements.append(Measurement(app, options.events))
            if options.with_layers:
                app.window.commands.layers.trigger()
            if options.while_training:
                app.retraining.start(FitOptions("fast", (options.while_training,), 100, 128, 0.003))

        launch.joined.connect(on_joined)
        launch.start()
        application.exec()
        (measurement,) = measurements
        own, child = resident_megabytes(None), resident_megabytes(measurement.recogniser_id())
        launch.close()
    print(f"{measurement.events} events, {EVENTS_PER_SECOND} a second")
    report("pen to bars", measurement.bars)
    report("pen to ink ", measurement.ink)
    print(f"memory: window {own:.0f} MB, recogniser {child:.0f} MB")


def report(name: str, times: list[float]) -> None:
    p50, p95, p99 = np.percentile(times, [50, 95, 99])
    print(
        f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, "
        f"longest {max(times):.1f} ms, {len(times)} measured"
    )


if __name__ == "__main__":
    main()
