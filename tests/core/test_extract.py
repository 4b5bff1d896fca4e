"""Photos and scans of a digit: the ink comes out, paper, shadows, noise and dirt do not."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from digitpad.core.drawing import Image
from digitpad.core.extract import extract_ink
from digitpad.core.ink import Ink
from digitpad.core.normalise import normalise_ink, normalise_mask
from tests.drawings import Colour, Floats, as_jpeg, coverage, painted, sample_digits

SIZE = 400, 300
WHITE: Colour = (235, 230, 220)
BLUE: Colour = (40, 40, 70)
DIGITS = sample_digits()
Light = Callable[[Floats, Floats], Floats]
"""Brightness at x and y, both from -0.5 to 0.5."""

LIGHTS: dict[str, Light] = {
    "even": lambda x, _: np.ones_like(x),
    "from one side": lambda x, y: 0.75 + 0.3 * x - 0.2 * y,
    "vignette": lambda x, y: 1 - 0.9 * (x**2 + y**2),
    "lamp": lambda x, y: 0.45 + 0.55 * np.exp(-((x - 0.2) ** 2 + (y + 0.3) ** 2) / 0.15),
    "shadow": lambda x, y: 1 - 0.35 / (1 + np.exp(-(x + 0.6 * y) / 0.03)),
}


def lit(colours: Floats, light: str) -> Floats:
    height, width = colours.shape[:2]
    y, x = np.mgrid[-0.5 : 0.5 : height * 1j, -0.5 : 0.5 : width * 1j]
    return colours * LIGHTS[light](x, y)[..., None]


def photographed(colours: Floats, noise: float = 4.0, quality: int = 85) -> Image:
    """Return what a camera makes of it: a soft lens, noise of several grains, JPEG."""
    rng = np.random.default_rng(7)
    height, width = colours.shape[:2]
    fine = rng.normal(0, noise, colours.shape)
    coarse = cv2.resize(rng.normal(0, noise / 2, (height // 3, width // 3, 3)), (width, height))
    return as_jpeg(cv2.GaussianBlur(colours, (0, 0), 0.8) + fine + coarse, quality)


def assert_is(mask: Image, share: Floats) -> None:
    """Check that ``mask`` is the ink that was painted, as the network would see either."""
    found = normalise_mask(mask)
    wanted = normalise_mask(np.rint(share * 255).astype(np.uint8))
    assert wanted is not None
    assert found is not None
    assert np.array(found.box) == pytest.approx(np.array(wanted.box), abs=6)
    # a box that is off by a pixel may move everything by one of 28
    moved = (
        np.abs(np.roll(found.image.astype(int), (dy, dx), (0, 1)) - wanted.image).mean()
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
    )
    assert min(moved) < 9


def share_of(ink: Ink, pen: float = 0.07, height: float = 200) -> Floats:
    return coverage(ink, SIZE, height, pen)


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize(
    ("paper", "ink"),
    [
        (WHITE, BLUE),
        (WHITE, (200, 50, 40)),
        ((30, 50, 40), (220, 220, 210)),
        ((240, 220, 90), (30, 60, 180)),
        ((200, 120, 120), (90, 170, 100)),
        (WHITE, (165, 165, 165)),
    ],
    ids=["pen", "red pen", "chalk", "blue on yellow", "green on pink", "pencil"],
)
def test_ink_of_any_colour_comes_out_of_any_light(light: str, paper: Colour, ink: Colour) -> None:
    for digit in (4, 7):
        share = share_of(DIGITS[digit])
        assert_is(extract_ink(photographed(lit(painted(share, paper, ink), light))), share)


@pytest.mark.parametrize("pen", [0.04, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("height", [90, 270])
def test_thin_and_thick_pens_come_out(pen: float, height: float) -> None:
    for digit in (1, 5, 8):
        share = share_of(DIGITS[digit], pen, height)
        assert_is(extract_ink(photographed(lit(painted(share), "from one side"))), share)


@pytest.mark.parametrize(("noise", "quality"), [(14.0, 85), (0.0, 30), (8.0, 20)])
def test_noise_and_hard_compression_are_no_ink(noise: float, quality: int) -> None:
    share = share_of(DIGITS[3])
    photo = photographed(lit(painted(share, WHITE, BLUE), "vignette"), noise, quality)
    assert_is(extract_ink(photo), share)


@pytest.mark.parametrize("strength", [0.4, 0.8])
def test_ruled_paper_is_no_ink(strength: float) -> None:
    share = share_of(DIGITS[2])
    rules = np.zeros(share.shape)
    rules[15::24] = rules[16::24] = strength
    paper = painted(rules, WHITE, (120, 140, 200))
    colours = paper * (1 - share[..., None]) + np.array(BLUE) * share[..., None]
    assert_is(extract_ink(photographed(lit(colours, "from one side"))), share)


def test_specks_are_no_ink() -> None:
    share = share_of(DIGITS[6])
    dirty = share.copy()
    for x, y in ((20, 30), (380, 20), (350, 270), (30, 250), (60, 140)):
        cv2.circle(dirty, (x, y), 2, 1.0, -1)
    assert_is(extract_ink(photographed(lit(painted(dirty, WHITE, BLUE), "lamp"))), share)


@pytest.mark.parametrize("turn", [0, 7, -20])
@pytest.mark.parametrize(("paper", "ink"), [(WHITE, BLUE), ((40, 45, 50), (230, 230, 220))])
@pytest.mark.parametrize("light", ["from one side", "shadow"])
@pytest.mark.parametrize("size", [(240, 170), (330, 210)])
def test_of_a_sheet_on_a_desk_the_sheet_is_the_paper(
    turn: int, paper: Colour, ink: Colour, light: str, size: tuple[int, int]
) -> None:
    share = share_of(DIGITS[3], height=110)
    sheet = np.zeros(share.shape)
    corners = cv2.boxPoints(((200, 150), size, turn))
    cv2.fillPoly(sheet, [np.rint(corners).astype(np.int32)], 1.0)
    desk = np.array((110, 75, 50) if paper == WHITE else (190, 150, 110))
    colours = painted(share, paper, ink) * sheet[..., None] + desk * (1 - sheet[..., None])
    assert_is(extract_ink(photographed(lit(colours, light))), share)


def test_a_thick_0_is_no_sheet() -> None:
    for pen in (0.2, 0.25, 0.3):
        share = share_of(DIGITS[0], pen, 250)
        assert_is(extract_ink(photographed(painted(share))), share)


def test_a_thumb_at_the_border_is_no_ink() -> None:
    share = share_of(DIGITS[9])
    colours = lit(painted(share, WHITE, BLUE), "vignette")
    cv2.circle(colours, (10, 290), 45, (150.0, 100.0, 80.0), -1)
    assert_is(extract_ink(photographed(colours)), share)


def test_a_digit_that_reaches_over_the_border_is_still_ink() -> None:
    share = np.roll(share_of(DIGITS[7]), 70, axis=0)
    share[:70] = 0
    assert share[-1].any()
    assert_is(extract_ink(photographed(painted(share, WHITE, BLUE))), share)


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("paper", [WHITE, (255, 255, 255), (30, 50, 40), (0, 0, 0), (200, 120, 60)])
@pytest.mark.parametrize(("noise", "quality"), [(2.0, 90), (10.0, 60)])
def test_blank_paper_has_no_ink(light: str, paper: Colour, noise: float, quality: int) -> None:
    blank = painted(np.zeros(SIZE[::-1]), paper)
    assert not extract_ink(photographed(lit(blank, light), noise, quality)).any()


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_flat_paper_has_no_ink(grey: int) -> None:
    assert not extract_ink(np.full((50, 80, 3), grey, np.uint8)).any()


@pytest.mark.parametrize(
    ("paper", "ink"),
    [((0, 0, 0), (255, 255, 255)), (WHITE, (0, 0, 0)), ((20, 90, 40), (250, 240, 80))],
)
def test_grey_levels_of_a_clean_picture_survive(paper: Colour, ink: Colour) -> None:
    share = share_of(DIGITS[5])
    mask = extract_ink(np.rint(painted(share, paper, ink)).astype(np.uint8)).astype(float)
    assert np.array_equal(mask > 0, share > 0.5 / mask.max())
    assert mask / mask.max() == pytest.approx(share, abs=1.5 / mask.max())


def test_a_frame_around_a_clean_picture_is_no_ink() -> None:
    share = share_of(DIGITS[5])
    framed = np.rint(painted(share)).astype(np.uint8)
    plain = extract_ink(framed)
    framed[[0, -1]] = framed[:, [0, -1]] = 90
    assert np.array_equal(extract_ink(framed), plain)


@pytest.mark.parametrize(("level", "seen"), [(250, False), (225, True)])
def test_of_a_clean_picture_all_that_is_seen_is_ink(level: int, seen: bool) -> None:  # noqa: FBT001
    share = share_of(DIGITS[5])
    dotted = np.rint(painted(share, (255, 255, 255), (0, 0, 0))).astype(np.uint8)
    plain = extract_ink(dotted)
    dotted[20:24, 20:24] = level
    mask = extract_ink(dotted)
    assert mask[20:24, 20:24].any() == seen
    mask[20:24, 20:24] = 0
    assert np.array_equal(mask, plain)


@pytest.mark.parametrize("factor", [6.0, 8.7, 12.3])
def test_rings_around_enlarged_ink_are_no_ink(factor: float) -> None:
    """Splines overshoot: beyond the clipped dark ring there is one too faint to be seen."""
    for ink in DIGITS:
        small = normalise_ink(ink)
        assert small is not None
        side = round(28 * factor)
        large = cv2.resize(small.image, (side, side), interpolation=cv2.INTER_CUBIC)
        found = normalise_mask(extract_ink(np.dstack([large] * 3)))
        assert found is not None
        assert np.abs(found.image.astype(int) - small.image).mean() < 3


def test_a_compressed_picture_on_flat_paper_is_cleaned() -> None:
    share = share_of(DIGITS[8])
    for quality in (30, 60, 90):
        assert_is(extract_ink(as_jpeg(painted(share), quality)), share)


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (2, 1), (3, 3), (1, 60), (60, 1), (5, 700)])
def test_pictures_of_any_shape_are_taken(size: tuple[int, int]) -> None:
    random = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    assert extract_ink(random).shape == size
