"""How a new model and the current one read what the person drew, for the result of a run."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from digitpad.core.data_source import DataSource
from digitpad.core.errors import DigitpadError
from digitpad.core.judging.verdict import FigureRow
from digitpad.core.models.record import Model
from digitpad.core.samples.store import SampleStore
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.workflows.background import Background
from digitpad.workflows.trial import Trial, cache_of

_NAME = "My drawings"


def judge_own(
    new: Model,
    current: Model,
    store: SampleStore,
    background: Background,
    tell: Callable[[FigureRow], None],
    parent: QObject,
) -> Trial | None:
    """Tell a row without figures at once, and the whole one when both models have read them.

    Returns the trial, to be stopped when the figures are no longer wanted; None, and tells nothing,
    where nothing is drawn.
    """
    try:
        count = store.count()
    except DigitpadError:
        return None  # its own window says what is wrong with it
    if not count:
        return None
    name = f"{_NAME}, learnt from in part" if _learnt_from(new, store.path) else _NAME

    def judged(exhibits: list[Exhibit]) -> None:
        for exhibit in exhibits:
            one, other = exhibit.evaluations
            tell(FigureRow(name, "accuracy", len(one), one.accuracy, other.accuracy))

    unknown = FigureRow(name, "accuracy", count, None, None)
    tell(replace(unknown, name=f"{name}: being read\u2026"))
    own = DataSource(str(store.path), _NAME, "")
    trial = Trial((new, current), [own], background, partial(cache_of, store.path.parent), parent)
    trial.judged.connect(judged)
    trial.failed.connect(lambda *_: tell(unknown))
    trial.begin()
    return trial


def _learnt_from(model: Model, own: Path) -> bool:
    """Tell whether the person's drawings, which a run copies, were among what it learnt from."""
    return model.options is not None and any(
        Path(path).name == own.name for path in model.options.data
    )
