"""Judging a network: figures a set, the temperature and the threshold."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from digitpad.core.networks import NOT_A_DIGIT
from train import negatives
from train.loop import logits_of
from train.pool import Pool, labelled, without_look_alikes
from train.split import Part
from train.strokes import picture_of, plainly_seen
from digitpad.core.normalise import normalise_mask

KEPT = 0.998
"""Share of real digits of the validation sets that the threshold keeps, at least."""


@dataclass(frozen=True, eq=False, slots=True)
class Exam:
    """One set to be judged on; labels of 10 are to be refused."""

    name: str
    images: Tensor
    labels: Tensor


def exams(part: Part, seed: int) -> list[Exam]:
    """Return what ``part`` has to judge on: each set of digits, letters, and made-up others."""
    sets = [Exam(p.name, torch.tensor(p.images), torch.tensor(p.labels)) for p in part.pictures]
    rng = np.random.default_rng([seed, 99])
    for drawings in part.digits:
        labels = torch.tensor([int(label) for label in drawings.labels])
        images = np.stack([plainly_seen(ink) for ink in drawings.inks])
        sets.append(Exam(drawings.name, torch.tensor(images), labels))
        found = [normalise_mask(picture_of(ink, rng)) for ink in drawings.inks]
        pictures = np.stack([plain if n is None else n.image for n, plain in zip(found, images, strict=True)])
        sets.append(Exam(f"{drawings.name}, as pictures", torch.tensor(pictures), labels))
    for drawings in map(without_look_alikes, part.others):
        images = np.stack([plainly_seen(ink) for ink in drawings.inks])
        sets.append(_refusable(drawings.name, images))
    digits = labelled(part.digits)
    if digits:
        made = negatives.make(digits, 1000, seed + 1)
        sets += [_refusable(family, images) for family, images in made.items()]
    return sets


def as_pool(sets: list[Exam], outputs: int) -> Pool:
    """Return the sets together, those to be refused only where the network can."""
    fit = [s for s in sets if outputs > NOT_A_DIGIT or int(s.labels.max()) < NOT_A_DIGIT]
    images, labels = torch.cat([s.images for s in fit]), torch.cat([s.labels for s in fit])
    return Pool(images, labels, torch.ones(len(images), dtype=torch.float64))


def temperature(network: nn.Module, pool: Pool) -> float:
    """Return the number that logits are best divided by: least cross entropy on ``pool``."""
    logits = logits_of(network, pool.images)
    candidates = torch.linspace(0.3, 3.0, 271)
    losses = torch.stack([F.cross_entropy(logits / t, pool.labels) for t in candidates])
    return float(candidates[losses.argmin()])


def fold_temperature(network: nn.Module, by: float) -> None:
    """Divide the last dense layer by ``by``, so that the network's softmax is calibrated."""
    last = [layer for layer in network.modules() if isinstance(layer, nn.Linear)][-1]
    with torch.no_grad():
        last.weight /= by
        last.bias /= by


def threshold(network: nn.Module, sets: list[Exam]) -> float:
    """Return the highest threshold that keeps enough digits of every set."""
    lowest = [
        float(torch.quantile(_digit_probabilities(network, s).amax(1), 1 - KEPT))
        for s in sets
        if int(s.labels.max()) < NOT_A_DIGIT
    ]
    return min(max(np.floor(min(lowest) * 1000) / 1000, 0.05), 0.9)


def figures(network: nn.Module, sets: list[Exam], at: float) -> Mapping[str, Mapping[str, float]]:
    """Return the figures of each set at the threshold ``at``.

    Of digits: ``accuracy`` (likeliest digit right), ``kept`` (answered at all), ``answered_right``
    (both), ``error`` of calibration. Of others: ``refused``.
    """
    return {s.name: _figures(network, s, at) for s in sets}


def _figures(network: nn.Module, exam: Exam, at: float) -> Mapping[str, float]:
    best, digit = _digit_probabilities(network, exam).max(1)
    kept = (best >= at) & (exam.images.flatten(1).amax(1) > 0)
    count = float(len(best))
    if int(exam.labels.max()) >= NOT_A_DIGIT:
        return {"refused": round(1 - float(kept.float().mean()), 5), "drawings": count}
    right = digit == exam.labels
    return {
        "accuracy": round(float(right.float().mean()), 5),
        "kept": round(float(kept.float().mean()), 5),
        "answered_right": round(float((right & kept).float().mean()), 5),
        "calibration_error": round(_ece(best, right), 5),
        "drawings": count,
    }


def _digit_probabilities(network: nn.Module, exam: Exam) -> Tensor:
    return logits_of(network, exam.images).softmax(1)[:, :NOT_A_DIGIT]


def _ece(confidence: Tensor, right: Tensor, bins: int = 15) -> float:
    """Return the expected calibration error over bins of equal width."""
    index = (confidence * bins).long().clamp(max=bins - 1)
    gap = torch.zeros(bins).index_add(0, index, right.float() - confidence)
    return float(gap.abs().sum() / len(confidence))


def _refusable(name: str, images: np.ndarray) -> Exam:  # type: ignore[type-arg]
    return Exam(name, torch.tensor(images), torch.full((len(images),), NOT_A_DIGIT))
