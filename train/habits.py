"""Habits of writers that few data sets have enough of: bars, slashes, flags, feet and hooks."""

from collections.abc import Callable, Mapping

import numpy as np

from digitpad.core.ink import Box, Ink, Points, Stroke

Rng = np.random.Generator
Strokes = tuple[Stroke, ...]

_FLAGS, _FEET, _HOOKS = 0.75, 0.45, 0.6
"""Shares of the plain 1s that get a flag and a foot, and of the 4s, 7s and 9s that get a hook."""


def with_a_habit(label: str, ink: Ink, rng: Rng) -> Ink:
    """Return the digit by a writer who crosses, flags or hooks it; others come back as they are."""
    bounds, habit = ink.bounds(), _HABITS.get(label)
    if bounds is None or habit is None:
        return ink
    return Ink(habit(ink.strokes, bounds, rng))


def _seven(strokes: Strokes, box: Box, rng: Rng) -> Strokes:
    """A bar through the stem; one of several strokes has its bar and gets a hook."""
    if len(strokes) > 1:
        return _hooked(strokes, box, rng)
    points = strokes[0].points
    stem = points[points[:, 1] > box.top + 0.3 * box.height]
    if not len(stem):
        return strokes
    y = box.top + box.height * rng.uniform(0.4, 0.68)
    half = _extent(box) * rng.uniform(0.09, 0.25)
    x = stem[np.abs(stem[:, 1] - y).argmin(), 0] + half * rng.normal(0, 0.15)
    rise = half * rng.normal(0, 0.2)
    return _with_line(strokes, (x - half, y + rise), (x + half, y - rise), rng)


def _zero(strokes: Strokes, box: Box, rng: Rng) -> Strokes:
    """A slash from corner to corner."""
    if len(strokes) > 1:
        return strokes
    angle, reach = rng.uniform(0.5, 1.2), rng.uniform(0.35, 0.65)
    x, y = box.left + box.width / 2, box.top + box.height / 2
    dx, dy = box.width * reach * np.cos(angle), box.height * reach * np.sin(angle)
    return _with_line(strokes, (x - dx, y + dy), (x + dx, y - dy), rng)


def _one(strokes: Strokes, box: Box, rng: Rng) -> Strokes:
    """A flag, a foot, both or none, where it is a plain line."""
    if len(strokes) > 1 or box.height < 2.2 * box.width:
        return strokes
    stem = strokes[0]
    foot = stem.points[stem.points[:, 1].argmax()]
    if rng.random() < _FLAGS:
        strokes = (_flagged(stem, _extent(box), rng),)
    if rng.random() < _FEET:
        half = _extent(box) * rng.uniform(0.15, 0.4)
        x, rise = foot[0] + half * rng.normal(0, 0.15), half * rng.normal(0, 0.12)
        strokes = _with_line(strokes, (x - half, foot[1] + rise), (x + half, foot[1] - rise), rng)
    return strokes


def _flagged(stem: Stroke, extent: float, rng: Rng) -> Stroke:
    down = stem.points if stem.points[0, 1] < stem.points[-1, 1] else stem.points[::-1]
    down = down[down[:, 1].argmin() :]
    angle, length = rng.uniform(0.35, 1.05), extent * rng.uniform(0.12, 0.5)
    start = down[0, :2] + length * np.array([-np.cos(angle), np.sin(angle)])
    flag = _line(start, down[0, :2], float(down[0, 2]), rng)
    return Stroke(np.concatenate([flag, down]), stem.width)


def _hooked(strokes: Strokes, box: Box, rng: Rng) -> Strokes:
    """A tail that curls to the left, where the last stroke ends downwards."""
    last = strokes[-1]
    points = last.points
    if len(points) < 5 or points[-1, 1] < box.top + 0.75 * box.height or rng.random() > _HOOKS:
        return strokes
    across, down = points[-1, :2] - points[-4, :2]
    if down <= 0:
        return strokes
    n = 12
    headings = np.arctan2(down, across) + np.linspace(0, rng.uniform(0.4, 1.6), n)
    step = _extent(box) * rng.uniform(0.1, 0.4) / n
    way = np.column_stack([np.cos(headings), np.sin(headings)]).cumsum(axis=0) * step
    tail = np.column_stack([points[-1, :2] + way, np.full(n, points[-1, 2])])
    return (*strokes[:-1], Stroke(np.concatenate([points, tail]), last.width))


_HABITS: Mapping[str, Callable[[Strokes, Box, Rng], Strokes]] = {
    "0": _zero,
    "1": _one,
    "4": _hooked,
    "7": _seven,
    "9": _hooked,
}


def _with_line(
    strokes: Strokes, start: tuple[float, float], end: tuple[float, float], rng: Rng
) -> Strokes:
    pressure = float(strokes[0].points[:, 2].mean())
    line = _line(np.array(start), np.array(end), pressure, rng)
    return (*strokes, Stroke(line, strokes[0].width))


def _line(start: Points, end: Points, pressure: float, rng: Rng) -> Points:
    """Return a line as a hand draws it, a little bent."""
    t = np.linspace(0, 1, 10)
    across, down = end - start
    bow = rng.normal(0, 0.06) * np.sin(np.pi * t)
    xy = start + np.outer(t, end - start) + np.outer(bow, [-down, across])
    return np.column_stack([xy, np.full(len(t), pressure)])


def _extent(box: Box) -> float:
    return max(box.width, box.height, 1e-6)
