"""Judging a network: figures a set, the temperature and the threshold."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from digitpad.core.models.card import Figures
from digitpad.core.models.networks import NOT_A_DIGIT
from train import negatives
from train.negatives import LOOK_ALIKES
from train.pool import Pool, labelled
from train.scoring import logits_of
from train.split import Part, Split
from train.strokes import plainly_seen, seen_as_picture

KEPT = 0.997
"""Share of real digits that the threshold keeps in validation."""
_MADE_UP = 1000


@dataclass(frozen=True, eq=False, slots=True)
class Exam:
    """One set to be judged on; those labelled 10 are to be refused.

    ``remade`` says that its images were made worse on purpose; they choose no threshold.
    """

    name: str
    images: Tensor
    labels: Tensor
    remade: bool = False

    @property
    def of_digits(self) -> bool:
        return int(self.labels.max()) < NOT_A_DIGIT


def all_exams(parts: Split, outputs: int, seed: int) -> list[Exam]:
    """Return what a model card reports: validation and test sets, all kinds of them."""
    chosen_on = [
        replace(e, name=f"validation: {e.name}") for e in exams(parts.validation, outputs, seed)
    ]
    return chosen_on + exams(parts.test, outputs, seed + 1)


def exams(part: Part, outputs: int, seed: int) -> list[Exam]:
    """Return the sets of ``part`` as images, those to be refused where the network can refuse."""
    sets = list(_digits(part, seed))
    if outputs > NOT_A_DIGIT:
        sets += _others(part, seed)
    return sets


def as_pool(sets: Sequence[Exam]) -> Pool:
    images, labels = torch.cat([s.images for s in sets]), torch.cat([s.labels for s in sets])
    return Pool(images, labels, torch.ones(len(images), dtype=torch.float64))


def calibrate(network: nn.Module, pool: Pool) -> float:
    """Divide the last dense layer by the temperature of least cross entropy, and return it.

    An ensemble has no such layer and is left as it is: its mean is calibrated well enough.
    """
    if not (isinstance(network, nn.Sequential) and isinstance(network[-1], nn.Linear)):
        return 1.0
    logits = logits_of(network, pool.images)
    candidates = torch.linspace(0.3, 3.0, 271)
    losses = torch.stack([F.cross_entropy(logits / t, pool.labels) for t in candidates])
    temperature = float(candidates[losses.argmin()])
    with torch.no_grad():
        for parameter in network[-1].parameters():
            parameter.div_(temperature)
    return temperature


def threshold(network: nn.Module, sets: Sequence[Exam]) -> float:
    """Return the highest threshold that keeps ``KEPT`` of the digits; 0 if nothing is refused."""
    if all(s.of_digits for s in sets):
        return 0.0
    real = [s for s in sets if s.of_digits and not s.remade]
    likeliest = torch.cat([_digit_probabilities(network, s).amax(1) for s in real])
    return math.floor(float(torch.quantile(likeliest, 1 - KEPT)) * 1000) / 1000


def figures(network: nn.Module, sets: Sequence[Exam], at: float) -> Figures:
    """Return the figures of each set at the threshold ``at``.

    Of digits: ``accuracy`` (likeliest digit right), ``kept`` (answered at all), ``answered_right``
    (both) and ``calibration_error`` (ECE, 15 bins). Of others: ``refused``.
    """
    return {s.name: _figures(network, s, at) for s in sets}


def test_accuracy(rows: Figures) -> float | None:
    """Return the accuracy on the first test set of digits; None without one."""
    found = [
        row["accuracy"]
        for name, row in rows.items()
        if "accuracy" in row and not name.startswith("validation")
    ]
    return found[0] if found else None


def _digits(part: Part, seed: int) -> Iterator[Exam]:
    for pictures in part.pictures:
        yield _exam(pictures.name, pictures.images, pictures.labels)
    rng = np.random.default_rng([seed, 99])
    for drawings in part.digits:
        labels = np.array([int(label) for label in drawings.labels])
        yield _exam(drawings.name, np.stack([plainly_seen(i) for i in drawings.inks]), labels)
        as_pictures = np.stack([seen_as_picture(i, rng) for i in drawings.inks])
        yield _exam(f"{drawings.name}, as pictures", as_pictures, labels, remade=True)


def _others(part: Part, seed: int) -> Iterator[Exam]:
    for drawings in part.others:
        kept = drawings.without(LOOK_ALIKES)
        if kept.inks:
            yield _refusable(drawings.name, np.stack([plainly_seen(i) for i in kept.inks]))
    for family, images in negatives.make(labelled(part.digits), _MADE_UP, seed + 1).items():
        yield _refusable(family, images)


def _exam(
    name: str,
    images: npt.NDArray[np.uint8],
    labels: npt.NDArray[np.int64],
    *,
    remade: bool = False,
) -> Exam:
    return Exam(name, torch.tensor(images), torch.tensor(labels), remade)


def _refusable(name: str, images: npt.NDArray[np.uint8]) -> Exam:
    return _exam(name, images, np.full(len(images), NOT_A_DIGIT))


def _figures(network: nn.Module, exam: Exam, at: float) -> Mapping[str, float]:
    best, digit = _digit_probabilities(network, exam).max(1)
    kept = (best >= at) & (exam.images.flatten(1).amax(1) > 0)
    count = float(len(best))
    if not exam.of_digits:
        return {"refused": _share(~kept), "drawings": count}
    right = digit == exam.labels
    return {
        "accuracy": _share(right),
        "kept": _share(kept),
        "answered_right": _share(right & kept),
        "calibration_error": round(_calibration_error(best, right), 5),
        "drawings": count,
    }


def _digit_probabilities(network: nn.Module, exam: Exam) -> Tensor:
    return logits_of(network, exam.images).softmax(1)[:, :NOT_A_DIGIT]


def _share(flags: Tensor) -> float:
    return round(float(flags.double().mean()), 5)


def _calibration_error(confidence: Tensor, right: Tensor, bins: int = 15) -> float:
    """Return the expected calibration error over bins of equal width."""
    index = (confidence * bins).long().clamp(max=bins - 1)
    gap = torch.zeros(bins).index_add(0, index, right.float() - confidence)
    return float(gap.abs().sum() / len(confidence))
