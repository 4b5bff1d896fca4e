"""Digits that are still being drawn: what the network sees of them while the pen moves."""

import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import Image
from digitpad.core.models.networks import NOT_A_DIGIT
from train.negatives import Digits, beginning, may_be_digit
from train.strokes import seen

_UNSURE, _SURE = 0.3, 0.85
"""Shares of the pen's way at which nobody, and at which most people, can tell the digit."""
_SHORTEST, _LONGEST = 0.2, 0.98


def begun(
    digits: Digits, count: int, seed: int
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return ``count`` images (count, 28, 28) of beginnings of ``digits``, and their classes.

    The further a beginning reaches, the more often it is called what it became instead of no
    digit, so that a network learns to be as sure as one can be. Short ones that are upright or a
    closed loop are digits already, whatever they became, and are left out.
    """
    rng = np.random.default_rng([seed, 3])
    images: list[Image] = []
    classes: list[int] = []
    while len(images) < count:
        label, whole = digits[int(rng.integers(len(digits)))]
        share = rng.uniform(_SHORTEST, _LONGEST)
        ink = beginning(whole, share)
        if ink is None or (share < _SURE and (label == "1" or may_be_digit(ink))):
            continue
        told = rng.random() < (share - _UNSURE) / (_SURE - _UNSURE)
        images.append(seen(ink, rng, 0.7))
        classes.append(int(label) if told else NOT_A_DIGIT)
    return np.stack(images), np.array(classes)
