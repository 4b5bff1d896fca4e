"""One evaluation: every model on every set of drawings, from the cache where that knows it."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad import resources
from digitpad.children.assessing import AssessmentRun
from digitpad.core.data_source import DataSource
from digitpad.core.errors import DigitpadError
from digitpad.core.evaluation import cache as evaluation_cache
from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.evaluation.events import Assessed
from digitpad.core.models.record import Model
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.wording import count
from digitpad.workflows.background import Background

_log = logging.getLogger(__name__)


class Trial(QObject):
    """Evaluates one model on one set after another; deletes itself when it is over.

    Evaluations are kept beside their models, those of the bundled one, whose place may not be
    writable, in ``folder``.

    Signals: ``progressed(str, str, object)``: title, text, and the share in 0..1 or None; at the
    end ``evaluated(list)`` with an Exhibit for each set, or ``failed(str, str)``; nothing after
    stop.
    """

    progressed = Signal(str, str, object)
    evaluated = Signal(list)
    failed = Signal(str, str)

    def __init__(
        self,
        models: tuple[Model, ...],
        sources: Sequence[DataSource],
        background: Background,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models, self._background, self._folder = models, background, folder
        self._waiting = [(source, model) for source in sources for model in models]
        self._steps = len(self._waiting)
        self._done: list[Evaluation] = []
        self._run: AssessmentRun | None = None
        self._stopped = False

    def begin(self) -> None:
        self._next()

    def stop(self) -> None:
        """End what is under way; harmless once it is over."""
        self._stopped = True
        self.blockSignals(True)
        if self._run is not None:
            self._run.stop()
            self._run.wait()

    def _next(self) -> None:
        if self._stopped:
            self.deleteLater()
            return
        if not self._waiting:
            self._end()
            return
        source, model = self._waiting.pop(0)
        self._tell(model, source, 0, 0)
        work = partial(_look_up, self._cache_of(model), model.file, source.value)
        self._background.run(work, partial(self._on_looked_up, model, source), self._on_error)

    def _on_looked_up(
        self, model: Model, source: DataSource, found: tuple[Path, Evaluation | None]
    ) -> None:
        file, evaluation = found
        if evaluation is not None:
            self._on_evaluated(replace(evaluation, data=source.name or evaluation.data))
        elif not self._stopped:
            self._start(model, source, file)
        else:
            self.deleteLater()

    def _start(self, model: Model, source: DataSource, out: Path) -> None:
        run = AssessmentRun(model.file, [source.value], out, source.name, self)
        run.fetching.connect(lambda text: self.progressed.emit(_title(model), text, None))
        run.progressed.connect(partial(self._tell, model, source))
        run.finished.connect(self._on_run_finished)
        run.failed.connect(self._on_failed)
        run.stopped.connect(self.deleteLater)
        self._run = run
        run.start()

    def _on_run_finished(self, assessed: Assessed) -> None:
        self._run = None
        load = partial(Evaluation.load, Path(assessed.file))
        self._background.run(load, self._on_evaluated, self._on_error)

    def _on_evaluated(self, evaluation: Evaluation) -> None:
        self._done.append(evaluation)
        self._next()

    def _end(self) -> None:
        names = tuple(model.name for model in self._models)
        each = len(names)
        parts = [tuple(self._done[at : at + each]) for at in range(0, len(self._done), each)]
        exhibits = [Exhibit(names, part) for part in parts]
        try:
            for exhibit in exhibits:
                exhibit.comparison()
        except ValueError:
            self._on_failed("The drawings changed in the meantime. Evaluate again.", "")
            return
        self.evaluated.emit(exhibits)
        self.deleteLater()

    def _on_error(self, error: DigitpadError) -> None:
        _log.warning("%s", error, exc_info=error)
        self._on_failed(str(error), error.details)

    def _on_failed(self, reason: str, details: str) -> None:
        self.failed.emit(reason, details)
        self.deleteLater()

    def _cache_of(self, model: Model) -> Path:
        bundled = model.file == resources.bundled_model()
        return (self._folder if bundled else model.file.parent) / evaluation_cache.FOLDER

    def _tell(self, model: Model, source: DataSource, done: int, total: int) -> None:
        over = self._steps - len(self._waiting) - 1
        name = source.name or Path(source.value).name
        share = (over + done / total) / self._steps if total else None
        text = f"{name}: {count(done)} of {count(total)} drawings" if total else f"{name}: loading"
        self.progressed.emit(_title(model), text, share)


def _title(model: Model) -> str:
    return f"Evaluating \u201c{model.name}\u201d"


def _look_up(folder: Path, model: Path, data: str) -> tuple[Path, Evaluation | None]:
    file = evaluation_cache.place(folder, model, [data])
    return file, evaluation_cache.load(file)
