"""The ink of a picture: paper, shadows, noise and dirt taken away.

A clean picture (flat paper, no noise) keeps every grey level of its ink. Of any other, the paper is
estimated as a smooth surface, and ink is what stands out against it with a sharp edge. Which of the
two is dark, and of what colour they are, comes out of the picture.
"""

import cv2
import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import Image
from digitpad.core.sheet import continued, find_sheet

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_FLAT_SHARE = 0.25
"""Share of equal pixels from which on paper may be called flat: the thickest digits leave more."""
_FAINT = 0.25
"""Share of the ink's contrast up to which grey may be an artefact of compression."""
_ROUGH_SHARE = 0.3
"""Rough pixels around ink, per pixel of its outline, above which a picture is noisy. Measured on
MNIST: at most 0.07 when enlarged by pixels or area and 0.34 by splines, at least 0.4 as JPEG."""
_FAINTEST_CLEAN = 16
"""Grey levels that noise alone does not reach on paper so black or white that it looks flat."""
_GHOST = 0.03
"""Share of the ink's contrast below which a part of its own is not seen: eight grey levels."""
_GREY_STEP = 0.25
"""Square of the smallest difference that is one: half a grey level."""
_PAPER_SIDE = 96
"""Longest side at which paper is estimated: coarse enough to average noise away."""
_DARKEST_PAPER = 32.0
"""Brightness below which contrast is no longer taken relative to the paper, as noise would win."""
_LEAST_CONTRAST = 0.12
"""Contrast of the faintest ink, relative to the paper's brightness; a light pencil has 0.2."""
_EDGE = 0.04
"""Share of the longest side within which ink rises by half; shadows take three times as long."""
_SPECK = 0.15
"""Size, relative to the largest part of the ink, below which a part of it is dirt."""
_INSIDE = 0.1
"""Size, relative to the picture, from which on ink inside makes what touches the border dirt."""
_TOUCHING = np.ones((3, 3), np.uint8)


def extract_ink(rgb: Image) -> Image:
    """Return a mask of shape (h, w), 0 where there is paper and up to 255 where there is ink.

    All of it is 0 where there is nothing but paper. Of a sheet on a desk, the sheet is the paper.
    """
    mask = _ink_on_paper(rgb)
    sheet = find_sheet(mask)
    return mask if sheet is None else _ink_on_paper(continued(rgb, sheet)) * sheet


def _ink_on_paper(rgb: Image) -> Image:
    colours = rgb.astype(np.float32)
    flat = _flat_paper(rgb)
    if flat is not None:
        difference = colours - flat
        differs = np.abs(difference) @ np.ones(3, np.float32) > 0
        contrast = _along_ink(difference, differs)
        if _is_clean(contrast):
            mask = np.rint(np.clip(contrast, 0, 255)).astype(np.uint8)
            return _without_border_dirt(_without_ghosts(mask))
    return _without_specks(_without_border_dirt(_from_photo(colours)))


def _flat_paper(rgb: Image) -> Floats | None:
    """Return the colour of flat paper: that of the border or, inside a frame, the commonest.

    None where the border is not flat, or no colour covers enough.
    """
    codes = rgb.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    border = _border(codes)
    code, count = _commonest(border)
    if count < border.size / 2:
        return None
    if np.count_nonzero(codes == code) < _FLAT_SHARE * codes.size:
        code, count = _commonest(codes.ravel())
        if count < _FLAT_SHARE * codes.size:
            return None
    return np.array([code >> 16, code >> 8 & 255, code & 255], np.float32)


def _commonest(codes: npt.NDArray[np.integer]) -> tuple[int, int]:
    values, counts = np.unique(codes, return_counts=True)
    best = counts.argmax()
    return int(values[best]), int(counts[best])


def _is_clean(contrast: Floats) -> bool:
    """Tell a flat picture's antialiasing and greys from the ringing that JPEG leaves around ink.

    Ringing goes up and down beyond the pixels that touch ink. Antialiasing ends there, and the
    greys of enlarged pictures are smooth.
    """
    strongest = float(contrast.max())
    if strongest < _FAINTEST_CLEAN:
        return strongest == 0
    ink = (contrast > _FAINT * strongest).astype(np.uint8)
    grown = cv2.dilate(ink, _TOUCHING)
    right, down = np.diff(contrast, axis=1), np.diff(contrast, axis=0)
    rough = np.zeros(contrast.shape, bool)
    rough[:, 1:-1] = right[:, 1:] * right[:, :-1] < -_GREY_STEP
    rough[1:-1] |= down[1:] * down[:-1] < -_GREY_STEP
    return bool((rough & (grown == 0)).sum() <= _ROUGH_SHARE * (grown - ink).sum())


def _along_ink(difference: Floats, where: Flags) -> Floats:
    """Return the difference from the paper, of shape (h, w, 3), along the colour of the ink.

    That colour is the direction of most of the difference at ``where``.
    """
    chosen = difference[where].astype(np.float64)
    _, vectors = np.linalg.eigh(chosen.T @ chosen)
    # per channel, so that grey ink has its own grey levels
    projected: Floats = difference @ (vectors[:, -1] / np.sqrt(3)).astype(np.float32)
    return projected if (projected[where] ** 3).sum() >= 0 else -projected


def _from_photo(colours: Floats) -> Image:
    paper = _paper(colours)
    brightness = np.maximum(paper.mean(axis=2, keepdims=True), _DARKEST_PAPER)
    relative = _without_grain((colours - paper) / brightness)
    distance = np.linalg.norm(relative, axis=2)
    contrast = _along_ink(relative, distance > distance.max() / 2)
    ink_level = float(np.median(contrast[contrast >= contrast.max() / 2]))
    # without what may be ink: a sheet on a desk is most of the picture, and shadows lie on it
    grounds = contrast[contrast <= max(ink_level / 2, float(contrast.min()))]
    noise = 1.4826 * float(np.median(np.abs(grounds - np.median(grounds))))
    noise = max(noise, 1 / float(np.median(brightness)))  # where black clips it, little is seen
    if ink_level < max(_LEAST_CONTRAST, 6 * noise):
        return np.zeros(contrast.shape, np.uint8)
    # ruled lines, ringing and the tail of the noise stay below; the middle of an edge is between
    low, high = max(0.3 * ink_level, 4 * noise), max(0.6 * ink_level, 5 * noise)
    reach = np.ones((max(3, round(_EDGE * max(contrast.shape))),) * 2, np.uint8)
    sharp = cv2.dilate(contrast, reach) - cv2.erode(contrast, reach) > ink_level / 2
    ink = _connected_to((contrast > high) & sharp, contrast > low)
    levels = np.clip((contrast - low) / (0.75 * ink_level - low), 0, 1) * ink
    mask: Image = np.rint(levels * 255).astype(np.uint8)
    return mask


def _without_grain(image: Floats) -> Floats:
    """Blur about as much as a camera's lens and sensor do, which a thin pen survives."""
    sigma = max(image.shape[:2]) / 800
    return cv2.GaussianBlur(image, (0, 0), sigma).astype(np.float32) if sigma > 0.3 else image


def _paper(colours: Floats) -> Floats:
    """Estimate what the picture would be without ink, as a smooth surface of the same shape.

    First a quadratic surface; then what is left beside it, averaged over paper near by, so that
    shadows are followed too.
    """
    height, width = colours.shape[:2]
    scale = min(1.0, _PAPER_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(colours, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    known = _reached_from_border(small)
    surface = _quadratic_surface(small, known)
    reach = max(size) / 20
    for _ in range(4):  # what an average leaves of a shadow's edge, the next one finds
        near = cv2.GaussianBlur((small - surface) * known[..., None], (0, 0), reach)
        weight = cv2.GaussianBlur(known, (0, 0), reach)[..., None]
        surface = surface + near / (weight + 0.01)
        faint = _LEAST_CONTRAST * np.maximum(surface.mean(axis=2), _DARKEST_PAPER)
        known = np.maximum(known, (np.abs(small - surface).max(axis=2) < faint).astype(np.float32))
    return cv2.resize(surface, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _reached_from_border(small: Floats) -> Floats:
    """Return 1 for paper: what no edge separates from a good part of the border.

    An edge is steeper than noise, than a soft shadow, and than a fifth of the steepest one.
    """
    step = (cv2.dilate(small, _TOUCHING) - cv2.erode(small, _TOUCHING)).max(axis=2)
    gentle = 0.1 * max(float(np.median(small)), _DARKEST_PAPER)
    smooth = step <= max(0.2 * float(step.max()), 3 * float(np.median(step)), gentle)
    _, labels = cv2.connectedComponents(smooth.astype(np.uint8), connectivity=4)
    border = _border(labels)
    counts = np.bincount(border, minlength=labels.max() + 1)
    wide = np.flatnonzero(counts >= 0.15 * border.size)
    known = np.isin(labels, wide[wide > 0])
    return (known if known.any() else np.ones_like(known)).astype(np.float32)


def _quadratic_surface(small: Floats, known: Floats) -> Floats:
    """Fit a quadratic surface to the pixels that are known, with less weight for outliers."""
    height, width = small.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 6)
    values, weights = small.reshape(-1, 3), known.reshape(-1, 1)
    surface = values
    for _ in range(8):
        weighted = terms * weights
        surface = terms @ np.linalg.lstsq(weighted.T @ terms, weighted.T @ values, rcond=None)[0]
        distance = np.linalg.norm(values - surface, axis=1)[:, None]
        spread = max(2.0, 1.4826 * float(np.median(distance)))
        weights = known.reshape(-1, 1) / (1 + (distance / (2 * spread)) ** 2) ** 2
    return surface.reshape(small.shape).astype(np.float32)


def _connected_to(seeds: Flags, candidates: Flags) -> Flags:
    _, labels = cv2.connectedComponents(candidates.astype(np.uint8), connectivity=8)
    return np.isin(labels, np.unique(labels[seeds & candidates]))


def _without_ghosts(mask: Image) -> Image:
    """Take away parts that nobody sees: rings around enlarged ink, a watermark, a stray pixel."""
    seen = _connected_to(mask >= _GHOST * float(mask.max()), mask > 0)
    return np.where(seen, mask, 0).astype(np.uint8)


def _without_border_dirt(mask: Image) -> Image:
    """Take away what comes in over the border (a frame, a thumb), where there is ink inside."""
    labels, extents = _parts(mask)
    outside = np.isin(np.arange(len(extents)), _border(labels))
    outside[0] = False
    if extents[~outside].max() < _INSIDE * max(mask.shape):
        return mask
    return np.where(outside[labels], 0, mask).astype(np.uint8)


def _without_specks(mask: Image) -> Image:
    labels, extents = _parts(mask)
    return np.where((extents < _SPECK * extents.max())[labels], 0, mask).astype(np.uint8)


def _parts(mask: Image) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.integer]]:
    """Return the label of each pixel's connected part, and the parts' longest sides.

    Part 0 is the paper, of size 0.
    """
    _, labels, boxes, _ = cv2.connectedComponentsWithStats((mask > 0).astype(np.uint8))
    extents = boxes[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    extents[0] = 0
    return labels.astype(np.int32, copy=False), extents


def _border(labels: npt.NDArray[np.integer]) -> npt.NDArray[np.integer]:
    return np.concatenate([labels[0], labels[-1], labels[1:-1, 0], labels[1:-1, -1]])
