"""Drawings that go on: what the network sees of them while the pen is still down."""

import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import Image
from digitpad.core.ink import Ink
from digitpad.core.prediction import CLASSES, NOT_A_DIGIT
from train.data import DIGITS
from train.negatives import Labelled, beginning
from train.strokes import seen_as_ink, varied

_SHORTEST = 0.05
"""Share of the pen's way; before it, there is little more than a dot."""


def with_beginnings(drawings: Labelled) -> list[tuple[str, Ink]]:
    """Return those that have enough points to be cut."""
    return [(label, ink) for label, ink in drawings if has_beginning(ink)]


def has_beginning(ink: Ink) -> bool:
    """Tell whether ``ink`` has enough points to be cut."""
    return beginning(ink, 1.0) is not None


def begun(
    drawings: Labelled, count: int, rng: np.random.Generator
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return ``count`` images (count, 28, 28) of beginnings, and their classes (count,).

    The beginnings are of any length, as a person sees them in a live app, and the classes are what
    they became, ``CLASSES`` higher: those of the outputs that answer while the pen is down. So a
    network learns how likely each digit still is. All ``drawings`` have beginnings.
    """
    images: list[Image] = []
    classes: list[int] = []
    while len(images) < count:
        label, whole = drawings[int(rng.integers(len(drawings)))]
        ink = beginning(whole, rng.uniform(_SHORTEST, 1.0))
        if ink is not None:
            images.append(seen_as_ink(varied(ink, rng, 0.7), rng))
            classes.append(CLASSES + (int(label) if label in DIGITS else NOT_A_DIGIT))
    return np.stack(images), np.array(classes)
