"""Vector ink: what a person drew, as strokes of points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

from digitpad.core.errors import InputError
from digitpad.core.lazy import np

if TYPE_CHECKING:
    import numpy.typing as npt

Points: TypeAlias = "npt.NDArray[np.float64]"
"""Shape (n, 3): x, y (growing downward) and pressure from 0 to 1."""
_Numbers: TypeAlias = "npt.NDArray[np.float64]"

DEFAULT_PEN_WIDTH = 18.0
MAX_COORDINATE = 1e9
"""No device reports more; beyond, arithmetic with coordinates would overflow."""

MAX_POINTS = 100_000
"""Of one drawing from a file: more than minutes of a pen that never rests."""


class Box(NamedTuple):
    """An upright rectangle in the units of the drawing that it was measured on."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, eq=False, slots=True)
class Stroke:
    """One pen-down to pen-up movement.

    ``points`` has at least one row; ``width`` is the pen's, in the units of x and y.
    """

    points: Points
    width: float = DEFAULT_PEN_WIDTH

    @classmethod
    def of(cls, points: Iterable[Sequence[float]], width: float = DEFAULT_PEN_WIDTH) -> Self:
        """Make a stroke from (x, y) or (x, y, pressure) rows; missing pressure is 1.

        Pressure beyond 0 to 1, as a device counts it, is cut off there. Raises ValueError for no
        points, rows of another length, and numbers that are not finite or beyond MAX_COORDINATE.
        """
        try:
            rows = np.array([tuple(row) for row in points], dtype=np.float64)
        except (ValueError, TypeError, OverflowError):  # rows that differ, or not of numbers
            rows = np.empty(0)
        if rows.ndim != 2 or rows.shape[0] == 0 or rows.shape[1] not in (2, 3):
            raise ValueError("a stroke is a list of [x, y] or [x, y, pressure] points")
        if not (np.abs(rows) <= MAX_COORDINATE).all():
            raise ValueError("a stroke has a coordinate that is not a number or is too large")
        pressure = rows[:, 2].clip(0, 1) if rows.shape[1] == 3 else np.ones(len(rows))
        return cls(np.column_stack([rows[:, :2], pressure]), width)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stroke):
            return NotImplemented
        return self.width == other.width and np.array_equal(self.points, other.points)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Ink:
    """A drawing: strokes in the order they were drawn. Never changed, only replaced."""

    strokes: tuple[Stroke, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.strokes)

    def bounds(self) -> Box | None:
        """Return the box of the pen's path without its width; None where there is no ink."""
        if not self.strokes:
            return None
        xy = np.concatenate([stroke.points[:, :2] for stroke in self.strokes])
        (left, top), (right, bottom) = xy.min(axis=0), xy.max(axis=0)
        return Box(float(left), float(top), float(right - left), float(bottom - top))

    def count_points(self) -> int:
        """Return how many points all strokes have."""
        return sum(len(stroke.points) for stroke in self.strokes)

    def with_stroke(self, stroke: Stroke) -> "Ink":
        return Ink((*self.strokes, stroke))

    def transformed(self, scale: float, dx: float, dy: float) -> "Ink":
        """Return the ink scaled about the origin, pen widths with it, and then moved."""
        factor = np.array([scale, scale, 1.0])
        offset = np.array([dx, dy, 0.0])
        return Ink(tuple(Stroke(s.points * factor + offset, s.width * scale) for s in self.strokes))

    def erased(self, start: tuple[float, float], end: tuple[float, float], radius: float) -> "Ink":
        """Return what is left after an eraser of ``radius`` moved from ``start`` to ``end``.

        A stroke that is crossed falls apart; the same object comes back where nothing was touched.
        """
        segment = np.array([start, end], dtype=np.float64)
        strokes: list[Stroke] = []
        for stroke in self.strokes:
            strokes.extend(_erase(stroke, segment, radius))
        untouched = len(strokes) == len(self.strokes) and all(
            kept is old for kept, old in zip(strokes, self.strokes, strict=True)
        )
        return self if untouched else Ink(tuple(strokes))


def refuse_endless(points: int, source: str) -> None:
    """Raise InputError that names ``source`` for more points than one drawing can have."""
    if points > MAX_POINTS:
        raise InputError(
            f"{source} has {points:,} points; a drawing may have at most {MAX_POINTS:,}."
        )


def smooth(points: Points, spacing: float) -> Points:
    """Return ``points`` along the curve that the canvas paints, at most about ``spacing`` apart.

    The curve goes through the middles of the segments with the points as control points of
    quadratic Béziers, and keeps the first and the last point exactly.
    """
    if len(points) < 3:
        return points
    middles = (points[:-1] + points[1:]) / 2
    start, control, end = middles[:-1, None], points[1:-1, None], middles[1:, None]
    longest = float(np.hypot(*(middles[1:, :2] - middles[:-1, :2]).T).max())
    pieces = int(np.clip(np.ceil(longest / spacing), 1, 32))
    t = (np.arange(1, pieces + 1) / pieces)[None, :, None]
    curve = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    return np.concatenate([points[:1], middles[:1], curve.reshape(-1, 3), points[-1:]])


def _erase(stroke: Stroke, segment: _Numbers, radius: float) -> list[Stroke]:
    reach = radius + stroke.width / 2
    if not _may_touch(stroke.points, segment, reach):
        return [stroke]
    dense = _densified(stroke.points, max(radius / 4, 0.5))
    kept = _distance_to_segment(dense[:, :2], segment) > reach
    if kept.all():
        return [stroke]
    cuts = np.flatnonzero(np.diff(kept)) + 1
    runs = zip(np.split(dense, cuts), np.split(kept, cuts), strict=True)
    return [Stroke(run, stroke.width) for run, keep in runs if keep[0] and len(run) > 1]


def _may_touch(points: Points, segment: _Numbers, reach: float) -> bool:
    """Tell whether the boxes of a stroke and of an eraser's movement come within ``reach``."""
    low, high = points[:, :2].min(axis=0) - reach, points[:, :2].max(axis=0) + reach
    return bool((segment.max(axis=0) >= low).all() and (segment.min(axis=0) <= high).all())


def _densified(points: Points, spacing: float) -> Points:
    """Return the polyline with points added so that none are further than ``spacing`` apart."""
    lengths = np.hypot(*np.diff(points[:, :2], axis=0).T)
    counts = np.maximum(np.ceil(lengths / spacing).astype(int), 1)
    pieces = [
        a + (b - a) * np.arange(n)[:, None] / n
        for a, b, n in zip(points[:-1], points[1:], counts, strict=True)
    ]
    return np.concatenate([*pieces, points[-1:]])


def _distance_to_segment(xy: _Numbers, segment: _Numbers) -> _Numbers:
    start, direction = segment[0], segment[1] - segment[0]
    length = float(direction @ direction)
    along = np.clip((xy - start) @ direction / length, 0, 1) if length else np.zeros(len(xy))
    away = xy - (start + along[:, None] * direction)
    distances: _Numbers = np.hypot(away[:, 0], away[:, 1])
    return distances
