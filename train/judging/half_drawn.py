"""Digits while they are drawn: how many are answered already, and how many of these rightly."""

from collections.abc import Iterator

import numpy as np

from digitpad.core.judging.evaluation import NO_DIGIT, Evaluation
from train.data import Drawings
from train.judging.judge import Judge, Row, row
from train.negatives import beginning
from train.strokes import plainly_seen

_SHARES = (0.3, 0.5, 0.7, 0.9)
"""Of the pen's way."""
_MOST = 1000


def half_drawn(judge: Judge, drawings: Drawings) -> Iterator[Row]:
    """Yield a row for each stage, and one for all of them.

    ``answered`` is the share that is called a digit; ``right_of_answered`` of these are called what
    the drawing became, and ``calibration_error`` is that of their confidences.
    """
    chosen = drawings.some(_MOST)
    stages = [_stage(judge, chosen, share) for share in _SHARES]
    for share, stage in zip(_SHARES, stages, strict=True):
        yield _row(f"{drawings.name}, {share:.0%} drawn", stage)
    whole = Evaluation(
        "",
        "",
        np.concatenate([s.labels for s in stages]),
        np.concatenate([s.probabilities for s in stages]),
        np.concatenate([s.images for s in stages]),
        judge.threshold,
    )
    yield _row(f"{drawings.name}, half-drawn, all", whole)


def _stage(judge: Judge, drawings: Drawings, share: float) -> Evaluation:
    begun = [
        (plainly_seen(ink), int(label))
        for label, whole in zip(drawings.labels, drawings.inks, strict=True)
        if (ink := beginning(whole, share)) is not None
    ]
    images, labels = zip(*begun, strict=True)
    return judge.evaluation(np.stack(images), np.array(labels))


def _row(name: str, stage: Evaluation) -> Row:
    answered = stage.where(stage.answers != NO_DIGIT)
    figures = {
        "answered": len(answered) / len(stage),
        "right_of_answered": answered.accuracy if len(answered) else 0.0,
        "calibration_error": answered.calibration_error if len(answered) else 0.0,
    }
    return row(name, figures, len(stage))
