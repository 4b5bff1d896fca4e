"""Fifteen ways in which images of digits are spoilt: those of MNIST-C (Mu and Gilmer 2019).

Made anew from the paper ("MNIST-C: A Robustness Benchmark for Computer Vision", arXiv:1906.02337)
at the strengths of the published set. All functions take and return float64 (n, 28, 28) in 0..1,
ink bright, which may leave that range, and draw their random numbers from ``rng``.
"""

from collections.abc import Callable, Mapping

import cv2
import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import SIDE

Greys = npt.NDArray[np.float64]
Rng = np.random.Generator

_MIDDLE = (SIDE - 1) / 2
_FOG, _FOG_DECAY, _FOG_SIDE = 3.0, 1.4, 256


def _shot_noise(images: Greys, rng: Rng) -> Greys:
    return rng.poisson(images * 3.0) / 3.0


def _impulse_noise(images: Greys, rng: Rng) -> Greys:
    """Make 17 % of the pixels black or white."""
    hit = rng.random(images.shape) < 0.17
    return np.where(hit, rng.integers(0, 2, images.shape), images)


def _glass_blur(images: Greys, rng: Rng) -> Greys:
    """Swap half of the pixels with a neighbour, twice, between two blurs."""
    shuffled, every = _blurred(images, 0.7), np.arange(len(images))
    for _ in range(2):
        for row in range(SIDE - 1, 1, -1):
            for column in range(SIDE - 1, 1, -1):
                chosen = every[rng.random(len(images)) < 0.5]
                down, right = rng.integers(-1, 1, (2, len(chosen)))
                kept = shuffled[chosen, row, column]
                shuffled[chosen, row, column] = shuffled[chosen, row + down, column + right]
                shuffled[chosen, row + down, column + right] = kept
    return _blurred(shuffled, 0.7)


def _motion_blur(images: Greys, rng: Rng) -> Greys:
    """Drag each image to one side, with a weight that falls off over three pixels."""
    steps = np.arange(11)
    weights = np.exp(-(steps**2) / (2 * 3.0**2))
    dragged = np.empty_like(images)
    for image, out, angle in zip(
        images, dragged, rng.uniform(-np.pi / 4, np.pi / 4, len(images)), strict=True
    ):
        kernel = np.zeros((21, 21))
        rows, columns = np.rint(np.outer([np.sin(angle), np.cos(angle)], steps)).astype(int) + 10
        np.add.at(kernel, (rows, columns), weights / weights.sum())
        out[:] = cv2.filter2D(image, -1, kernel, borderType=cv2.BORDER_REPLICATE)
    return dragged


def _shear(images: Greys, rng: Rng) -> Greys:
    angles = rng.choice([-0.4, 0.4], len(images))
    return _warped(images, [((1, -np.sin(a)), (0, np.cos(a))) for a in angles])


def _rotate(images: Greys, rng: Rng) -> Greys:
    angles = rng.choice([-0.4, 0.4], len(images))
    return _warped(images, [((np.cos(a), -np.sin(a)), (np.sin(a), np.cos(a))) for a in angles])


def _scale(images: Greys, _: Rng) -> Greys:
    return _warped(images, [((1 / 0.7, 0), (0, 1 / 0.7))] * len(images))


def _translate(images: Greys, rng: Rng) -> Greys:
    """Move each by three pixels along both axes."""
    moves = rng.choice([-3, 3], (len(images), 2))
    padded = np.pad(images, ((0, 0), (3, 3), (3, 3)))
    return np.stack(
        [
            p[3 + y : 3 + y + SIDE, 3 + x : 3 + x + SIDE]
            for p, (y, x) in zip(padded, moves, strict=True)
        ]
    )


def _brightness(images: Greys, _: Rng) -> Greys:
    return images + 0.5


def _stripe(images: Greys, _: Rng) -> Greys:
    """Invert all but the middle half."""
    striped = 1 - images
    striped[:, :, 7:21] = images[:, :, 7:21]
    return striped


def _fog(images: Greys, rng: Rng) -> Greys:
    """Add a patch of a plasma fractal, three times as bright as the ink."""
    clouds = [_plasma(rng) for _ in range(20)]
    patches = [
        clouds[which][y : y + SIDE, x : x + SIDE]
        for which, (y, x) in zip(
            rng.integers(len(clouds), size=len(images)),
            rng.integers(0, _FOG_SIDE - SIDE, (len(images), 2)),
            strict=True,
        )
    ]
    brightest = images.max(axis=(1, 2), keepdims=True)
    fogged: Greys = (images + _FOG * np.stack(patches)) * brightest / (brightest + _FOG)
    return fogged


def _spatter(images: Greys, rng: Rng) -> Greys:
    """Splash dim, soft-edged drops over it."""
    liquid = _blurred(rng.normal(0.65, 0.3, images.shape), 1.0)
    drops = _blurred((liquid > 0.65).astype(np.float64), 1.5)
    drops[drops < 0.8] = 0
    return images * (1 - drops) + drops * 63 / 255


def _dotted_line(images: Greys, rng: Rng) -> Greys:
    """Draw a line from the left edge to the right one, two pixels on, two off."""
    on = np.arange(SIDE) % 4 >= 2
    rows = rng.integers(0, SIDE - 1, (len(images), 2))
    return images + np.stack([_line(0, r0, SIDE - 1, r1) * on for r0, r1 in rows])


def _zigzag(images: Greys, rng: Rng) -> Greys:
    """Draw teeth of two pixels along a line that is nearly level."""
    spoilt = images.copy()
    along = np.arange(2, 26, 2)
    for image, start in zip(spoilt, rng.integers(0, SIDE - 1, len(images)), strict=True):
        base = np.linspace(start, start + rng.integers(-5, 5), len(along))
        teeth = base + 2 * np.array([0, 1, 0, -1] * 3)
        for i in range(len(along) - 1):
            np.add(image, _line(along[i], teeth[i], along[i + 1], teeth[i + 1]), out=image)
    return spoilt


def _canny_edges(images: Greys, _: Rng) -> Greys:
    greys = np.rint(_blurred(images, 1.0) * 255).astype(np.uint8)
    return np.stack([cv2.Canny(grey, 25.5, 51.0, L2gradient=True) for grey in greys]) / 255.0


CORRUPTIONS: Mapping[str, Callable[[Greys, Rng], Greys]] = {
    "shot noise": _shot_noise,
    "impulse noise": _impulse_noise,
    "glass blur": _glass_blur,
    "motion blur": _motion_blur,
    "shear": _shear,
    "scale": _scale,
    "rotate": _rotate,
    "brightness": _brightness,
    "translate": _translate,
    "stripe": _stripe,
    "fog": _fog,
    "spatter": _spatter,
    "dotted line": _dotted_line,
    "zigzag": _zigzag,
    "canny edges": _canny_edges,
}


def _blurred(images: Greys, sigma: float) -> Greys:
    return np.stack(
        [cv2.GaussianBlur(i, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE) for i in images]
    )


def _warped(
    images: Greys, matrices: list[tuple[tuple[float, float], tuple[float, float]]]
) -> Greys:
    """Take each pixel from where its matrix sends it, about the middle."""
    warped = np.empty_like(images)
    for image, out, matrix in zip(images, warped, matrices, strict=True):
        linear = np.array(matrix, np.float64)
        to_source = np.column_stack([linear, _MIDDLE - linear @ [_MIDDLE, _MIDDLE]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        out[:] = cv2.warpAffine(image, to_source, (SIDE, SIDE), flags=flags)
    return warped


def _plasma(rng: Rng) -> Greys:
    """Return clouds in 0..1: noise of every scale, the finer the weaker (256, 256)."""
    clouds = np.zeros((_FOG_SIDE, _FOG_SIDE))
    for octave in range(8):
        coarse = rng.uniform(-1, 1, (2**octave + 1,) * 2) * _FOG_DECAY ** (-2 * octave)
        clouds += cv2.resize(coarse, (_FOG_SIDE, _FOG_SIDE), interpolation=cv2.INTER_LINEAR)
    clouds -= clouds.min()
    clouds /= clouds.max()
    return clouds


def _line(left: float, row: float, right: float, end_row: float) -> Greys:
    """Return a soft line between two points, its brightness falling off up and down."""
    columns, rows = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    centre = row + (end_row - row) * (columns - left) / (right - left)
    away = np.minimum(np.abs(rows - centre), 2.3 - 1e-9)
    line = np.clip(np.log(1 - away / 2.3) + 1, 0, 1)
    return np.where((columns >= np.floor(left)) & (columns < np.ceil(right)), line, 0)
