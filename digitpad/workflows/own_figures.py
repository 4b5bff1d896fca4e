"""How a new model and the current one do on what the person drew, for the result of a run."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from shiboken6 import isValid

from digitpad.core.data_source import DataSource
from digitpad.core.evaluation.verdict import FigureRow
from digitpad.core.models.record import Model
from digitpad.core.samples.store import SampleStore
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.workflows.background import Background
from digitpad.workflows.data_sources import log_only
from digitpad.workflows.trial import Trial

OWN = "My drawings"
OWN_LEARNT = f"{OWN} (partly trained on)"
"""What they are called where a model has learnt from some of them."""


class OwnFigures(QObject):
    """Judges two models on the drawings in ``store``, one pair at a time."""

    def __init__(self, store: SampleStore, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._background = store, background
        self._wanted: Model | None = None
        self._trial: Trial | None = None

    def evaluate(self, new: Model, current: Model, tell: Callable[[FigureRow], None]) -> None:
        """Tell a row without figures soon, if there are drawings, and a whole one at the end."""
        self._wanted = new

        def counted(count: int) -> None:
            if count and self._wanted is new:
                self._begin(new, current, count, tell)

        self._background.run(self._store.count, counted, log_only)

    def stop(self) -> None:
        """Tell nothing more, for the figures are no longer wanted."""
        self._wanted = None
        if self._trial is not None and isValid(self._trial):
            self._trial.stop()

    def _begin(
        self, new: Model, current: Model, count: int, tell: Callable[[FigureRow], None]
    ) -> None:
        path = self._store.path
        name = OWN_LEARNT if any(m.learnt_from(path) for m in (new, current)) else OWN

        def tell_figures(exhibits: list[Exhibit]) -> None:
            for exhibit in exhibits:
                one, other = exhibit.evaluations
                tell(FigureRow(name, "accuracy", len(one), one.accuracy, other.accuracy))

        unknown = FigureRow(name, "accuracy", count, None, None)
        tell(replace(unknown, name=f"{name}: evaluating\u2026"))
        source = DataSource(str(path), name, "")
        trial = Trial((new, current), [source], self._background, path.parent, self)
        trial.evaluated.connect(tell_figures)
        trial.failed.connect(lambda *_: tell(unknown))
        self._trial = trial
        trial.begin()
