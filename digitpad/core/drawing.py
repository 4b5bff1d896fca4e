"""What can be recognised, and what the network gets to see of it. Loads no image library."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from digitpad.core.ink import Box, Ink

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Image: TypeAlias = "npt.NDArray[np.uint8]"
"""Levels from 0 to 255. Where nothing else is said: grey, 0 is paper, shape (height, width)."""

SIDE = 28
"""Pixels along each side of the image that the network gets to see."""
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff")
"""How the names of files end that a Picture can be read from."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An upright RGB picture without alpha, encoded as PNG; sizes are in pixels."""

    png: bytes
    width: int
    height: int


Drawing = Ink | Picture


@dataclass(frozen=True, eq=False, slots=True)
class Normalised:
    """A drawing as the network sees it, and the steps that led there.

    ``image`` has shape (28, 28); ``box`` (the tight box of all ink, its longest side scaled to
    20 pixels) and ``centre_of_mass`` are in the units of the drawing; ``shift`` is the column and
    row at which the 20x20 square was put.
    """

    image: Image
    box: Box
    centre_of_mass: tuple[float, float]
    shift: tuple[int, int]
