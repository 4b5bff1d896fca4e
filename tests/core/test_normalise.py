"""Normalisation: MNIST comes back as itself, and what does not matter does not change a pixel."""

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digitpad.core.drawing import SIDE, Image, Picture
from digitpad.core.errors import InputError
from digitpad.core.extract import extract_ink
from digitpad.core.ink import MAX_COORDINATE, Ink, Stroke
from digitpad.core.normalise import (
    BOX_SIDE,
    normalise,
    normalise_ink,
    normalise_mask,
    normalise_picture,
)
from digitpad.core.pictures import read_picture
from tests.drawings import data_folder, inks, mnist_images, sample_digits

CANVAS = 480
CLOSE = 3.0
"""Mean difference, in grey levels, up to which an image counts as the same."""

places = st.floats(-2000, 2000)
digits = st.sampled_from(sample_digits())


def originals() -> Image:
    """Return 28x28 images in MNIST's form: real ones or, without the data, of our own making."""
    if data_folder() is not None:
        return mnist_images("t10k-images-idx3-ubyte.gz", 200)
    rng = np.random.default_rng(1)
    made = []
    for pen_width in (1.6, 2.3, 3.2):
        for ink in sample_digits():
            turned = _turned(ink, rng.uniform(-0.3, 0.3))
            normalised = normalise_ink(turned, pen_width)
            assert normalised is not None
            made.append(normalised.image)
    return np.stack(made)


def _turned(ink: Ink, angle: float) -> Ink:
    turn = np.eye(3)
    turn[:2, :2] = [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
    return Ink(tuple(Stroke(stroke.points @ turn, stroke.width) for stroke in ink.strokes))


def on_canvas(image: Image, scale: float, rng: np.random.Generator, interpolation: int) -> Image:
    side = round(SIDE * scale)
    large = cv2.resize(image, (side, side), interpolation=interpolation)
    canvas = np.zeros((CANVAS, CANVAS), np.uint8)
    column, row = rng.integers(0, CANVAS - side + 1, 2)
    canvas[row : row + side, column : column + side] = large
    return canvas


def as_picture(grey: Image) -> Picture:
    done, png = cv2.imencode(".png", grey)
    assert done
    return read_picture(png.tobytes(), "x")


def same(found: Image, original: Image) -> bool:
    """Tell whether the image came back within 3 grey levels, and in the same place."""
    difference = np.abs(found.astype(int) - original).mean()
    moved = (
        np.abs(np.roll(found.astype(int), (down, right), (0, 1)) - original).mean()
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
        if (down, right) != (0, 0)
    )
    return bool(difference <= CLOSE and difference < min(moved))


def test_an_image_of_mnist_is_its_own_normalisation() -> None:
    images = originals()
    back = [normalise_mask(image) for image in images]
    pairs = zip(back, images, strict=True)
    assert np.mean([n is not None and same(n.image, image) for n, image in pairs]) >= 0.99


@pytest.mark.parametrize("interpolation", [cv2.INTER_NEAREST, cv2.INTER_AREA])
@pytest.mark.parametrize("way", ["mask", "white on black", "black on white"])
def test_enlarged_by_whole_pixels_and_placed_anywhere_it_comes_back(
    way: str, interpolation: int
) -> None:
    rng = np.random.default_rng(2)
    images = originals()[:80]
    kept = 0
    for image in images:
        canvas = on_canvas(image, int(rng.integers(2, 16)), rng, interpolation)
        if way == "mask":
            normalised = normalise_mask(canvas)
        else:
            grey = canvas if way == "white on black" else 255 - canvas
            assert np.array_equal(extract_ink(np.dstack([grey] * 3)), canvas)
            normalised = normalise_picture(as_picture(grey))
        kept += normalised is not None and same(normalised.image, image)
    assert kept / len(images) >= 0.99


@pytest.mark.parametrize(
    ("interpolation", "share", "mean"),
    [
        (cv2.INTER_NEAREST, 0.75, 3),
        (cv2.INTER_AREA, 0.7, 3.5),
        (cv2.INTER_LINEAR, 0.7, 4),
        (cv2.INTER_CUBIC, 0.0, 18),
    ],
)
def test_enlarged_by_any_factor_it_comes_back_alike(
    interpolation: int, share: float, mean: float
) -> None:
    rng = np.random.default_rng(3)
    images = originals()
    kept, differences = 0, []
    for image in images:
        normalised = normalise_mask(on_canvas(image, rng.uniform(4, 16), rng, interpolation))
        assert normalised is not None
        kept += same(normalised.image, image)
        differences.append(np.abs(normalised.image.astype(int) - image).mean())
    assert kept / len(images) >= share
    assert np.mean(differences) <= mean


def test_a_picture_of_28_by_28_comes_back() -> None:
    for image in originals()[:30]:
        normalised = normalise_picture(as_picture(image))
        assert normalised is not None
        assert np.abs(normalised.image.astype(int) - image).mean() <= CLOSE


@given(digits, st.floats(0.05, 20), places, places)
def test_place_size_and_screen_scaling_do_not_matter(
    ink: Ink, scale: float, dx: float, dy: float
) -> None:
    here, there = normalise_ink(ink), normalise_ink(ink.transformed(scale, dx, dy))
    assert here is not None
    assert there is not None
    assert there.shift == here.shift
    # a coordinate may round to the next sixteenth of a pixel of the drawing
    assert np.abs(there.image.astype(int) - here.image).mean() < 0.2
    assert there.box.width == pytest.approx(here.box.width * scale, rel=0.02)
    assert there.box.left == pytest.approx(here.box.left * scale + dx, abs=2 * scale + 1e-6)
    moved = [c * scale + d for c, d in zip(here.centre_of_mass, (dx, dy), strict=True)]
    assert there.centre_of_mass == pytest.approx(moved, abs=2 * scale + 1e-6)


@given(digits, st.floats(0, 200))
def test_the_pen_width_does_not_matter(ink: Ink, width: float) -> None:
    here = normalise_ink(ink)
    there = normalise_ink(Ink(tuple(Stroke(s.points, width) for s in ink.strokes)))
    assert here is not None
    assert there is not None
    assert np.array_equal(there.image, here.image)


@given(digits, st.integers(1, 3))
def test_a_faster_pen_gives_nearly_the_same(ink: Ink, keep_every: int) -> None:
    fewer = Ink(tuple(_every(stroke, keep_every) for stroke in ink.strokes))
    here, there = normalise_ink(ink), normalise_ink(fewer)
    assert here is not None
    assert there is not None
    # on the edge between two pixels, the centre of mass may fall to either
    apart = np.subtract(here.shift, there.shift)
    assert np.abs(apart).max() <= 1
    moved = np.roll(there.image, (apart[1], apart[0]), axis=(0, 1))
    assert np.abs(moved.astype(int) - here.image).mean() < 16


def _every(stroke: Stroke, step: int) -> Stroke:
    chosen = [*range(0, len(stroke.points) - 1, step), len(stroke.points) - 1]
    return Stroke(stroke.points[chosen], stroke.width)


@settings(max_examples=60)
@given(inks)
@example(Ink((Stroke.of([(0, 0), (5e-324, 0)], 0),)))
@example(Ink((Stroke.of([(1e8, 1e8), (1e8 + 1e-8, 1e8)], 0),)))
@example(Ink((Stroke.of([(-MAX_COORDINATE, 0), (MAX_COORDINATE, 1)], 1),)))
@example(Ink((Stroke.of([(1e8, 1e8)], 1e-300),)))
@example(Ink((Stroke.of([(3, 3)], MAX_COORDINATE),)))
def test_any_ink_fills_the_box_and_is_centred(ink: Ink) -> None:
    normalised = normalise(ink)
    if not ink:
        assert normalised is None
        return
    assert normalised is not None
    assert normalised.image.shape == (SIDE, SIDE)
    assert np.isfinite([*normalised.box, *normalised.centre_of_mass]).all()
    if not all(0 <= shift <= SIDE - BOX_SIDE for shift in normalised.shift):
        return  # so lopsided that MNIST, too, would cut its far end off
    assert normalised.image.max() == 255
    _, _, width, height = cv2.boundingRect(normalised.image)
    assert max(width, height) == BOX_SIDE
    along = np.arange(SIDE) + 0.5
    for axis in (0, 1):
        profile = normalised.image.sum(axis=axis)
        assert 14 <= profile @ along / profile.sum() <= 15


def test_the_box_and_the_centre_are_in_units_of_the_drawing() -> None:
    line = normalise_ink(Ink((Stroke.of([(100, 200), (100, 600)], 10),)))
    assert line is not None
    assert line.centre_of_mass == pytest.approx((100, 400), abs=3)
    assert line.box.top == pytest.approx(200, abs=0.15 * 400)
    assert line.box.height == pytest.approx(400, rel=0.2)


def test_a_dot_is_ink_alone_and_beside_a_stroke() -> None:
    dot = Stroke.of([(50, 50)], 18)
    alone = normalise_ink(Ink((dot,)))
    assert alone is not None
    assert alone.box.width == pytest.approx(18, rel=0.2)
    below = normalise_ink(Ink((Stroke.of([(50, 0), (50, 30)], 18), dot)))
    assert below is not None
    rows = np.flatnonzero(below.image.max(axis=1))
    assert rows[-1] - rows[0] + 1 == BOX_SIDE
    assert len(rows) < BOX_SIDE, "there is paper between the stroke and the dot"


def test_nothing_stays_nothing() -> None:
    assert normalise_ink(Ink()) is None
    assert normalise_mask(np.zeros((40, 30), np.uint8)) is None
    assert normalise(as_picture(np.full((40, 30), 255, np.uint8))) is None


def test_a_damaged_picture_is_refused() -> None:
    with pytest.raises(InputError, match="damaged"):
        normalise(Picture(b"\x89PNG", 4, 4))
