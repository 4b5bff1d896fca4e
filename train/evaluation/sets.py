"""The plain sets: digits as they are and as pictures, letters, and what is made up."""

from collections.abc import Iterator

import numpy as np

from digitpad.core.models.card import AS_PICTURES
from digitpad.core.prediction import NOT_A_DIGIT
from train import negatives
from train.evaluation.exam import Exam
from train.split import Part
from train.strokes import plainly_seen, seen_as_picture
from train.workshop import labelled

MADE_UP = 1000
"""Images of each made-up family."""


def exams(part: Part, outputs: int, seed: int) -> list[Exam]:
    """Return the sets of ``part`` as images, those to be refused where the network can refuse.

    ``seed`` is that of the pictures' pens and of what is made up.
    """
    sets = list(_digits(part, seed))
    if outputs > NOT_A_DIGIT:
        sets += _others(part, seed)
    return sets


def _digits(part: Part, seed: int) -> Iterator[Exam]:
    for pictures in part.pictures:
        yield Exam.of(pictures.name, pictures.images, pictures.labels)
    rng = np.random.default_rng([seed, 99])
    for drawings in part.digits:
        labels = drawings.digits
        yield Exam.of(drawings.name, np.stack([plainly_seen(i) for i in drawings.inks]), labels)
        as_pictures = np.stack([seen_as_picture(i, rng) for i in drawings.inks])
        yield Exam.of(drawings.name + AS_PICTURES, as_pictures, labels, remade=True)


def _others(part: Part, seed: int) -> Iterator[Exam]:
    for drawings in part.others:
        kept = drawings.without(negatives.LOOK_ALIKES)
        if kept.inks:
            yield Exam.refusable(drawings.name, np.stack([plainly_seen(i) for i in kept.inks]))
    for family, images in negatives.make(labelled(part.digits), MADE_UP, seed + 1).items():
        yield Exam.refusable(family, images)
