"""The app's proof of itself: draws each digit in the real window and checks the answers."""

import json
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QRectF, QTimer

from digitpad import resources
from digitpad.core.ink import Ink
from digitpad.launch import Launch
from digitpad.replay import Replay
from digitpad.resources import Folders
from digitpad.ui.canvas.fitting import fitted, rect_of
from digitpad.ui.setup import make_application

if TYPE_CHECKING:
    from digitpad.app import App
    from digitpad.core.messages import Recognised

_TIMEOUT_MS = 120_000
_SETTLE_MS = 200
_SHARE = 0.7


def run(screenshot: Path | None) -> int:
    """Draw the sample ink, print one JSON object, and return 0 if all of it was recognised."""
    started = time.perf_counter()
    application = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        launch = Launch(application, Folders.below(Path(folder)))
        test = _SelfTest(launch, started, screenshot)
        launch.start()
        application.exec()
        launch.close()
    print(json.dumps(test.report()))
    return 0 if test.passed() else 1


class _SelfTest(QObject):
    """Draws one digit after the other and notes what each is taken for."""

    def __init__(self, launch: Launch, started: float, screenshot: Path | None) -> None:
        super().__init__(launch)
        self._window, self._started, self._screenshot = launch.window, started, screenshot
        self._started_at = time.time() - (time.perf_counter() - started)
        self._files = sorted(resources.sample_ink().glob("*.inkml"))
        self._drawn: list[int] = []
        self._read: list[int | None] = []
        self._answer: int | None = None
        self._times: list[float] = []
        self._first: dict[str, float] = {}
        self._problem = ""
        launch.painted.connect(lambda: self._note_first("first_window_ms"))
        launch.joined.connect(self._on_joined)
        QTimer.singleShot(_TIMEOUT_MS, self, self._give_up)

    def passed(self) -> bool:
        all_read = len(self._drawn) == len(self._files) > 0 and self._read == self._drawn
        return all_read and not self._problem

    def report(self) -> dict[str, object]:
        """Return what was drawn and read, when it began (s since 1970), and times in ms."""
        report: dict[str, object] = {
            "passed": self.passed(),
            "drawn": self._drawn,
            "read": self._read,
            "started_at": round(self._started_at, 3),
            **self._first,
        }
        if self._times:
            hundredths = quantiles(self._times, n=100)
            report |= {
                "pen_to_bars_p50_ms": round(hundredths[49], 2),
                "pen_to_bars_p99_ms": round(hundredths[98], 2),
            }
        return report | ({"problem": self._problem} if self._problem else {})

    def _note_first(self, what: str) -> None:
        elapsed = (time.perf_counter() - self._started) * 1000
        self._first.setdefault(what, round(elapsed, 1))

    def _on_joined(self, app: "App") -> None:
        app.recogniser.recognised.connect(self._on_recognised)
        app.recogniser.ready.connect(self._draw_next)
        app.answer.pen_to_bars_measured.connect(self._times.extend)

    def _give_up(self) -> None:
        self._problem = f"it did not finish within {_TIMEOUT_MS // 1000} s"
        QCoreApplication.quit()

    def _on_recognised(self, answer: "Recognised") -> None:
        self._note_first("first_prediction_ms")
        self._answer = answer.prediction.digit

    def _draw_next(self) -> None:
        from digitpad.core.formats.inkml import read_labelled_inkml  # not before the window

        path = self._files[len(self._drawn)]
        ink, label = read_labelled_inkml(path.read_bytes(), str(path))
        self._drawn.append(int(label or -1))
        canvas = self._window.canvas
        canvas.clear()
        self._answer = None
        replay = Replay(canvas, on_canvas(ink, QRectF(canvas.rect())), self)
        replay.finished.connect(lambda: QTimer.singleShot(_SETTLE_MS, self, self._note_answer))
        replay.start()

    def _note_answer(self) -> None:
        self._read.append(self._answer)
        if len(self._drawn) < len(self._files):
            self._draw_next()
            return
        if self._screenshot is not None:
            self._take(self._screenshot)
        QCoreApplication.quit()

    def _take(self, screenshot: Path) -> None:
        with suppress(OSError):  # then it cannot be saved there either
            screenshot.parent.mkdir(parents=True, exist_ok=True)
        if not self._window.grab().save(str(screenshot)):
            self._problem = f"the screenshot could not be written to {screenshot}"


def on_canvas(ink: Ink, canvas: QRectF) -> Ink:
    """Return ``ink`` in the middle of the canvas, where a person would draw it."""
    box = ink.bounds()
    if box is None:
        return ink
    area = QRectF(0, 0, canvas.width() * _SHARE, canvas.height() * _SHARE)
    area.moveCenter(canvas.center())
    view = fitted(rect_of(box), area)
    return ink.transformed(view.m11(), view.dx(), view.dy())
