"""Digits by hands that drew none of the data: habits of others, and mixes of two writers."""

import numpy as np
import pytest

from digitpad.core.ink import Ink, Points, Stroke
from tests.train.conftest import sample
from train.data import Drawings
from train.habits import with_a_habit
from train.mixing import Mixer
from train.strokes import plainly_seen


def drawn(*ways: Points) -> Ink:
    return Ink(tuple(Stroke.of(way, 0.0) for way in ways))


def line(start: tuple[float, float], end: tuple[float, float]) -> Points:
    return np.linspace(start, end, 20)


RING = 50 * np.column_stack([f(np.linspace(0, 2 * np.pi, 40)) for f in (np.cos, np.sin)])
SEVEN = drawn(np.concatenate([line((0, 0), (60, 0)), line((60, 0), (30, 100))]))
ONE = drawn(line((0, 0), (2, 100)))


def with_habits(label: str, ink: Ink) -> list[Ink]:
    return [with_a_habit(label, ink, np.random.default_rng(seed)) for seed in range(60)]


@pytest.mark.parametrize("tilt", [0.0, 30.0])
def test_a_seven_gets_a_bar_that_crosses_its_stem(tilt: float) -> None:
    seven = drawn(np.concatenate([line((0, tilt), (60, 0)), line((60, 0), (30, 100))]))
    for ink in with_habits("7", seven):
        stem, bar = (stroke.points for stroke in ink.strokes)
        assert 30 < bar[:, 1].mean() < 75
        at = stem[np.abs(stem[:, 1] - bar[:, 1].mean()).argmin(), 0]
        assert bar[:, 0].min() < at < bar[:, 0].max()


def test_a_zero_gets_a_slash_through_its_middle() -> None:
    for ink in with_habits("0", drawn(RING)):
        slash = ink.strokes[1].points
        assert np.abs(slash[:, :2].mean(axis=0)).max() < 10
        assert slash[0, 0] < slash[-1, 0]
        assert slash[0, 1] > slash[-1, 1]


def test_a_plain_one_gets_a_flag_a_foot_both_or_none() -> None:
    shapes = set()
    for ink in with_habits("1", ONE):
        flagged = bool(ink.strokes[0].points[0, 0] < -5)
        shapes.add((flagged, len(ink.strokes) == 2))
        assert plainly_seen(ink).any()
    assert shapes == {(False, False), (False, True), (True, False), (True, True)}


@pytest.mark.parametrize("ink", [ONE, drawn(ONE.strokes[0].points[::-1, :2])])
def test_a_flag_falls_to_the_left_of_the_top_however_the_one_was_drawn(ink: Ink) -> None:
    for one in with_habits("1", ink):
        points = one.strokes[0].points
        if len(points) > 20:
            start, top = points[0], points[points[:, 1].argmin()]
            assert start[0] < top[0]
            assert top[1] < start[1] < 60


def test_a_nine_may_end_in_a_hook_to_the_left() -> None:
    nine = drawn(np.concatenate([RING[::-1] * 0.6, line((30, 0), (25, 120))]))
    tails = [ink.strokes[0].points[60:] for ink in with_habits("9", nine)]
    hooked = [tail for tail in tails if len(tail)]
    assert 20 < len(hooked) < 55
    assert all(tail[-1, 0] < tail[0, 0] for tail in hooked)


def test_other_digits_and_no_ink_have_no_habits() -> None:
    rng = np.random.default_rng(1)
    three = sample(3)
    assert with_a_habit("3", three, rng) is three
    assert with_a_habit("3", SEVEN, rng) is SEVEN
    assert with_a_habit("7", Ink(), rng) == Ink()


def mixer(*inks: Ink, label: str = "7") -> Mixer:
    writers = tuple(f"w{index}" for index in range(len(inks)))
    return Mixer([Drawings("set", inks, (label,) * len(inks), writers)])


def test_a_mix_lies_between_two_writers_or_a_little_beyond() -> None:
    wide = drawn(np.concatenate([line((0, 0), (90, 0)), line((90, 0), (45, 100))]))
    narrow = SEVEN
    two = mixer(narrow, wide, drawn(RING))
    rng = np.random.default_rng(1)
    ratios = []
    for _ in range(100):
        box = two.mixed("7", "w0", narrow, rng).bounds()
        assert box is not None
        ratios.append(box.width / box.height)
    assert 0.3 < min(ratios) < 0.58
    assert 0.64 < max(ratios) < 0.95


def test_who_has_nobody_alike_is_not_mixed() -> None:
    rng = np.random.default_rng(1)
    assert mixer(SEVEN).mixed("7", "w0", SEVEN, rng) is SEVEN
    assert mixer(drawn(RING)).mixed("7", "me", SEVEN, rng) is SEVEN
    assert mixer(SEVEN).mixed("1", "me", ONE, rng) is ONE
    assert Mixer([]).mixed("1", "me", Ink(), rng) == Ink()


def test_a_dot_can_be_mixed() -> None:
    dot = Ink((Stroke.of([(3, 4)]),))
    mixed = mixer(dot, dot).mixed("7", "w0", dot, np.random.default_rng(1))
    assert np.isfinite(mixed.strokes[0].points).all()
    assert plainly_seen(mixed).any()
