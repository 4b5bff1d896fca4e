"""What normalisation keeps: MNIST's own images, and the answer wherever and however ink is drawn.

`python -m tests.benchmarks.normalisation [--share 0.1]`, with the data sets in DIGITPAD_DATA.
"""

import argparse
import gzip
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from digitpad import resources
from digitpad.core.drawing import SIDE, Image
from digitpad.core.extract import extract_ink
from digitpad.core.formats.ink_lines import LabelledInk, read_ink_lines
from digitpad.core.normalise import normalise_ink
from digitpad.core.recogniser import Recogniser
from tests.drawings import as_jpeg, coverage, data_folder, mnist_images, painted
from train.evaluation.invariance import CANVAS, WAYS, Way, redrawn
from train.strokes import image_of, plainly_seen

CLOSE = 3.0
"""Mean difference in grey levels per pixel up to which an image counts as the same."""

Normaliser = Callable[[Image], Image]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="share of the drawings to take")
    share = parser.parse_args().share
    data = data_folder()
    if data is None:
        sys.exit("This needs the data sets: set DIGITPAD_DATA to their folder.")
    recogniser = Recogniser.load(resources.bundled_model())
    print(f"network: {recogniser.card.name}\n")
    _mnist(data, recogniser, share)
    drawn = list(read_ink_lines(data / "ink" / "pendigits-train.jsonl.gz"))
    _ink(drawn[:: round(25 / share)], recogniser)
    _pictures(drawn[:: round(50 / share)], recogniser)


def _mnist(data: Path, recogniser: Recogniser, share: float) -> None:
    """Enlarge MNIST's test images, put them anywhere on a canvas, and bring them back."""
    images = mnist_images("t10k-images-idx3-ubyte.gz")
    labels = np.frombuffer(
        gzip.decompress((data / "mnist" / "t10k-labels-idx1-ubyte.gz").read_bytes()), np.uint8
    )[8:]
    images, labels = images[: round(len(images) * share)], labels[: round(len(labels) * share)]
    print(f"{len(images)} MNIST test images, enlarged, anywhere on {CANVAS}x{CANVAS} pixels")
    print(f"originals: accuracy {_accuracy(recogniser, images, labels):.2%}")
    print(f"{'enlarged':36}{'same image':>12}{'difference':>12}{'accuracy':>10}")
    whole, any_factor = (2, 16, True), (2, 16, False)
    for name, interpolation, factors, normaliser in (
        ("x1", cv2.INTER_NEAREST, (1, 1, True), image_of),
        ("x2 to x16, pixels", cv2.INTER_NEAREST, whole, image_of),
        ("x2 to x16, black on white", cv2.INTER_NEAREST, whole, _of_black_on_white),
        ("x2.0 to x16.0, pixels", cv2.INTER_NEAREST, any_factor, image_of),
        ("x2.0 to x16.0, area", cv2.INTER_AREA, any_factor, image_of),
        ("x2.0 to x16.0, bilinear", cv2.INTER_LINEAR, any_factor, image_of),
        ("x2.0 to x16.0, bicubic", cv2.INTER_CUBIC, any_factor, image_of),
        ("x2.0 to x16.0, bicubic, a picture", cv2.INTER_CUBIC, any_factor, _of_black_on_white),
        ("x2.0 to x16.0, bicubic, JPEG 75", cv2.INTER_CUBIC, any_factor, _of_jpeg),
    ):
        rng = np.random.default_rng(0)
        back = np.stack(
            [
                normaliser(_on_canvas(image, _factor(factors, rng), rng, interpolation))
                for image in tqdm(images, desc=name, disable=None, leave=False)
            ]
        )
        print(
            f"{name:36}{_same(back, images):12.2%}"
            f"{np.abs(back.astype(int) - images).mean():12.2f}"
            f"{_accuracy(recogniser, back, labels):10.2%}"
        )


def _factor(factors: tuple[int, int, bool], rng: np.random.Generator) -> float:
    low, high, whole = factors
    return int(rng.integers(low, high + 1)) if whole else float(rng.uniform(low, high))


def _on_canvas(image: Image, factor: float, rng: np.random.Generator, interpolation: int) -> Image:
    side = round(SIDE * factor)
    canvas = np.zeros((CANVAS, CANVAS), np.uint8)
    column, row = rng.integers(0, CANVAS - side + 1, 2)
    large = cv2.resize(image, (side, side), interpolation=interpolation)
    canvas[row : row + side, column : column + side] = large
    return canvas


def _of_black_on_white(canvas: Image) -> Image:
    return image_of(extract_ink(np.dstack([255 - canvas] * 3)))


def _of_jpeg(canvas: Image) -> Image:
    return image_of(extract_ink(as_jpeg(painted(canvas.astype(np.float64) / 255), quality=75)))


def _same(back: Image, originals: Image) -> float:
    """Return the share that is within 3 grey levels on average, and nearest unmoved."""
    apart = {
        (down, right): np.abs(
            np.roll(back.astype(np.int16), (down, right), (1, 2)) - originals.astype(np.int16)
        ).mean(axis=(1, 2))
        for down, right in product((-1, 0, 1), repeat=2)
    }
    unmoved = apart.pop((0, 0))
    return float(((unmoved <= CLOSE) & (unmoved < np.min(list(apart.values()), axis=0))).mean())


def _ink(drawn: list[LabelledInk], recogniser: Recogniser) -> None:
    """Draw the same ink at 9 places, 4 sizes, 4 pen widths and 3 scalings of the screen."""
    print(
        f"\n{len(drawn)} drawings with a pen, each in {len(WAYS)} ways (place, size, pen, screen)"
    )
    for name, on_grid in (("exact coordinates", False), ("whole screen pixels", True)):
        identical, agreeing, right, total = 0, 0, 0, 0
        for example in tqdm(drawn, desc=name, disable=None, leave=False):
            reference = plainly_seen(redrawn(example.ink, Way(4, 0.9, 12.0, 0)))
            ways = WAYS if on_grid else (replace(way, screen=0) for way in WAYS)
            found = np.stack([plainly_seen(redrawn(example.ink, way)) for way in ways])
            (wanted,) = _digits(recogniser, reference[None])
            digits = _digits(recogniser, found)
            identical += int((found == reference).all(axis=(1, 2)).sum())
            agreeing += int((digits == wanted).sum())
            right += int((digits == int(example.label or -1)).sum())
            total += len(WAYS)
        print(
            f"{name:22} identical image {identical / total:8.3%}, same answer "
            f"{agreeing / total:8.3%}, right {right / total:8.3%}"
        )


def _pictures(drawn: list[LabelledInk], recogniser: Recogniser) -> None:
    """Paint the same ink as pictures at many pen widths, and compare with the ink itself."""
    labels = np.array([int(example.label or -1) for example in drawn])
    as_ink = [normalise_ink(example.ink) for example in drawn]
    own = _digits(recogniser, np.stack([n.image for n in as_ink if n is not None]))
    print(f"\n{len(drawn)} drawings as pictures; as ink {(own == labels).mean():.1%} are right")
    pens = (0.04, 0.07, 0.11, 0.16, 0.22, 0.3)
    print(f"{'pen / height':16}" + "".join(f"{pen:8.0%}" for pen in pens))
    shares = {
        pen: [coverage(e.ink, (320, 240), 150, pen) for e in tqdm(drawn, disable=None, leave=False)]
        for pen in pens
    }
    for name, paint in PAINTS.items():
        right = []
        for pen in pens:
            found = np.stack([image_of(extract_ink(paint(share))) for share in shares[pen]])
            right.append(float((_digits(recogniser, found) == labels).mean()))
        print(f"{name:16}" + "".join(f"{value:8.1%}" for value in right))


def _photo(share: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Image:
    """Take a photo of pen on paper in uneven light."""
    light = np.linspace(1.0, 0.6, share.shape[1])[None, :, None]
    noise = np.random.default_rng(0).normal(0, 5, (*share.shape, 3))
    colours = cv2.GaussianBlur(painted(share, (235, 230, 220), (45, 45, 80)) * light, (0, 0), 1)
    return as_jpeg(colours + noise, 80)


PAINTS: dict[str, Callable[[np.ndarray[tuple[int, ...], np.dtype[np.float64]]], Image]] = {
    "antialiased": lambda share: np.rint(painted(share)).astype(np.uint8),
    "aliased": lambda share: np.rint(painted((share > 0.5).astype(np.float64))).astype(np.uint8),
    "JPEG 50": lambda share: as_jpeg(painted(share), 50),
    "photo": _photo,
}


def _digits(recogniser: Recogniser, images: Image) -> Image:
    """Return the answered digits, -1 where there is none."""
    answers = recogniser.predict(images)
    return np.array([-1 if a.digit is None else a.digit for a in answers], np.int64)


def _accuracy(recogniser: Recogniser, images: Image, labels: Iterable[int]) -> float:
    """Return the share whose likeliest digit is right, as MNIST is scored."""
    answers = recogniser.predict(images)
    return float(
        np.mean(
            [
                int(np.argmax(a.probabilities)) == label
                for a, label in zip(answers, labels, strict=True)
            ]
        )
    )


if __name__ == "__main__":
    main()
