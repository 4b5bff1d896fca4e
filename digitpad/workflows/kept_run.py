"""One training run, kept on disk epoch by epoch, so that whatever ends it, it can go on."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from digitpad.children.training import TrainingRun
from digitpad.core.errors import DigitpadError
from digitpad.core.models.record import Model, ModelState
from digitpad.core.models.store import Models
from digitpad.core.samples.store import SampleStore
from digitpad.core.training.events import EpochEnded, Finished, Notice
from digitpad.core.training.options import FitOptions
from digitpad.workflows.background import Background

_log = logging.getLogger(__name__)


class KeptRun(QObject):
    """A run from its first epoch or, resumed, from its last whole one; writes off the GUI thread.

    Signals: ``launched(Model)``; ``preparing(Preparing)``, ``started(Started)``,
    ``progressed(Progress)``, ``epoch_ended(EpochEnded)``, ``noticed(Notice)``; exactly one of
    ``finished(Model)``, ``failed(str reason, str details)`` and ``cancelled()``, after which it
    deletes itself.
    """

    launched = Signal(object)
    preparing = Signal(object)
    started = Signal(object)
    progressed = Signal(object)
    epoch_ended = Signal(object)
    noticed = Signal(object)
    finished = Signal(object)
    failed = Signal(str, str)
    cancelled = Signal()

    def __init__(
        self, models: Models, store: SampleStore, background: Background, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._models, self._store, self._background = models, store, background
        self._model: Model | None = None
        self._child: TrainingRun | None = None
        self._resumed = False

    @property
    def epochs_done(self) -> int:
        return len(self._model.epochs) if self._model else 0

    def begin(self, options: FitOptions) -> None:
        """Make a new run of ``options`` and start it."""
        self._background.run(partial(self._made, options), self._launch, self._on_unwritten)

    def resume(self, model: Model) -> None:
        """Go on with a run that was stopped or interrupted."""
        self._resumed = True
        self._background.run(partial(self._models.go_on, model), self._launch, self._on_unwritten)

    def stop_and_keep(self) -> None:
        """End soon with the best model so far."""
        if self._child is not None:
            self._child.stop_and_keep()

    def cancel(self) -> None:
        """End at once; a new run leaves nothing, one that was resumed what it had before."""
        if self._child is not None:
            self._child.stop()

    def interrupt(self) -> None:
        """End at once because the app ends; nothing is told any more, and it can be resumed."""
        self.blockSignals(True)
        self._resumed = True
        if self._child is not None:
            self._child.stop()
            self._child.wait()

    def _made(self, options: FitOptions) -> Model:
        """Make the run's folder; own drawings are copied, so that a resumed run sees the same."""
        model = self._models.begin(options)
        own = str(self._store.path)
        if own not in options.data:
            return model
        try:
            copy = SampleStore(model.file.with_name(self._store.path.name))
            copy.add(self._store.all())
            data = tuple(str(copy.path) if path == own else path for path in options.data)
            model = replace(model, options=replace(options, data=data))
            self._models.save(model)
        except DigitpadError:
            self._models.erase(model.key)
            raise
        return model

    def _launch(self, model: Model) -> None:
        assert model.options is not None  # noqa: S101 - only what was trained here is launched
        self._model = model
        child = TrainingRun(model.options, model.file, self, resume=self._resumed)
        child.preparing.connect(self.preparing)
        child.started.connect(self.started)
        child.progressed.connect(self.progressed)
        child.epoch_ended.connect(self._on_epoch_ended)
        child.noticed.connect(self.noticed)
        child.finished.connect(self._on_finished)
        child.failed.connect(self._on_failed)
        child.stopped.connect(self._on_cancelled)
        self._child = child
        self.launched.emit(model)
        child.start()

    def _on_epoch_ended(self, epoch: EpochEnded) -> None:
        if self._model is not None:
            before = (known for known in self._model.epochs if known.epoch < epoch.epoch)
            self._model = replace(self._model, epochs=(*before, epoch))
            self.epoch_ended.emit(epoch)
            save = partial(self._models.save, self._model)
            self._background.run(save, lambda _: None, self._on_unsaved)

    def _on_finished(self, finished: Finished) -> None:
        if self._model is not None and self._model.options is not None:
            whole = len(self._model.epochs) >= self._model.options.epochs
            state = ModelState.FINISHED if whole else ModelState.STOPPED
            self._model = replace(self._model, state=state, figures=finished.figures)
        self._finish(self._models.end, self.finished.emit)

    def _on_failed(self, reason: str, details: str) -> None:
        _log.warning("training failed: %s\n%s", reason, details)
        if self._model is not None:
            self._model = replace(self._model, message=reason)
        failure = reason, details
        self._finish(self._models.end, lambda _: self.failed.emit(*failure), failure)

    def _on_cancelled(self) -> None:
        end = self._models.end if self._resumed else self._erase
        self._finish(end, lambda _: self.cancelled.emit())

    def _erase(self, model: Model) -> Model:
        self._models.erase(model.key)
        return model

    def _on_unsaved(self, error: DigitpadError) -> None:
        """Go on without this epoch's note: the run's own state file is what counts."""
        self.noticed.emit(Notice(str(error)))

    def _on_unwritten(self, error: DigitpadError, instead: tuple[str, str] | None = None) -> None:
        """Tell why the run cannot be kept, or ``instead`` what went wrong before that."""
        _log.warning("%s", error, exc_info=error)
        self.failed.emit(*(instead or (str(error), error.details)))
        self.deleteLater()

    def _finish(
        self,
        work: Callable[[Model], Model],
        tell: Callable[[Model], object],
        failure: tuple[str, str] | None = None,
    ) -> None:
        """Write how the run ended, then report it, and delete this object."""

        def done(model: Model) -> None:
            tell(model)
            self.deleteLater()

        if self._model is not None:
            unwritten = partial(self._on_unwritten, instead=failure)
            self._background.run(partial(work, self._model), done, unwritten)
