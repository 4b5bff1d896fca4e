"""What is made of drawings: re-inked ones, negatives, augmented batches, the pool."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from digitpad.core.drawing import Image
from digitpad.core.ink import Ink, Stroke
from digitpad.core.models.networks import QuarteredConfig
from digitpad.core.models.published import KaggleConfig
from digitpad.core.prediction import CLASSES, NOT_A_DIGIT
from tests.train.conftest import sample
from train import negatives
from train.augment import Augmentation, augment
from train.begun import begun
from train.pool import Pool, make_pool
from train.recipes import Recipe
from train.sources import load
from train.split import split
from train.strokes import plainly_seen, seen, seen_as_picture, turned, varied


def test_another_hand_mostly_draws_as_many_strokes_elsewhere() -> None:
    ink = sample(4)
    others = [varied(ink, np.random.default_rng(seed)) for seed in range(200)]
    counts = Counter(len(other.strokes) - len(ink.strokes) for other in others)
    assert counts[0] > 150
    assert counts[-1] > 0  # a pen that was not lifted
    assert counts[1] > 0  # one that skipped
    assert not any(np.array_equal(plainly_seen(o), plainly_seen(ink)) for o in others)


def test_another_hand_leaves_a_loop_open_a_little() -> None:
    angle = np.linspace(0, 2 * np.pi, 11)
    ring = Ink((Stroke.of(100 * np.column_stack([np.cos(angle), np.sin(angle)]), 5),))
    gaps = []
    for seed in range(50):
        points = varied(ring, np.random.default_rng(seed)).strokes[0].points[:, :2]
        gaps.append(np.hypot(*(points[-1] - points[0])))
    assert 0.03 < np.mean(gaps) < 0.3
    assert max(gaps) < 0.6


def test_a_turn_is_clockwise_and_keeps_the_shape() -> None:
    flat = Ink((Stroke.of(np.array([[0, 0], [10, 0]]), 5),))
    assert turned(flat, np.pi / 2).strokes[0].points[1, :2] == pytest.approx([0, 10])


@pytest.mark.parametrize("digit", range(10))
def test_drawings_fill_the_box_however_they_are_seen(digit: int) -> None:
    rng = np.random.default_rng(digit)
    for image in (seen(sample(digit), rng), seen_as_picture(sample(digit), rng)):
        rows, columns = np.nonzero(image.max(axis=1))[0], np.nonzero(image.max(axis=0))[0]
        assert max(np.ptp(rows), np.ptp(columns)) + 1 >= 19
        assert image.max() == 255


def test_no_ink_is_seen_as_paper() -> None:
    rng = np.random.default_rng(0)
    assert not seen(Ink(), rng).any()
    assert not seen_as_picture(Ink(), rng).any()


def test_the_same_seed_makes_the_same_negatives() -> None:
    digits = [(str(d), sample(d)) for d in range(10)]
    first, again = negatives.make(digits, 5, 3), negatives.make(digits, 5, 3)
    other = negatives.make(digits, 5, 4)
    assert first.keys() >= {"scribbles", "digits side by side", "beginnings", "dashes and dots"}
    for family, images in first.items():
        assert images.shape == (5, 28, 28)
        assert np.array_equal(images, again[family])
        assert not np.array_equal(images, other[family])


def test_without_digits_there_are_no_pieces_of_them() -> None:
    assert "beginnings" not in negatives.make([], 2, 1)


def test_dashes_are_not_upright() -> None:
    images = negatives.make([], 200, 1)["dashes and dots"]
    for image in images:
        rows, columns = np.nonzero(image.max(axis=1))[0], np.nonzero(image.max(axis=0))[0]
        assert np.ptp(rows) < 3 * np.ptp(columns)


def test_augmentation_of_nothing_changes_nothing() -> None:
    images = torch.rand(6, 1, 28, 28)
    still = Augmentation(0, 0, 0, 0, 0, 0)
    torch.testing.assert_close(augment(images, still, torch.Generator()), images)


def test_augmentation_follows_its_seed_and_keeps_the_range() -> None:
    images = torch.rand(6, 1, 28, 28)
    one, same, other = (
        augment(images, Augmentation(), torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
    assert one.min() >= 0
    assert one.max() <= 1


def test_a_turn_turns() -> None:
    upright = torch.zeros(64, 1, 28, 28)
    upright[..., 4:24, 13:15] = 1
    turned = augment(upright, Augmentation(0.3, 0, 0, 0, 0, 0), torch.Generator().manual_seed(1))
    width = (turned.amax(2) > 0.5).sum(-1)
    assert width.max() > 8
    assert turned.sum() == pytest.approx(float(upright.sum()), rel=0.02)


def _has_a_hole(image: Image) -> bool:
    contours, _ = cv2.findContours(image, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    return len(contours) > 1


def test_beginnings_are_what_they_became_and_reach_from_little_to_all() -> None:
    rng = np.random.default_rng(1)
    images, classes = begun([("0", sample(0)), ("x", sample(4))], 300, rng)
    assert set(classes.tolist()) == {CLASSES, CLASSES + NOT_A_DIGIT}
    closed = [_has_a_hole(image) for image in images[classes == CLASSES]]
    assert 0.02 < np.mean(closed) < 0.4


def test_the_pool_holds_drawings_that_go_on_for_the_outputs_that_answer_then(
    data_folder: Path, tiny: Recipe
) -> None:
    part = split(load([data_folder])).training
    labels = make_pool(part, tiny, 1).labels
    begun = set(labels[labels >= CLASSES].tolist())
    assert CLASSES + NOT_A_DIGIT in begun
    assert len(begun) > 5
    once = replace(tiny, config=QuarteredConfig(((4,),), outputs=CLASSES))
    assert int(make_pool(part, once, 1).labels.max()) == NOT_A_DIGIT


def test_an_epoch_draws_by_weight() -> None:
    weights = torch.tensor([1.0, 0.0, 2.5, 0.5], dtype=torch.float64)
    pool = Pool(torch.zeros(4, 28, 28, dtype=torch.uint8), torch.arange(4), weights)
    for seed in range(20):
        counts = pool.epoch(torch.Generator().manual_seed(seed)).bincount(minlength=4).tolist()
        assert sum(counts) == 4
        assert counts[0] == 1
        assert counts[1] == 0
        assert counts[2] in {2, 3}


def test_the_pool_holds_what_the_recipe_asks_for(data_folder: Path, tiny: Recipe) -> None:
    pool = make_pool(split(load([data_folder])).training, tiny, 1)
    drawn = pool.labels[pool.epoch(torch.Generator().manual_seed(1))]
    assert pool.per_epoch == 220 + 120 + 60 + 30
    assert 60 - 2 <= int((drawn == 10).sum()) <= 60 + 30
    assert pool.images.dtype == torch.uint8


def test_a_network_of_ten_outputs_sees_digits_only(data_folder: Path, tiny: Recipe) -> None:
    recipe = replace(tiny, network="kaggle", config=KaggleConfig(), drawings=0)
    pool = make_pool(split(load([data_folder])).training, recipe, 1)
    assert pool.per_epoch == 220
    assert int(pool.labels.max()) == 9
