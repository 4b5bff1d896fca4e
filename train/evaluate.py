"""Judging a network: figures of each set."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from digitpad.core.models.card import Figures
from digitpad.core.models.networks import NOT_A_DIGIT
from train import negatives
from train.judging.exam import Exam, digit_probabilities
from train.negatives import LOOK_ALIKES
from train.pool import labelled
from train.split import Part, Split
from train.strokes import plainly_seen, seen_as_picture

_MADE_UP = 1000


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
        yield Exam.of(pictures.name, pictures.images, pictures.labels)
    rng = np.random.default_rng([seed, 99])
    for drawings in part.digits:
        labels = np.array([int(label) for label in drawings.labels])
        yield Exam.of(drawings.name, np.stack([plainly_seen(i) for i in drawings.inks]), labels)
        as_pictures = np.stack([seen_as_picture(i, rng) for i in drawings.inks])
        yield Exam.of(f"{drawings.name}, as pictures", as_pictures, labels, remade=True)


def _others(part: Part, seed: int) -> Iterator[Exam]:
    for drawings in part.others:
        kept = drawings.without(LOOK_ALIKES)
        if kept.inks:
            yield Exam.refusable(drawings.name, np.stack([plainly_seen(i) for i in kept.inks]))
    for family, images in negatives.make(labelled(part.digits), _MADE_UP, seed + 1).items():
        yield Exam.refusable(family, images)


def _figures(network: nn.Module, exam: Exam, at: float) -> Mapping[str, float]:
    best, digit = digit_probabilities(network, exam.images).max(1)
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


def _share(flags: Tensor) -> float:
    return round(float(flags.double().mean()), 5)


def _calibration_error(confidence: Tensor, right: Tensor, bins: int = 15) -> float:
    """Return the expected calibration error over bins of equal width."""
    index = (confidence * bins).long().clamp(max=bins - 1)
    gap = torch.zeros(bins).index_add(0, index, right.float() - confidence)
    return float(gap.abs().sum() / len(confidence))
