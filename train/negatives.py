"""What is not a digit, made from a seed: scribbles, curves, dashes, dots, pairs, pieces, noise."""

from collections.abc import Callable, Mapping, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import SIDE, Image
from digitpad.core.ink import Ink, Stroke
from train.doodles import Path2d, Rng, doodle
from train.strokes import image_of, plainly_seen, rotation, seen, seen_as_picture

_LONGER_THAN_DIGITS = 4.0
"""Way of the pen, relative to the drawing's size, that only one digit of a hundred exceeds."""
_THICKEST = 0.15
"""The widest pen, relative to the drawing's size: a thicker one makes an 8 of any scribble."""

Labelled = Sequence[tuple[str, Ink]]
"""Drawings with their labels."""

LOOK_ALIKES = frozenset("OoDQlIi|/SsZzBbGgqayTJU")
"""Letters and signs that drawn alone may well be a digit: a network may read one or refuse."""

LIKE_DIGITS = (
    LOOK_ALIKES
    | frozenset("',.`")
    | {f"Latin/character{n:02}" for n in (1, 2, 4, 7, 9, 10, 12, 15, 17, 19, 20, 25, 26)}
    | {f"Greek/character{n:02}" for n in (4, 6, 15, 18)}
    | {f"Early_Aramaic/character{n:02}" for n in (1, 2, 3, 4, 6, 11, 12, 14, 16, 17, 20)}
    | {f"Korean/character{n:02}" for n in (9, 21, 22, 33, 37)}
    | {"Balinese/character05"}
)
"""What training leaves out as well: half or more of these were read as one and the same digit."""


def make(digits: Labelled, count: int, seed: int) -> Mapping[str, npt.NDArray[np.uint8]]:
    """Return ``count`` images of each family, shape (count, 28, 28).

    ``digits`` are labelled drawings of which pairs and pieces are made; without any, these two
    families are left out.
    """
    return {
        family: draw(number, digits, count, np.random.default_rng([seed, number]))
        for number, family in families(with_digits=bool(digits)).items()
    }


def families(*, with_digits: bool) -> dict[int, str]:
    """Return the names of the families by their numbers, those made of digits only with them."""
    return {
        number: family
        for number, (family, drawn) in enumerate(_FAMILIES.items())
        if with_digits or drawn not in _OF_DIGITS
    }


def draw(number: int, digits: Labelled, count: int, rng: Rng) -> npt.NDArray[np.uint8]:
    """Return ``count`` images of the family with this number, shape (count, 28, 28)."""
    drawn = tuple(_FAMILIES.values())[number]
    return np.stack([drawn(rng, digits) for _ in range(count)])


def _scribble(rng: Rng, _: Labelled) -> Image:
    """Back and forth, round and round, or wandering: longer than a digit's way."""
    return _drawn(rng, _long(lambda: [_turned(rng, _scribbled(rng))]))


def _scribbled(rng: Rng) -> Path2d:
    n = int(rng.integers(30, 120))
    t = np.linspace(0, 1, n)
    match rng.integers(4):
        case 0:
            turns = rng.uniform(2.5, 9)
            xy = np.column_stack([rng.uniform(1, 3) * t, 0.5 * np.sin(2 * np.pi * turns * t)])
        case 1:
            turns = rng.uniform(2.3, 8)
            radius = rng.uniform(0.3, 1) * (1 - rng.uniform(0, 1.4) * t)
            angle = 2 * np.pi * turns * t
            xy = np.column_stack(
                [radius * np.cos(angle), rng.uniform(0.4, 1) * radius * np.sin(angle)]
            )
            xy += np.outer(t, [rng.choice([-1, 1]) * rng.uniform(1.2, 4), rng.normal(0, 0.8)])
        case 2:
            heading = np.cumsum(rng.normal(0, rng.uniform(0.5, 1.1), n))
            xy = np.cumsum(np.column_stack([np.cos(heading), np.sin(heading)]), axis=0)
        case _:
            xy = rng.normal(0, 1, (int(rng.integers(5, 16)), 2))
    return xy


def _curves(rng: Rng, _: Labelled) -> Image:
    """One to four smooth curves through random places: together longer than a digit's way."""
    return _drawn(rng, _long(lambda: _curved(rng)))


def _curved(rng: Rng) -> list[Path2d]:
    strokes = []
    for _i in range(int(rng.choice([1, 1, 2, 3, 4]))):
        places = rng.uniform(0, 1, (int(rng.integers(5, 10)), 2))
        strokes.append(places * rng.uniform(0.4, 1) + rng.uniform(0, 0.6, 2))
    if len(strokes) == 1:
        strokes = [rng.uniform(0, 1, (int(rng.integers(8, 15)), 2))]
    return strokes


def _doodle(rng: Rng, _: Labelled) -> Image:
    """A drawing of something else, by a hand that shakes."""
    lines = doodle(rng)
    jitter = rng.uniform(0, 0.05)
    return _drawn(
        rng, [_turned(rng, line + rng.normal(0, jitter, line.shape), 0.4) for line in lines]
    )


def _dash(rng: Rng, _: Labelled) -> Image:
    """One or two short lines that are not upright, or one dot."""
    if rng.random() < 0.3:
        return _dot(rng)
    angle = np.radians(rng.uniform(-39, 48))
    line = np.outer(np.linspace(0, 1, 8), [np.cos(angle), np.sin(angle)])
    line += np.cumsum(rng.normal(0, 0.01, line.shape), axis=0)
    lines = [line]
    if rng.random() < 0.25:
        lines.append(line + np.array([rng.normal(0, 0.2), rng.uniform(0.3, 1.2)]))
    return _drawn(rng, lines)


def _dot(rng: Rng) -> Image:
    size = rng.uniform(1, 40)
    width = size * rng.uniform(2.0, 8.0)
    ink = Ink((Stroke.of(rng.normal(0, size / 4, (int(rng.integers(1, 5)), 2)), width),))
    return plainly_seen(ink)


def _pair(rng: Rng, digits: Labelled) -> Image:
    """Two or three digits side by side."""
    strokes: list[Stroke] = []
    edge = 0.0
    for index in rng.integers(len(digits), size=int(rng.choice([2, 2, 2, 3]))):
        ink = digits[index][1]
        bounds = ink.bounds()
        if bounds is None:
            continue
        scale = rng.uniform(0.8, 1.2) / max(bounds.height, 0.5 * bounds.width, 1e-6)
        dx, dy = edge - bounds.left * scale, -bounds.top * scale + rng.uniform(-0.15, 0.15)
        strokes += ink.transformed(scale, dx, dy).strokes
        edge += bounds.width * scale + rng.uniform(0.12, 0.6)
    return seen(Ink(tuple(strokes)), rng, 0.7, _THICKEST)


def _piece(rng: Rng, digits: Labelled) -> Image:
    """The beginning of a digit, too short to be one and not upright enough for a 1."""
    for _i in range(50):
        label, ink = digits[int(rng.integers(len(digits)))]
        begun = beginning(ink, rng.uniform(0.06, 0.2))
        if label != "1" and begun is not None and not may_be_digit(begun):
            return seen(begun, rng, 0.7)
    return np.zeros((SIDE, SIDE), np.uint8)


def _noise(rng: Rng, _: Labelled) -> Image:
    """Specks, blotches, random grey; now and then nothing at all."""
    if rng.random() < 0.05:
        return np.zeros((SIDE, SIDE), np.uint8)
    side = int(rng.integers(8, 60))
    field = rng.random((side, side)).astype(np.float32)
    blur = rng.uniform(0, 0.12) * side
    if blur > 0.4:
        field = cv2.GaussianBlur(field, (0, 0), float(blur)).astype(np.float32)
    level = float(np.quantile(field, rng.uniform(0.2, 0.97)))
    mask = np.where(field > level, 255 if rng.random() < 0.5 else field / field.max() * 255, 0)
    return image_of(mask.astype(np.uint8))


_FAMILIES: Mapping[str, Callable[[Rng, Labelled], Image]] = {
    "scribbles": _scribble,
    "curves": _curves,
    "doodles": _doodle,
    "dashes and dots": _dash,
    "digits side by side": _pair,
    "beginnings": _piece,
    "noise": _noise,
}

_OF_DIGITS = (_pair, _piece)


def beginning(ink: Ink, share: float) -> Ink | None:
    """Return the first ``share`` of the pen's way, or None where that is nothing."""
    total = sum(_length(stroke.points[:, :2]) for stroke in ink.strokes)
    left = total * share
    strokes = []
    for stroke in ink.strokes:
        steps = np.hypot(*np.diff(stroke.points[:, :2], axis=0).T)
        reached = int(np.searchsorted(np.cumsum(steps), left)) + 1
        strokes.append(Stroke(stroke.points[:reached], stroke.width))
        left -= float(steps.sum())
        if left <= 0:
            break
    return Ink(tuple(strokes)) if total > 0 and len(strokes[0].points) > 2 else None


def may_be_digit(ink: Ink) -> bool:
    """Tell whether the ink is an upright line or a closed loop."""
    bounds = ink.bounds()
    if bounds is None:
        return False
    first = ink.strokes[0].points[:, :2]
    gap = float(np.hypot(*(first[-1] - first[0])))
    extent = max(bounds.width, bounds.height)
    upright = bounds.height > 1.6 * bounds.width
    straight = gap > 0.8 * sum(_length(stroke.points[:, :2]) for stroke in ink.strokes)
    steep = bounds.height > 0.6 * bounds.width
    return (steep and straight) or upright or gap < 0.3 * extent


def _length(way: Path2d) -> float:
    return float(np.hypot(*np.diff(way, axis=0).T).sum())


def _turned(rng: Rng, xy: Path2d, most: float = np.pi) -> Path2d:
    turned: Path2d = xy @ rotation(rng.uniform(-most, most)).T
    return turned


def _drawn(rng: Rng, lines: Sequence[Path2d]) -> Image:
    ink = Ink(tuple(Stroke.of(line, 0.0) for line in lines))
    if rng.random() < 0.25:
        return seen_as_picture(ink, rng, _THICKEST)
    return seen(ink, rng, 0.5, _THICKEST)


def _long(draw: Callable[[], list[Path2d]]) -> list[Path2d]:
    """Draw until the pen's way is longer than that of digits: a short scribble may well be one."""
    while True:
        lines = draw()
        places = np.concatenate(lines)
        if sum(map(_length, lines)) > _LONGER_THAN_DIGITS * float(np.ptp(places, axis=0).max()):
            return lines
