"""Vector ink: bounds, smoothing, erasing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.ink import Box, Ink, Stroke, smooth
from tests.drawings import coordinates, inks, strokes

LINE = Stroke.of([(0, 0), (100, 0)], width=4)
places = st.tuples(coordinates, coordinates)


def test_a_stroke_without_pressure_is_pressed_fully() -> None:
    assert Stroke.of([(1, 2), (3, 4)]).points.tolist() == [[1, 2, 1], [3, 4, 1]]


def test_pressure_as_a_device_counts_it_is_cut_off() -> None:
    assert Stroke.of([(0, 0, 512), (1, 1, -3), (2, 2, 0.5)]).points[:, 2].tolist() == [1, 0, 0.5]


@pytest.mark.parametrize(
    "points",
    [
        *([], [()], [(1,)], [(1, 2, 3, 4)], [(1, 2), (1, 2, 3)]),
        *([(float("nan"), 0)], [(0, 1e300)], [(0, 0, float("nan"))]),
    ],
)
def test_what_is_no_stroke_is_refused(points: list[tuple[float, ...]]) -> None:
    with pytest.raises(ValueError, match="a stroke"):
        Stroke.of(points)


def test_bounds_are_those_of_the_pen_path() -> None:
    ink = Ink((Stroke.of([(1, 5), (3, 2)], 20), Stroke.of([(-2, 4)], 20)))
    assert ink.bounds() == Box(-2, 2, 5, 3)
    assert Ink().bounds() is None


def test_transformed_ink_is_scaled_with_its_pen_and_then_moved() -> None:
    moved = Ink((LINE,)).transformed(2, dx=5, dy=-1)
    assert moved == Ink((Stroke.of([(5, -1), (205, -1)], width=8),))


@given(strokes(), st.floats(0.5, 50))
def test_smoothing_keeps_both_ends(stroke: Stroke, spacing: float) -> None:
    curve = smooth(stroke.points, spacing)
    assert np.array_equal(curve[0], stroke.points[0])
    assert np.array_equal(curve[-1], stroke.points[-1])


@given(strokes(), st.floats(0.5, 50))
def test_smoothing_stays_within_the_hull_of_the_points(stroke: Stroke, spacing: float) -> None:
    curve = smooth(stroke.points, spacing)
    slack = 1e-9 * (1 + np.abs(stroke.points).max())
    assert (curve >= stroke.points.min(axis=0) - slack).all()
    assert (curve <= stroke.points.max(axis=0) + slack).all()


def test_smoothing_goes_through_the_middles_and_leaves_no_corner() -> None:
    corner = Stroke.of([(0, 0), (100, 0), (100, 100)]).points
    curve = smooth(corner, 1.0)[:, :2]
    for middle in ((50, 0), (100, 50)):
        assert np.hypot(*(curve - middle).T).min() < 1e-9
    inner = np.diff(curve[1:-1], axis=0)
    turns = np.diff(np.unwrap(np.arctan2(inner[:, 1], inner[:, 0])))
    assert np.abs(turns).max() < np.radians(10)


def test_the_eraser_cuts_a_stroke_in_two() -> None:
    left, right = Ink((LINE,)).erased((50, -20), (50, 20), radius=6).strokes
    reach = 6 + 4 / 2
    assert left.points[0].tolist() == [0, 0, 1]
    assert right.points[-1].tolist() == [100, 0, 1]
    assert left.points[:, 0].max() == pytest.approx(50 - reach, abs=2)
    assert right.points[:, 0].min() == pytest.approx(50 + reach, abs=2)
    assert left.points[:, 0].max() <= 50 - reach
    assert right.points[:, 0].min() >= 50 + reach
    assert (left.width, right.width) == (4, 4)


def test_the_eraser_takes_a_covered_stroke_away() -> None:
    assert not Ink((LINE,)).erased((-5, 0), (105, 0), radius=5)


def test_an_eraser_that_touches_nothing_returns_the_same_ink() -> None:
    ink = Ink((LINE,))
    assert ink.erased((50, 30), (60, 30), radius=6) is ink
    assert Ink().erased((0, 0), (1, 1), radius=6) == Ink()


def test_the_eraser_removes_a_dot() -> None:
    dot = Ink((Stroke.of([(10, 10)], 4),))
    assert not dot.erased((9, 9), (9, 9), radius=3)


@settings(max_examples=50)
@given(inks, places, places, st.floats(4, 200))
def test_erasing_never_adds_ink_and_clears_its_way(
    ink: Ink, start: tuple[float, float], end: tuple[float, float], radius: float
) -> None:
    left = ink.erased(start, end, radius)
    for stroke in left.strokes:
        origin = [s for s in ink.strokes if s.width == stroke.width]
        assert min(_farthest(stroke, s) for s in origin) < 1e-6
    again = left.erased(start, end, radius)
    assert sum(len(s.points) for s in again.strokes) <= sum(len(s.points) for s in left.strokes)


def _farthest(stroke: Stroke, origin: Stroke) -> float:
    """Return how far any point of ``stroke`` is from the polyline of ``origin``."""
    points = stroke.points[:, :2]
    path = origin.points[:, :2]
    if len(path) == 1:
        return float(np.hypot(*(points - path[0]).T).max())
    start, way = path[:-1], np.diff(path, axis=0)
    length = np.maximum((way**2).sum(axis=1), 1e-300)
    along = np.clip(((points[:, None] - start) * way).sum(axis=2) / length, 0, 1)
    gap = points[:, None] - (start + along[..., None] * way)
    return float(np.hypot(gap[..., 0], gap[..., 1]).min(axis=1).max())
