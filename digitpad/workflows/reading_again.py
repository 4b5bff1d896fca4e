"""The person's drawings recognised again by the current model, and what it makes of them kept."""

import time
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from digitpad.children.reading import ReadingRun
from digitpad.core.errors import DigitpadError
from digitpad.core.models.record import Model
from digitpad.core.prediction import Prediction
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import SampleStore
from digitpad.workflows.background import Background

_PORTION = 100


class ReadingAgain(QObject):
    """Reads the drawings ``numbers`` of ``store``, one portion after another; each is kept at once.

    Signals: ``progressed(int done, int total, float seconds_left)``; at the end or once stopped
    ``ended(object before, str model)``, or ``failed(object before, str reason, str details)``.
    ``before`` is what had been made so far of those that have been read, to take it back.
    """

    progressed = Signal(int, int, float)
    ended = Signal(object, str)
    failed = Signal(object, str, str)

    def __init__(
        self,
        store: SampleStore,
        numbers: Sequence[int],
        model: Model,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._numbers, self._background = store, numbers, background
        self._name = model.name
        self._before: dict[int, Prediction | None] = {}
        self._done = 0
        self._began = 0.0
        self._over = False
        self._run = ReadingRun(model.file, self)
        self._run.ready.connect(self._on_ready)
        self._run.read.connect(self._on_read)
        self._run.failed.connect(self._on_failed)
        self._run.destroyed.connect(self.deleteLater)

    def begin(self) -> None:
        self._run.start()

    def stop(self) -> None:
        """Leave it at what has been read."""
        if not self._over:
            self._finish()
            self.ended.emit(self._before, self._name)

    def wait(self) -> None:
        """Return once the child is gone."""
        for run in self.findChildren(ReadingRun):
            run.wait()

    def _on_ready(self) -> None:
        self._began = time.monotonic()
        self._next()

    def _next(self) -> None:
        portion = self._numbers[self._done : self._done + _PORTION]
        self._background.run(partial(self._store.samples, portion), self._on_loaded, self._on_error)

    def _on_loaded(self, samples: dict[int, Sample]) -> None:
        if not self._over:
            self._run.take({number: sample.drawing for number, sample in samples.items()})

    def _on_read(self, answers: dict[int, Prediction]) -> None:
        work = partial(self._store.answer, answers)
        self._background.run(work, self._on_kept, self._on_error)

    def _on_kept(self, before: dict[int, Prediction | None]) -> None:
        self._before |= before
        if self._over:
            return
        total = len(self._numbers)
        self._done = min(self._done + _PORTION, total)
        pace = (time.monotonic() - self._began) / self._done
        self.progressed.emit(self._done, total, pace * (total - self._done))
        if self._done < total:
            self._next()
        else:
            self.stop()

    def _on_error(self, error: DigitpadError) -> None:
        self._on_failed(str(error), error.details)

    def _on_failed(self, reason: str, details: str) -> None:
        if not self._over:
            self._finish()
            self.failed.emit(self._before, reason, details)

    def _finish(self) -> None:
        self._over = True
        self._run.stop()
