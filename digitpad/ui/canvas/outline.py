"""The outline of a stroke: one closed line around a curve of changing width, to be filled.

Qt's own wide lines leave bumps of a pixel and hairline holes: their joins run to and fro along the
edge, and where lines of one path cross within a pixel its rasteriser adds up what they cover.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from digitpad.core.ink import Points
from digitpad.core.lazy import np

if TYPE_CHECKING:
    import numpy.typing as npt

Numbers: TypeAlias = "npt.NDArray[np.float64]"

_ARC_STEP = 0.12
"""Radians between the points of an arc: with the widest pen it is 0.05 pixels off at most."""


class _Corners(NamedTuple):
    """Where a line turns: places, radii, headings before and after, and lengths beside them."""

    xy: Numbers
    radii: Numbers
    before: Numbers
    turns: Numbers
    shorter: Numbers


def outline(xy: Points, radii: Numbers) -> Numbers:
    """Return the points (m, 2) around the line ``xy`` (n, 2) with round ends and corners.

    ``radii`` (n,) is half the line's width at each of its points. To be filled with the winding
    rule: all parts of it turn the same way, so that overlaps stay filled.
    """
    cap = _cap()
    steps = np.diff(xy, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    moved = lengths > 1e-9
    if not moved.any():
        circle: Numbers = xy[0] + radii.max() * _unit(np.concatenate([cap, cap[1:-1] + np.pi]))
        return circle
    kept = np.concatenate([[True], moved])
    xy, radii, steps, lengths = xy[kept], radii[kept], steps[moved], lengths[moved]
    headings = np.arctan2(steps[:, 1], steps[:, 0])
    turns = (np.diff(headings) + np.pi) % (2 * np.pi) - np.pi
    shorter = np.minimum(lengths[:-1], lengths[1:])
    corners = _Corners(xy[1:-1], radii[1:-1], headings[:-1], turns, shorter)
    return np.concatenate(
        [
            xy[0] + radii[0] * _unit(headings[0] + np.pi / 2 + cap),
            _side(corners, -1.0),
            xy[-1] + radii[-1] * _unit(headings[-1] - np.pi / 2 + cap),
            _side(corners, 1.0)[::-1],
        ]
    )


def _side(corners: _Corners, side: float) -> Numbers:
    """Return the points beside the corners, ``side`` being -1 or 1 times a right angle away.

    Gentle corners have one point, where the edges meet; on the outer side of others there is an
    arc, and on the inner side the way leads through the middle, so that it never turns back.
    """
    xy, radii, before, turns, shorter = corners
    outer = turns * side < 0
    sharp = np.where(
        outer, np.abs(turns) > _ARC_STEP, radii * np.tan(np.abs(turns) / 2) > shorter / 2
    )
    arc = np.ceil(np.abs(turns) / _ARC_STEP).astype(int) + 1
    counts = np.where(sharp, np.where(outer, arc, 3), 1)
    corner = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(corner)) - (np.cumsum(counts) - counts)[corner]
    share = np.where(sharp[corner], place / np.maximum(counts - 1, 1)[corner], 0.5)
    reach = radii * np.where(sharp, 1.0, 1 / np.cos(turns / 2))
    in_middle = (sharp & ~outer)[corner] & (place == 1)
    away = _unit((before + side * np.pi / 2)[corner] + share * turns[corner])
    return xy[corner] + np.where(in_middle, 0.0, reach[corner])[:, None] * away


@cache
def _cap() -> Numbers:
    """Return the angles of a round end, half a circle."""
    return np.linspace(0, np.pi, round(np.pi / _ARC_STEP) + 1)


def _unit(angles: Numbers) -> Numbers:
    """Return the vectors (n, 2) of length 1 in the directions of ``angles`` (n,)."""
    return np.column_stack([np.cos(angles), np.sin(angles)])
