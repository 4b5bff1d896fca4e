"""A network with its threshold, asked for answers; and the rows of figures that they give."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from digitpad.core.drawing import Image
from digitpad.core.evaluation.evaluation import Evaluation
from train.data import Labels
from train.evaluation.exam import Exam, digit_probabilities


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """The figures of one set; ``confusion`` (10, 11) is there for digits drawn by people."""

    name: str
    figures: Mapping[str, float]
    confusion: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Judge:
    """Answers as the app does with ``threshold``, and with no digit on blank paper."""

    network: nn.Module
    threshold: float

    def evaluation(
        self,
        images: Image,
        labels: Labels | int = 0,
        name: str = "",
        *,
        pen_down: bool = False,
    ) -> Evaluation:
        """Return the answers to ``images`` (n, 28, 28), whose labels are all one or (n,).

        With ``pen_down`` all of them are still being drawn.
        """
        seen = torch.from_numpy(images)
        probabilities = digit_probabilities(self.network, seen, pen_down=pen_down).double().numpy()
        probabilities[~images.any(axis=(1, 2))] = 0
        every = np.broadcast_to(np.asarray(labels, np.int64), len(images))
        return Evaluation("", name, every, probabilities, images, self.threshold, pen_down)

    def examine(self, exam: Exam) -> Evaluation:
        return self.evaluation(exam.images.numpy(), exam.labels.numpy(), exam.name)


def digits_row(answers: Evaluation, *, remade: bool) -> Row:
    """Return the figures of a set of digits.

    ``accuracy`` (likeliest digit right), ``kept`` (answered at all), ``answered_right`` (both) and
    ``calibration_error`` (ECE, 15 bins).
    """
    figures = {
        "accuracy": answers.accuracy,
        "kept": answers.kept,
        "answered_right": float(answers.confusion.trace()) / len(answers),
        "calibration_error": answers.calibration_error,
    }
    return row(answers.data, figures, len(answers), None if remade else answers.confusion)


def others_row(answers: Evaluation, digits: npt.NDArray[np.float64]) -> Row:
    """Return ``refused`` and, against how likely real ``digits`` are to be some, ``auroc``."""
    figures = {"refused": 1 - answers.kept}
    if len(digits):
        figures["auroc"] = auroc(digits, answers.of_any_digit)
    return row(answers.data, figures, len(answers))


def row(
    name: str,
    figures: Mapping[str, float],
    drawings: int,
    confusion: npt.NDArray[np.int64] | None = None,
) -> Row:
    """Return the row with all figures rounded to what a card keeps."""
    rounded = {key: round(float(value), 5) for key, value in figures.items()}
    return Row(name, {**rounded, "drawings": float(drawings)}, confusion)


def auroc(higher: npt.NDArray[np.float64], lower: npt.NDArray[np.float64]) -> float:
    """Return the area under the ROC curve: how often one of ``higher`` is above one of ``lower``.

    Ties count half (Mann and Whitney's U).
    """
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left") + np.searchsorted(ordered, higher, "right")
    return float(below.mean()) / 2 / len(lower)
