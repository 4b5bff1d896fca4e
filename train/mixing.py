"""Digits between and beyond those of two writers who draw them alike."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from digitpad.core.ink import Ink, Points, Stroke
from train.data import Drawings

_POINTS = 24
"""Along each stroke, equally far apart."""
_ASKED = 40
"""Drawings by others, of which the most similar one is taken."""
_ALIKE = 0.17
"""How far its points may be away: the root of the mean square, relative to the drawing's size."""
_FURTHEST = 0.8
"""Of the way to the other drawing, or as far away from it; 1 is the other drawing itself."""


@dataclass(eq=False, slots=True)
class _Kind:
    """Drawings of one label in as many strokes, and their frames as far as they were asked for."""

    inks: list[Ink] = field(default_factory=list)
    writers: list[str] = field(default_factory=list)
    frames: dict[int, Points] = field(default_factory=dict)

    def frame(self, row: int) -> Points:
        if row not in self.frames:
            self.frames[row] = _frame(self.inks[row])
        return self.frames[row]


class Mixer:
    """Knows who draws a digit much like another writer does.

    Handwriting differs from writer to writer in a continuous way; so what lies between two hands,
    or a little beyond, is some other writer's (mixup, Zhang et al. 2018, but of the pen's way).
    """

    def __init__(self, sets: Sequence[Drawings]) -> None:
        self._kinds: defaultdict[tuple[str, int], _Kind] = defaultdict(_Kind)
        for drawings in sets:
            for ink, label, writer in zip(
                drawings.inks, drawings.labels, drawings.writers, strict=True
            ):
                kind = self._kinds[label, len(ink.strokes)]
                kind.inks.append(ink)
                kind.writers.append(writer)

    def mixed(self, label: str, writer: str, ink: Ink, rng: np.random.Generator) -> Ink:
        """Return a mix of ``ink`` and the like of another writer; without any, ``ink`` itself."""
        kind = self._kinds[label, len(ink.strokes)]
        asked = rng.integers(max(len(kind.inks), 1), size=_ASKED if kind.inks else 0)
        others = [kind.frame(int(row)) for row in asked if kind.writers[row] != writer]
        if not others or not ink:
            return ink
        own = _frame(ink)
        ways = np.stack(others) - own
        squares = (ways**2).mean(axis=(1, 2, 3))
        nearest = int(squares.argmin())
        if squares[nearest] > _ALIKE**2:
            return ink
        mixed = own + ways[nearest] * rng.uniform(-_FURTHEST, _FURTHEST)
        return Ink(
            tuple(
                Stroke(_with_pressure(way, stroke), 0.0)
                for way, stroke in zip(mixed, ink.strokes, strict=True)
            )
        )


def _frame(ink: Ink) -> Points:
    """Return all strokes (n, points, 2), the drawing's middle at 0 and its longer side 1."""
    ways = np.stack([_resampled(stroke.points[:, :2]) for stroke in ink.strokes])
    low, high = ways.min(axis=(0, 1)), ways.max(axis=(0, 1))
    frame: Points = (ways - (low + high) / 2) / max(float((high - low).max()), 1e-6)
    return frame


def _resampled(way: Points) -> Points:
    at = np.concatenate([[0.0], np.hypot(*np.diff(way, axis=0).T).cumsum()])
    steps = np.linspace(0, at[-1], _POINTS)
    return np.column_stack([np.interp(steps, at, way[:, axis]) for axis in (0, 1)])


def _with_pressure(way: Points, stroke: Stroke) -> Points:
    return np.column_stack([way, np.full(len(way), stroke.points[:, 2].mean())])
