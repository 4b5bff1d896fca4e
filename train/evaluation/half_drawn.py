"""Digits while they are drawn: how many are answered already, and how many of these rightly."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch

from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.prediction import CLASSES, NOT_A_DIGIT
from train.data import Drawings
from train.evaluation.exam import Exam
from train.evaluation.judge import Judge, Row, row
from train.negatives import beginning
from train.strokes import plainly_seen

_SHARES = (0.3, 0.5, 0.7, 0.9)
"""Of the pen's way."""
_MOST = 4000


def stages(drawings: Drawings) -> list[Exam]:
    """Return the same drawings at each stage that any has, labelled with what they become."""
    chosen = drawings.some(_MOST)
    return [stage for share in _SHARES if (stage := _stage(chosen, share)) is not None]


def half_drawn(judge: Judge, drawings: Drawings) -> Iterator[Row]:
    """Yield a row for each stage, and one for all of them; none where no drawing has a beginning.

    ``answered`` is the share that is called a digit; ``right_of_answered`` of these are called what
    the drawing became, and ``calibration_error`` is that of their confidences.
    """
    judged = [
        judge.evaluation(s.images.numpy(), s.labels.numpy() - CLASSES, s.name, pen_down=True)
        for s in stages(drawings)
    ]
    if not judged:
        return
    yield from map(_row, judged)
    yield _row(
        replace(
            judged[0],
            data=f"{drawings.name}, half-drawn, all",
            labels=np.concatenate([s.labels for s in judged]),
            probabilities=np.concatenate([s.probabilities for s in judged]),
            images=np.concatenate([s.images for s in judged]),
        )
    )


def _stage(drawings: Drawings, share: float) -> Exam | None:
    begun = [
        (plainly_seen(ink), int(label))
        for label, whole in zip(drawings.labels, drawings.inks, strict=True)
        if (ink := beginning(whole, share)) is not None
    ]
    if not begun:  # all were drawn in a few jumps
        return None
    images, labels = zip(*begun, strict=True)
    name = f"{drawings.name}, {share:.0%} drawn"
    return Exam(name, torch.tensor(np.stack(images)), CLASSES + torch.tensor(labels))


def _row(stage: Evaluation) -> Row:
    answered = stage.where(stage.answers != NOT_A_DIGIT)
    figures = {
        "answered": len(answered) / len(stage),
        "right_of_answered": answered.accuracy if len(answered) else 0.0,
        "calibration_error": answered.calibration_error if len(answered) else 0.0,
    }
    return row(stage.data, figures, len(stage))
