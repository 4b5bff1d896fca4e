"""The same drawing at many places and sizes, with many pens and screens, and its one answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np

from digitpad.core.drawing import Image
from digitpad.core.extract import extract_ink
from digitpad.core.ink import Ink, Stroke, smooth
from train.data import Drawings
from train.evaluation.judge import Judge, Row, row
from train.strokes import image_of, plainly_seen

CANVAS = 480
_MARGIN = 24
_DRAWINGS = 200
_PAINTED = 100
_WAYS_PAINTED = 12
_WIDEST_PEN = 0.3
"""Of the digit's size, in a picture: a wider pen fills its loops."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to draw, on a canvas of ``CANVAS`` pixels.

    ``place`` is 0 to 8 from the top left, ``size`` a share of the canvas, ``pen`` in pixels,
    ``screen`` in device pixels per pixel, 0 for exact coordinates.
    """

    place: int
    size: float
    pen: float
    screen: float


WAYS = tuple(
    Way(*way)
    for way in product(range(9), (0.15, 0.3, 0.6, 0.9), (4.0, 12.0, 24.0, 40.0), (1.0, 1.25, 2.0))
)
"""9 places, 4 sizes, 4 pens and 3 screens: 432 ways."""


def redrawn(ink: Ink, way: Way) -> Ink:
    """Return ``ink`` on the canvas as real mouse events report it: in whole device pixels."""
    bounds = ink.bounds()
    if bounds is None:
        return ink
    scale = way.size * CANVAS / max(bounds.width, bounds.height, 1e-6)
    free = CANVAS - np.array([bounds.width, bounds.height]) * scale
    third = np.array([way.place % 3 / 2, way.place // 3 / 2])
    dx, dy = free * third - np.array([bounds.left, bounds.top]) * scale
    moved = ink.transformed(scale, float(dx), float(dy))
    return Ink(tuple(Stroke(_reported(s.points, way.screen), way.pen) for s in moved.strokes))


def painted(ink: Ink) -> Image:
    """Return a picture of the canvas, black on white, antialiased; shape (h, w, 3)."""
    paper = np.full((CANVAS + 2 * _MARGIN,) * 2, 255, np.uint8)
    for stroke in ink.strokes:
        xy, pen = smooth(stroke.points, 2.0)[:, :2] + _MARGIN, round(stroke.width)
        cv2.polylines(paper, [np.rint(xy * 16).astype(np.int32)], False, 0, pen, cv2.LINE_AA, 4)
    return np.dstack([paper] * 3)


def invariance(judge: Judge, drawings: Drawings) -> Iterator[Row]:
    """Yield the row of ink, drawn in all ways, and that of pictures, each painted in some of them.

    ``one_answer`` is the share of drawings that keep one answer throughout, no digit being an
    answer too; ``redrawn_right`` the share of all that are answered right. Pictures take the app's
    whole path: painted, with a pen that stays as it is, their ink found, normalised.
    """
    inks = drawings.some(_DRAWINGS)
    seen = ([plainly_seen(redrawn(ink, way)) for way in WAYS] for ink in inks.inks)
    yield _row(f"{drawings.name}, drawn in {len(WAYS)} ways", judge, inks, seen)
    rng = np.random.default_rng(0)
    few = drawings.some(_PAINTED)
    pictures = ([_seen_painted(ink, way) for way in _some_ways(rng)] for ink in few.inks)
    yield _row(f"{drawings.name}, painted in {_WAYS_PAINTED} ways", judge, few, pictures)


def _row(name: str, judge: Judge, drawings: Drawings, seen: Iterator[list[Image]]) -> Row:
    kept, right = [], []
    for label, images in zip(drawings.labels, seen, strict=True):
        unlike, often = np.unique(np.stack(images), axis=0, return_counts=True)
        answers = judge.evaluation(unlike).answers
        kept.append(len(set(answers.tolist())) == 1)
        right.append(often[answers == int(label)].sum() / often.sum())
    figures = {"one_answer": np.mean(kept), "redrawn_right": np.mean(right)}
    return row(name, {key: float(value) for key, value in figures.items()}, len(kept))


def _some_ways(rng: np.random.Generator) -> list[Way]:
    legible = [w for w in WAYS if w.screen == 1.0 and w.pen <= _WIDEST_PEN * w.size * CANVAS]
    return [legible[index] for index in rng.choice(len(legible), _WAYS_PAINTED, replace=False)]


def _seen_painted(ink: Ink, way: Way) -> Image:
    return image_of(extract_ink(painted(redrawn(ink, way))))


def _reported(points: np.ndarray, screen: float) -> np.ndarray:
    if screen == 0:
        return points
    return np.column_stack([np.rint(points[:, :2] * screen) / screen, points[:, 2]])
