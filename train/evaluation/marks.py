"""What must never be called a digit: a blank canvas, a dot, one short dash that is no 1."""

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np

from digitpad.core.ink import Ink, Stroke

_CANVAS = 480.0
_PENS = (4.0, 12.0, 18.0, 24.0, 40.0)
_DIRECTIONS = range(-35, 46, 5)
"""Degrees from level, falling to the right: a line that rises steeper is how many write a 1."""
_STEEPEST = np.tan(np.radians(_DIRECTIONS[0]))
_LENGTHS = (0.02, 0.04, 0.08, 0.15, 0.25)
"""Of the canvas: from ten pixels to a quarter of its side."""
_DOTS = (
    ((0, 0),),
    ((0, 0), (1, 0)),
    ((0, 0), (0, 1)),
    ((0, 0), (1, 1), (0, 1)),
)
"""A click, and clicks of a hand that is not quite still, in pixels."""


def marks() -> Mapping[str, list[Ink]]:
    """Return drawings of each kind, in whole pixels of a canvas of 480, with five pens."""
    return {"blank": [Ink()], "dots": list(_dots()), "short dashes": list(_dashes())}


def _dots() -> Iterator[Ink]:
    for points, pen in product(_DOTS, _PENS):
        yield Ink((Stroke.of(np.array(points) + _CANVAS / 2, pen),))


def _dashes() -> Iterator[Ink]:
    """Draw dashes in every direction that is no 1, of every length, with every pen.

    Whole pixels turn a short one a little: one that rises steeper then is left out.
    """
    for degrees, length, pen in product(_DIRECTIONS, _LENGTHS, _PENS):
        angle = np.radians(degrees)
        way = np.linspace(0, length * _CANVAS, 12)
        line = np.rint(np.outer(way, [np.cos(angle), np.sin(angle)]) + _CANVAS / 2)
        right, down = line[-1] - line[0]
        if down >= right * _STEEPEST:
            yield Ink((Stroke.of(line, pen),))
