"""Drawings that were moved, turned, spoilt, cut short, or never were a digit."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.core.ink import Ink, Stroke
from digitpad.core.normalise import normalise_ink
from tests.drawings import sample_digits
from train.data import Drawings, Pictures
from train.evaluation.corrupted import corrupted
from train.evaluation.corruptions import CORRUPTIONS
from train.evaluation.half_drawn import half_drawn, stages
from train.evaluation.invariance import CANVAS, WAYS, Way, invariance, painted, redrawn
from train.evaluation.judge import Judge
from train.evaluation.marks import marks
from train.evaluation.turned import ANGLES, turned_ink, turned_pictures
from train.strokes import plainly_seen

INKS = tuple(sample_digits())
DIGITS = Drawings("own", INKS, tuple("0123456789"), ("me",) * 10)
IMAGES = np.stack([plainly_seen(ink) for ink in INKS])
PICTURES = Pictures("own", IMAGES, np.arange(10))


class Nearest(nn.Module):
    """Reads an image as the sample digit that it resembles most, and is sure of it."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        samples = torch.from_numpy(IMAGES).flatten(1).float() / 255
        nearest = torch.cdist(images.flatten(1), samples).argmin(1)
        return nn.functional.one_hot(nearest, 11).float() * 50


JUDGE = Judge(Nearest(), 0.5)


def test_a_redrawn_digit_has_its_place_size_and_pen_in_whole_device_pixels() -> None:
    (_, _, two, *_) = INKS
    drawn = redrawn(two, Way(place=8, size=0.3, pen=24.0, screen=2.0))
    bounds = drawn.bounds()
    assert bounds is not None
    assert bounds.left + bounds.width == pytest.approx(CANVAS, abs=0.5)
    assert bounds.top + bounds.height == pytest.approx(CANVAS, abs=0.5)
    assert max(bounds.width, bounds.height) == pytest.approx(0.3 * CANVAS, abs=0.5)
    assert {stroke.width for stroke in drawn.strokes} == {24.0}
    assert all((stroke.points[:, :2] * 2 % 1 == 0).all() for stroke in drawn.strokes)


def test_there_are_432_ways_and_ink_keeps_its_answer_in_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(set(WAYS)) == 432
    monkeypatch.setattr("train.evaluation.invariance._PAINTED", 10)
    ink, pictures = invariance(JUDGE, DIGITS)
    assert ink.name == "own, drawn in 432 ways"
    assert ink.figures["one_answer"] == ink.figures["redrawn_right"] == 1
    assert pictures.figures["redrawn_right"] > 0.5
    assert pictures.figures["drawings"] == 10


def test_a_painted_digit_is_black_on_white_with_its_pen() -> None:
    picture = painted(redrawn(INKS[1], Way(4, 0.6, 24.0, 1.0)))
    assert picture.shape[2] == 3
    assert picture[0, 0].tolist() == [255, 255, 255]
    dark = (picture[:, :, 0] < 128).sum(axis=1)
    assert np.median(dark[dark > 0]) == pytest.approx(24, abs=6)


def test_a_small_turn_leaves_the_answer_and_a_row_tells_the_worst_class() -> None:
    for rows in (list(turned_ink(JUDGE, DIGITS)), list(turned_pictures(JUDGE, PICTURES))):
        assert len(rows) == len(ANGLES)
        named = {row.name: row.figures for row in rows}
        five = named["own, turned by +5\N{DEGREE SIGN}"]
        assert five["likeliest_right"] >= 0.9
        assert five["worst_class"] <= five["likeliest_right"]


def test_ink_and_pictures_turn_the_same_way() -> None:
    class Shown(Nearest):
        def forward(self, images: torch.Tensor) -> torch.Tensor:
            shown.append(images[:, 0].numpy())
            return super().forward(images)

    shown: list[np.ndarray] = []
    judge = replace(JUDGE, network=Shown())
    list(turned_ink(judge, DIGITS)), list(turned_pictures(judge, PICTURES))
    ink, mirrored, picture = shown[5][7], shown[0][7], shown[11][7]
    assert np.abs(ink - picture).mean() < np.abs(mirrored - picture).mean() / 2


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corruption_spoils_images_the_same_way_each_time(name: str) -> None:
    greys = IMAGES / 255
    spoilt = CORRUPTIONS[name](greys, np.random.default_rng(1))
    again = CORRUPTIONS[name](greys, np.random.default_rng(1))
    assert spoilt.shape == greys.shape
    assert np.array_equal(spoilt, again)
    assert np.array_equal(greys, IMAGES / 255)
    changed = np.abs(np.clip(spoilt, 0, 1) - greys).mean(axis=(1, 2))
    assert (changed > 0.005).all()


def test_rows_of_spoilt_images_end_with_their_mean() -> None:
    *each, mean = corrupted(JUDGE, PICTURES)
    assert [row.name for row in each] == [f"own, {name}" for name in CORRUPTIONS]
    values = [row.figures["as_it_is"] for row in each]
    assert mean.figures["as_it_is"] == pytest.approx(np.mean(values), abs=1e-4)
    assert all(0 <= value <= 1 for value in values)


def test_half_drawn_digits_count_what_they_became() -> None:
    *rows, whole = half_drawn(JUDGE, DIGITS)
    assert [row.name for row in rows] == [f"own, {n}% drawn" for n in (30, 50, 70, 90)]
    assert rows[-1].figures["right_of_answered"] >= rows[0].figures["right_of_answered"]
    assert whole.figures["drawings"] == sum(row.figures["drawings"] for row in rows)
    shy = replace(JUDGE, threshold=1.1)
    assert {row.figures["answered"] for row in half_drawn(shy, DIGITS)} == {0.0}


def test_digits_of_two_points_have_no_beginnings_to_be_judged() -> None:
    jump = Ink((Stroke.of([(0, 0), (3, 90)]),))
    ones = Drawings("jumps", (jump, jump), ("1", "1"), ("me", "me"))
    assert stages(ones) == []
    assert list(half_drawn(JUDGE, ones)) == []
    mixed = Drawings("mixed", (jump, *INKS), tuple("10123456789"), ("me",) * 11)
    assert [len(stage.images) for stage in stages(mixed)] == [len(INKS)] * 4


def test_marks_are_blank_dots_and_dashes_that_are_not_upright() -> None:
    found = marks()
    assert [normalise_ink(ink) for ink in found["blank"]] == [None]
    assert len(found["dots"]) >= 10
    for dash in found["short dashes"]:
        bounds = dash.bounds()
        assert bounds is not None
        assert bounds.width >= bounds.height
        assert bounds.width <= CANVAS / 4
        (start, *_, end) = dash.strokes[0].points[:, :2]
        assert (start[1] - end[1]) / (end[0] - start[0]) <= math.tan(math.radians(35)) + 1e-9
