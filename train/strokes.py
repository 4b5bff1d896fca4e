"""Ink drawn anew: the same drawing by another hand and another pen, as the network would see it."""

from collections.abc import Sequence

import cv2
import numpy as np

from digitpad.core.drawing import SIDE, Image, Normalised
from digitpad.core.ink import Ink, Points, Stroke, smooth
from digitpad.core.normalise import PEN_WIDTH, normalise_ink, normalise_mask

THICKEST = 0.3
_THINNEST = 0.04
"""Pens of paint programs and paper, relative to the digit's size."""
_FEWEST_PIXELS, _MOST_PIXELS = 50, 400
"""Of a screen, along a drawing's longer side."""
_PICTURES = 0.4
"""Share of drawings that are seen through a picture of them instead of their strokes."""
_WANDERING = 0.126
"""Of a hand, at most: radians by which each of three waves turns it aside."""
_HURRY = 4 / 3
"""Of the same: how much the logarithm of its pace changes, for each radian."""
_BENDS = 0.7
"""Such waves along a way as long as the drawing's longer side; standard deviation."""
_NOT_LIFTED, _SKIPPING = 0.1, 0.05
"""Shares of strokes that go on from the one before, and that are broken in two."""


def seen(
    ink: Ink, rng: np.random.Generator, strength: float = 1.0, thickest: float = THICKEST
) -> Image:
    """Return a random 28x28 image of ``ink``; with ``strength`` 0 of the drawing's own shape."""
    drawing = varied(ink, rng, strength) if strength > 0 else ink
    if rng.random() < _PICTURES:
        return seen_as_picture(drawing, rng, thickest)
    return seen_as_ink(drawing, rng)


def seen_as_ink(drawing: Ink, rng: np.random.Generator) -> Image:
    """Return the 28x28 image of strokes, drawn again a little thinner or thicker than usual."""
    width = PEN_WIDTH * float(np.exp(rng.normal(0.0, 0.25)))
    return _image(normalise_ink(drawing, float(np.clip(width, 1.2, 5.0))))


def plainly_seen(ink: Ink) -> Image:
    """Return the 28x28 image that the app makes of ``ink``; all paper where there is no ink."""
    return _image(normalise_ink(ink))


def seen_as_picture(ink: Ink, rng: np.random.Generator, thickest: float = THICKEST) -> Image:
    """Return the 28x28 image of a random picture of ``ink``."""
    return image_of(picture_of(ink, rng, thickest))


def image_of(mask: Image) -> Image:
    """Return the 28x28 image of a mask; all paper where it has no ink."""
    return _image(normalise_mask(mask))


def _image(normalised: Normalised | None) -> Image:
    return np.zeros((SIDE, SIDE), np.uint8) if normalised is None else normalised.image


def varied(ink: Ink, rng: np.random.Generator, strength: float = 1.0) -> Ink:
    """Return ``ink`` by another hand and another pen.

    It is turned, slanted, stretched and bent, its strokes wander, are moved apart and now and then
    joined or broken, and its points are where a screen of some size would have reported them.
    """
    bounds = ink.bounds()
    if bounds is None:
        return ink
    extent = max(bounds.width, bounds.height, 1e-6)
    matrix = _affine(rng, strength) / extent
    origin = np.array([bounds.left + bounds.width / 2, bounds.top + bounds.height / 2])
    waves = rng.normal(0.0, 0.9, (2, 2, 2))
    phases = rng.uniform(0.0, 2 * np.pi, (2, 2))
    amplitude = 0.035 * strength
    wandering = rng.uniform(0.0, _WANDERING * strength)
    pixel = _pixel(rng, strength)
    strokes = []
    for stroke in ink.strokes:
        points = stroke.points.copy()
        xy = _wandered(points[:, :2] - origin, extent, wandering, rng) @ matrix.T
        bend = np.sin(2 * np.pi * np.einsum("nd,kcd->nkc", xy, waves) + phases).sum(axis=1)
        xy += amplitude * bend + rng.normal(0.0, 0.012 * strength, 2)
        points[:, :2] = np.rint(xy / pixel) * pixel if pixel else xy
        strokes.append(Stroke(_trimmed(points, rng, strength), stroke.width / extent))
    return _lifted(strokes, rng, strength)


def picture_of(ink: Ink, rng: np.random.Generator, thickest: float = THICKEST) -> Image:
    """Return a mask of ``ink`` as a paint program or a photo would show it.

    The pen is 4 % of the drawing's size to ``thickest``; with or without grey edges, sharp or
    blurred.
    """
    bounds = ink.bounds()
    if bounds is None:
        return np.zeros((SIDE, SIDE), np.uint8)
    side = float(rng.uniform(24, 140))
    scale = side / max(bounds.width, bounds.height, 1e-6)
    pen = max(round(side * float(np.exp(rng.uniform(np.log(_THINNEST), np.log(thickest))))), 1)
    pad = pen + 8
    mask = np.zeros(
        (int(bounds.height * scale) + 2 * pad + 1, int(bounds.width * scale) + 2 * pad + 1),
        np.uint8,
    )
    kind = cv2.LINE_AA if rng.random() < 0.6 else cv2.LINE_8
    for stroke in ink.strokes:
        points = (stroke.points - [bounds.left, bounds.top, 0.0]) * [scale, scale, 1.0]
        xy = smooth(points, spacing=2.0)[:, :2] + pad
        cv2.polylines(mask, [np.rint(xy * 16).astype(np.int32)], False, 255, pen, kind, 4)
    if rng.random() < 0.4:
        mask = cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(0.3, 0.03 * side))).astype(np.uint8)
        mask = np.where(mask < 40, 0, mask).astype(np.uint8)
    if rng.random() < 0.4:
        mask = np.where(mask > rng.uniform(60, 200), 255, 0).astype(np.uint8)
    return mask


def _pixel(rng: np.random.Generator, strength: float) -> float:
    """Return the size of a screen's pixel, relative to the drawing's; 0 for exact coordinates."""
    if rng.random() > 0.5 * strength:
        return 0.0
    return float(1 / np.exp(rng.uniform(np.log(_FEWEST_PIXELS), np.log(_MOST_PIXELS))))


def _affine(rng: np.random.Generator, strength: float) -> Points:
    angle = rng.normal(0.0, 0.11 * strength)
    slant = rng.normal(0.0, 0.14 * strength)
    stretch = np.exp(rng.normal(0.0, 0.12 * strength))
    matrix: Points = rotation(angle) @ np.array([[stretch, slant], [0.0, 1.0]])
    return matrix


def rotation(angle: float) -> Points:
    """Return the matrix (2, 2) that turns by ``angle``, clockwise as seen."""
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _wandered(way: Points, extent: float, most: float, rng: np.random.Generator) -> Points:
    """Return ``way`` by a hand whose direction and pace drift along it, around the same middle.

    So a tail curls more or less and a loop closes or stays open, as from writer to writer; turning
    and stretching the whole drawing never does that.
    """
    steps = np.diff(way[:, 0] + 1j * way[:, 1])
    if len(steps) < 3:
        return way
    at = np.abs(steps).cumsum()[:, None] / extent
    angle, pace = (
        np.sin(2 * np.pi * at * rng.normal(0.0, _BENDS, 3) + rng.uniform(0.0, 2 * np.pi, 3))
        for _ in range(2)
    )
    drift = np.exp(most * (_HURRY * pace + 1j * angle).sum(axis=1))
    moved = np.concatenate([[0.0], (steps * drift).cumsum()])
    wandered = np.column_stack([moved.real, moved.imag])
    placed: Points = wandered - wandered.mean(axis=0) + way.mean(axis=0)
    return placed


def turned(ink: Ink, angle: float) -> Ink:
    """Return ``ink`` turned clockwise, as seen, by ``angle`` in radians."""
    turn = rotation(angle)
    return Ink(
        tuple(
            Stroke(np.column_stack([s.points[:, :2] @ turn.T, s.points[:, 2]]), s.width)
            for s in ink.strokes
        )
    )


def _lifted(strokes: Sequence[Stroke], rng: np.random.Generator, strength: float) -> Ink:
    """Return the ink of a pen that now and then is not lifted between strokes, or skips."""
    lifted: list[Stroke] = []
    for stroke in strokes:
        if lifted and rng.random() < _NOT_LIFTED * strength:
            whole = np.concatenate([lifted.pop().points, stroke.points])
            lifted.append(Stroke(whole, stroke.width))
        else:
            lifted.append(stroke)
    return Ink(tuple(piece for stroke in lifted for piece in _skipped(stroke, rng, strength)))


def _skipped(stroke: Stroke, rng: np.random.Generator, strength: float) -> list[Stroke]:
    n = len(stroke.points)
    if n < 12 or rng.random() > _SKIPPING * strength:
        return [stroke]
    end = int(rng.integers(2, n - 4))
    start = min(end + int(rng.integers(1, n // 10 + 2)), n - 2)
    return [Stroke(piece, stroke.width) for piece in (stroke.points[:end], stroke.points[start:])]


def _trimmed(points: Points, rng: np.random.Generator, strength: float) -> Points:
    """Return the stroke without a few points: cut short at its ends, or drawn faster."""
    n = len(points)
    if n < 12 or rng.random() > 0.5 * strength:
        return points
    first, last = rng.integers(0, max(n // 16, 1) + 1, 2)
    kept = points[first : n - last]
    if rng.random() < 0.3:
        kept = np.concatenate([kept[: -1 : int(rng.integers(2, 4))], kept[-1:]])
    return kept
