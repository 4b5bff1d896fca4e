"""Drawings to test with: the app's own sample digits, generated ink, and painted pictures."""

import gzip
import os
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from digitpad import resources
from digitpad.core.drawing import Image
from digitpad.core.formats.inkml import read_inkml
from digitpad.core.ink import Ink, Stroke, smooth

Floats = npt.NDArray[np.float64]
Colour = tuple[int, int, int]


def sample_digits() -> list[Ink]:
    """Return one drawing of each digit, 0 to 9."""
    paths = sorted(resources.sample_ink().glob("*.inkml"))
    return [read_inkml(path.read_bytes(), path.name) for path in paths]


def data_folder() -> Path | None:
    """Return the folder of the data sets where there is one on this machine."""
    folder = os.environ.get("DIGITPAD_DATA")
    return Path(folder) if folder and Path(folder).is_dir() else None


def mnist_images(name: str, count: int | None = None) -> Image:
    """Return the first ``count`` images of a MNIST file, shape (n, 28, 28)."""
    folder = data_folder()
    assert folder is not None
    data = gzip.decompress((folder / "mnist" / name).read_bytes())
    return np.frombuffer(data, np.uint8, offset=16).reshape(-1, 28, 28)[:count]


def coverage(ink: Ink, size: tuple[int, int], height: float, pen: float) -> Floats:
    """Paint ``ink`` on (width, height) pixels; returns from 0 for paper to 1 for ink.

    The digit's longest side takes ``height`` pixels in the middle, and its pen ``pen`` of those.
    """
    fine = 4
    bounds = ink.bounds()
    assert bounds is not None
    scale = fine * height * (1 - pen) / max(bounds.width, bounds.height)
    middle = [bounds.left + bounds.width / 2, bounds.top + bounds.height / 2, 0]
    mask = np.zeros((size[1] * fine, size[0] * fine), np.uint8)
    for stroke in ink.strokes:
        points = (stroke.points - middle) * scale + [size[0] * fine / 2, size[1] * fine / 2, 0]
        fixed = np.rint(smooth(points, 4.0)[:, :2] * 16).astype(np.int32)
        cv2.polylines(mask, [fixed], False, 255, max(1, round(pen * height * fine)), cv2.LINE_8, 4)
    small = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    return small.astype(np.float64) / 255


def painted(ink_share: Floats, paper: Colour = (255, 255, 255), ink: Colour = (0, 0, 0)) -> Floats:
    """Return the colours, from 0 to 255, of ``ink`` laid on ``paper``; shape (h, w, 3)."""
    share = ink_share[..., None]
    return np.array(paper) * (1 - share) + np.array(ink) * share


def as_jpeg(colours: Floats, quality: int) -> Image:
    """Return what JPEG makes of a picture."""
    bgr = np.clip(colours, 0, 255).astype(np.uint8)[..., ::-1]
    done, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded[..., ::-1].astype(np.uint8)


coordinates = st.floats(-1000, 1000, allow_subnormal=False)
pressures = st.floats(0, 1)
pen_widths = st.floats(0.125, 100)


@st.composite
def strokes(draw: st.DrawFn) -> Stroke:
    points = draw(st.lists(st.tuples(coordinates, coordinates, pressures), min_size=1, max_size=12))
    return Stroke.of(points, draw(pen_widths))


inks = st.lists(strokes(), max_size=4).map(lambda drawn: Ink(tuple(drawn)))
"""Any ink at all, also none."""
