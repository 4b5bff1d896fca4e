"""Digits turned by up to 15 degrees: how many are still read, and how many of the worst class."""

from collections.abc import Iterator
from math import radians

import cv2
import numpy as np

from digitpad.core.drawing import SIDE, Image
from digitpad.core.evaluation.evaluation import Evaluation
from train.data import Drawings, Pictures
from train.evaluation.judge import Judge, Row, row
from train.strokes import image_of, plainly_seen, turned

ANGLES = (-15, -10, -5, 5, 10, 15)
"""Degrees, clockwise as seen."""
_MOST = 2000
_ENLARGED = 8


def turned_ink(judge: Judge, drawings: Drawings) -> Iterator[Row]:
    """Turn drawings before they are normalised; yield a row for each angle."""
    chosen = drawings.some(_MOST)
    for angle in ANGLES:
        images = np.stack([plainly_seen(turned(ink, radians(angle))) for ink in chosen.inks])
        yield _row(drawings.name, angle, judge.evaluation(images, chosen.digits))


def turned_pictures(judge: Judge, pictures: Pictures) -> Iterator[Row]:
    """Turn images, enlarged, and normalise them as the app does with pictures."""
    chosen = pictures.some(_MOST)
    for angle in ANGLES:
        images = np.stack([_turned_image(image, angle) for image in chosen.images])
        yield _row(pictures.name, angle, judge.evaluation(images, chosen.labels))


def _row(name: str, angle: int, answers: Evaluation) -> Row:
    """Return ``likeliest_right``, and that of the class that has the least of it."""
    classes = [answers.right[answers.labels == label].mean() for label in set(answers.labels)]
    figures = {"likeliest_right": answers.accuracy, "worst_class": min(classes)}
    return row(f"{name}, turned by {angle:+}\N{DEGREE SIGN}", figures, len(answers))


def _turned_image(image: Image, degrees: float) -> Image:
    side = SIDE * _ENLARGED
    matrix = cv2.getRotationMatrix2D(((SIDE - 1) / 2, (SIDE - 1) / 2), -degrees, _ENLARGED)
    centred = np.add(matrix, [0, 0, (side - SIDE) / 2])
    return image_of(cv2.warpAffine(image, centred, (side, side)).astype(np.uint8))
