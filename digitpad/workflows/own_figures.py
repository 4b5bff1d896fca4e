"""How a new model and the current one read what the person drew, for the result of a run."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from digitpad.core.data_source import DataSource
from digitpad.core.judging.verdict import FigureRow
from digitpad.core.models.record import Model
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.workflows.background import Background
from digitpad.workflows.trial import Trial, cache_of

_NAME = "My drawings"


def judge_own(
    new: Model,
    current: Model,
    own: tuple[Path, int],
    background: Background,
    tell: Callable[[FigureRow], None],
    parent: QObject,
) -> Trial:
    """Tell a row without figures at once, and the whole one when both models have read them.

    ``own`` is the file of the person's drawings, and how many there are. Returns the trial, to be
    stopped when the figures are no longer wanted.
    """
    path, count = own
    name = f"{_NAME}, learnt from in part" if _learnt_from(new, path) else _NAME

    def judged(exhibits: list[Exhibit]) -> None:
        for exhibit in exhibits:
            one, other = exhibit.evaluations
            tell(FigureRow(name, "accuracy", len(one), one.accuracy, other.accuracy))

    unknown = FigureRow(name, "accuracy", count, None, None)
    tell(replace(unknown, name=f"{name}: being read\u2026"))
    source = DataSource(str(path), _NAME, "")
    trial = Trial((new, current), [source], background, partial(cache_of, path.parent), parent)
    trial.judged.connect(judged)
    trial.failed.connect(lambda *_: tell(unknown))
    trial.begin()
    return trial


def _learnt_from(model: Model, own: Path) -> bool:
    """Tell whether the person's drawings, which a run copies, were among what it learnt from."""
    return model.options is not None and any(
        Path(path).name == own.name for path in model.options.data
    )
