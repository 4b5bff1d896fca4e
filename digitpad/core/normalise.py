"""Ink or a picture's ink -> the 28x28 image that MNIST would have made of it.

Follows QMNIST's reconstruction of MNIST's preprocessing (facebookresearch/qmnist,
making_qmnist/xnist.lsh, ``fim-mnist-prepro``).
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import SIDE, Drawing, Image, Normalised, Picture
from digitpad.core.errors import InputError
from digitpad.core.extract import extract_ink
from digitpad.core.ink import Box, Ink, smooth

Grey = npt.NDArray[np.float32]

BOX_SIDE = 20
PEN_WIDTH = 1.6
"""Width at which ink is drawn again, in pixels of the 28x28 image.

MNIST's mean is 2.3. Thinner, small loops stay open: a tenth fewer errors on writers held out.
"""

_LEAST_ENLARGEMENT = 2.5
"""Below, a spline's slope is too few pixels long to be told from antialiasing."""
_LEAST_EXTENT = 1e-6
"""Ink that is smaller is a dot whatever its pen: coordinates are no more precise than that."""
_OVERSAMPLING = 8
_MARGIN = 10
_FIXED_POINT_BITS = 4


def normalise(drawing: Drawing) -> Normalised | None:
    """Return the drawing as the network sees it, or None where it is blank."""
    if isinstance(drawing, Picture):
        return normalise_picture(drawing)
    return normalise_ink(drawing)


def normalise_ink(ink: Ink, pen_width: float = PEN_WIDTH) -> Normalised | None:
    """Draw ``ink`` at a canonical pen width relative to its size, and normalise that.

    The pen that the person chose does not count: neither it nor the drawing's size or place can
    change the result. Returns None where there is no ink.
    """
    bounds = ink.bounds()
    if bounds is None:
        return None
    scale = _ink_scale(ink, bounds, pen_width)
    pad = 2 * _OVERSAMPLING
    origin = np.array([bounds.left, bounds.top])
    size = np.ceil(np.array([bounds.width, bounds.height]) * scale).astype(int) + 2 * pad + 1
    mask = np.zeros((int(size[1]), int(size[0])), np.uint8)
    for stroke in ink.strokes:
        local = stroke.points - [*origin, 0.0]
        local[:, :2] *= scale
        _draw_line(mask, smooth(local, spacing=4.0)[:, :2] + pad, pen_width * _OVERSAMPLING)
    placed = normalise_mask(mask)
    if placed is None:
        return None
    left, top = (np.array(placed.box[:2]) - pad) / scale + origin
    centre = (np.array(placed.centre_of_mass) - pad) / scale + origin
    return Normalised(
        placed.image,
        Box(float(left), float(top), placed.box.width / scale, placed.box.height / scale),
        (float(centre[0]), float(centre[1])),
        placed.shift,
    )


def normalise_picture(picture: Picture) -> Normalised | None:
    """Take the ink out of ``picture`` and normalise it; None where there is only paper."""
    bgr = cv2.imdecode(np.frombuffer(picture.png, np.uint8), cv2.IMREAD_COLOR)
    if bgr is None:
        raise InputError("The picture is damaged: open it again.")
    return normalise_mask(extract_ink(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB).astype(np.uint8)))


def normalise_mask(mask: Image) -> Normalised | None:
    """Normalise ``mask``, whose ink is everything above 0, as MNIST was made.

    Tight box; longest side to 20 pixels by area; brightest ink 255; centre of mass brought into
    [14, 15) by whole pixels. A small image that was enlarged comes back as it was, its box and
    pixels being found again. Returns None where there is no ink.
    """
    tight = cv2.boundingRect(mask)
    if tight[2] == 0:
        return None
    smooth_box = _smoothly_enlarged(mask, tight)
    left, top, width, height = smooth_box or Box(*tight)
    side = max(width, height)
    unit = side / BOX_SIDE
    left_of_square = left - _pad(side - width, unit)
    top_of_square = top - _pad(side - height, unit)
    if smooth_box:
        small = _sampled(mask, left_of_square, top_of_square, unit)
    else:
        small = _averaged(mask, tight, round(left_of_square), round(top_of_square))
    small = np.floor(small * (255.0 / float(small.max())) + 0.5)
    x, y = _centre_of_mass(small)
    shift = 14 - int(x), 14 - int(y)
    canvas = np.zeros((SIDE + 2 * _MARGIN,) * 2, np.uint8)
    column, row = shift[0] + _MARGIN, shift[1] + _MARGIN
    canvas[row : row + BOX_SIDE, column : column + BOX_SIDE] = small
    return Normalised(
        canvas[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN].copy(),
        Box(left, top, width, height),
        (left_of_square + x * unit, top_of_square + y * unit),
        shift,
    )


def _ink_scale(ink: Ink, bounds: Box, pen_width: float) -> float:
    """Return pixels of the oversampled drawing per unit of ink.

    Ink that is smaller than half of its own pen is a dot to whoever looks at it, not a tiny
    digit, and is not enlarged beyond that.
    """
    widest = max(_LEAST_EXTENT, *(stroke.width for stroke in ink.strokes))
    extent = max(bounds.width, bounds.height)
    if extent <= widest / 2:
        return pen_width * _OVERSAMPLING / widest
    return (BOX_SIDE - pen_width) * _OVERSAMPLING / extent


def _draw_line(mask: Image, xy: npt.NDArray[np.float64], width: float) -> None:
    """Draw a line with round ends; ``xy`` and ``width`` are in pixels, centres at whole numbers."""
    fixed = np.rint(xy * (1 << _FIXED_POINT_BITS)).astype(np.int32)
    if len(fixed) == 1:  # OpenCV draws nothing for a single point
        fixed = fixed.repeat(2, axis=0)
    cv2.polylines(mask, [fixed], False, 255, round(width), cv2.LINE_8, _FIXED_POINT_BITS)


def _pad(spare: float, unit: float) -> float:
    """Return half of ``spare``, the drawing's edge staying on the grid of the 20x20 pixels.

    Without the grid, an enlarged MNIST image of odd width would come back blurred by half a pixel.
    """
    return round(spare / 2 / unit) * unit


def _averaged(mask: Image, box: Sequence[int], left: int, top: int) -> Grey:
    """Scale the square at ``left`` and ``top`` around ``box`` to 20x20 by area.

    Smaller ones are doubled first, as MNIST did.
    """
    column, row, width, height = box
    image = np.zeros((max(width, height),) * 2, np.float32)
    inside = slice(row - top, row - top + height), slice(column - left, column - left + width)
    image[inside] = mask[row : row + height, column : column + width]
    while len(image) < BOX_SIDE:
        image = image.repeat(2, axis=0).repeat(2, axis=1)
    if len(image) == BOX_SIDE:
        return image
    return cv2.resize(image, (BOX_SIDE,) * 2, interpolation=cv2.INTER_AREA).astype(np.float32)


def _sampled(mask: Image, left: float, top: float, unit: float) -> Grey:
    """Take the middles of 20x20 squares of ``unit`` pixels: where a spline has its own values."""
    to_mask = np.array(
        [[unit, 0, left + unit / 2 - 0.5], [0, unit, top + unit / 2 - 0.5]], dtype=np.float64
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    small = cv2.warpAffine(mask.astype(np.float32), to_mask, (BOX_SIDE,) * 2, flags=flags)
    return small.astype(np.float32)


def _smoothly_enlarged(mask: Image, box: Sequence[int]) -> Box | None:
    """Return the box of the small image that splines enlarged to ``mask``; None for other masks.

    Splines spread ink by half an old pixel on every side, and rise all the way to the middle of
    the old pixel inside. Drawn ink has risen long before, and enlarged pixels rise at once.
    """
    left, top, width, height = box
    unit = max(width, height) / (BOX_SIDE + 1)
    if unit < _LEAST_ENLARGEMENT:
        return None
    ink = mask[top : top + height, left : left + width]
    across = _risen(ink.max(axis=0).astype(np.float64), unit)
    down = _risen(ink.max(axis=1).astype(np.float64), unit)
    if across is None or down is None:
        return None
    unit = max(across.length, down.length) / BOX_SIDE
    (x, wide), (y, high) = across.in_whole(unit), down.in_whole(unit)
    return Box(left + x, top + y, wide, high)


class _Span(NamedTuple):
    """From where to where ink reaches along one axis, and how strong it is at either end."""

    start: float
    end: float
    start_level: float
    end_level: float

    @property
    def length(self) -> float:
        return self.end - self.start

    def in_whole(self, unit: float) -> tuple[float, float]:
        """Return start and length in whole units, kept where the end is stronger and surer."""
        length = round(self.length / unit) * unit
        return (self.start if self.start_level >= self.end_level else self.end - length), length


def _risen(profile: npt.NDArray[np.float64], unit: float) -> _Span | None:
    """Return the span between the halves of the rises at both ends of a profile.

    None where one of them does not go on for a whole ``unit``.
    """
    ends: list[tuple[float, float]] = []
    for rising in (profile, profile[::-1]):
        start = rising[: round(unit) + 1]
        middles = np.arange(len(start)) + 0.5
        quarter, half, full = np.interp(unit * np.array([0.25, 0.5, 1.0]), middles, start)
        if not 0 < quarter < 0.75 * half < 0.75**2 * full:
            return None
        ends.append((float(np.interp(full / 2, start, middles)), float(full)))
    (first, first_level), (last, last_level) = ends
    return _Span(first, len(profile) - last, first_level, last_level)


def _centre_of_mass(image: npt.NDArray[np.floating]) -> tuple[float, float]:
    """Return x and y, with a pixel's centre half a unit from its edges."""
    along = np.arange(len(image)) + 0.5
    total = float(image.sum())
    return float(image.sum(axis=0) @ along) / total, float(image.sum(axis=1) @ along) / total
