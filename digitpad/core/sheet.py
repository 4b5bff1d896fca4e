"""A sheet of paper on a desk: found in what was taken for ink, and continued over the picture."""

import cv2
import numpy as np

from digitpad.core.drawing import Image

_LEAST_SHARE = 0.1
"""Share of a picture that a sheet covers at least."""
_LEAST_SIDE = 48
"""Pixels below which a rectangle with a hole is rather a bold 0 than a sheet."""
_RECTANGULAR = 0.9
"""Share of its upright or turned rectangle that a sheet covers, seen at an angle; a 0 has 0.8."""
_LEAST_WRITTEN, _MOST_WRITTEN = 0.005, 0.25
"""Share of a sheet that is written on."""
_EDGE = 0.03
"""Share of its shorter side that is left out at the edge of a sheet, for its shadow."""


def find_sheet(mask: Image) -> "Image | None":
    """Return 1 where a sheet lies that was taken for ink, 0 elsewhere; None without a sheet.

    It is a large rectangle, solid but for what is written on it.
    """
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    outline = max(contours, key=cv2.contourArea)
    area, (_, sides, _) = cv2.contourArea(outline), cv2.minAreaRect(outline)
    large = min(sides) >= _LEAST_SIDE and area >= _LEAST_SHARE * mask.size
    if not large or area < _RECTANGULAR * sides[0] * sides[1]:
        return None
    whole = cv2.drawContours(np.zeros_like(mask), [outline], -1, 1, cv2.FILLED)
    edge = np.ones((max(3, round(2 * _EDGE * min(sides))),) * 2, np.uint8)
    sheet = cv2.erode(whole, edge, borderType=cv2.BORDER_CONSTANT, borderValue=0).astype(np.uint8)
    written = float((mask[sheet > 0] == 0).mean())
    return sheet if _LEAST_WRITTEN < written < _MOST_WRITTEN else None


def continued(rgb: Image, sheet: Image) -> Image:
    """Return the picture with the sheet's nearest colour wherever the sheet is not."""
    _, nearest = cv2.distanceTransformWithLabels(
        1 - sheet, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    colours = np.zeros((int(nearest.max()) + 1, 3), np.uint8)
    colours[nearest[sheet > 0]] = rgb[sheet > 0]
    filled: Image = colours[nearest]
    return filled
