"""Pictures from outside -> small upright RGB pictures, whatever they were before."""

import io
import warnings
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from digitpad.core.drawing import Picture
from digitpad.core.errors import InputError

FORMATS: Final = ("PNG", "JPEG", "BMP", "WEBP", "TIFF")
MAX_SIDE: Final = 1024
"""Longest side that is kept: ample for one digit, and quick to look through."""
MAX_PIXELS: Final = 64_000_000
"""More than the cameras of most phones; about 250 MB when decoded, twice that at times."""

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_UNIFORM = 64
"""Grey levels within which all that is visible of a transparent picture counts as one ink."""


def read_picture(data: bytes, source: str) -> Picture:
    """Read a PNG, JPEG, BMP, WebP or TIFF; of several frames, the first.

    Raises InputError for anything else, and before decoding for what is too large to decode.
    """
    if not data:
        raise InputError(f"{source} is empty.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _read(data, source)
    except InputError:
        raise
    except UnidentifiedImageError as exc:
        raise InputError(
            f"{source} is not a picture that can be read: use PNG, JPEG, BMP, WebP or TIFF.",
            repr(exc),
        ) from exc
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise _too_large(source) from exc
    except Exception as exc:  # Pillow's decoders raise of almost every kind on damaged files
        raise InputError(
            f"{source} is damaged or cut short: open it in another program and save it again.",
            repr(exc),
        ) from exc


def _read(data: bytes, source: str) -> Picture:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise _too_large(source)
        image.draft(None, (MAX_SIDE, MAX_SIDE))
        ImageOps.exif_transpose(image, in_place=True)
    colour = _eight_bit(image)
    mode = "RGBA" if colour.has_transparency_data else "RGB"
    if colour.mode != mode:  # convert() copies even so
        colour = colour.convert(mode)
    # bilinear: the sharper filters overshoot and would draw a faint halo around ink
    colour.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BILINEAR)
    flat = _on_contrast(colour) if colour.mode == "RGBA" else colour
    png = io.BytesIO()
    flat.save(png, "PNG", compress_level=1)
    return Picture(png.getvalue(), *flat.size)


def _too_large(source: str) -> InputError:
    return InputError(
        f"{source} has more than {MAX_PIXELS // 1_000_000} million pixels: scale it down first."
    )


def _eight_bit(image: Image.Image) -> Image.Image:
    """Bring 16-bit and floating-point grey levels to 0..255; other pictures are left alone."""
    if not image.mode.startswith(("I", "F")):
        return image
    grey = image.convert("F")
    if image.mode == "F":
        grey = Image.fromarray(np.nan_to_num(np.asarray(grey)))
    small = grey.reduce(max(1, max(image.size) // MAX_SIDE))  # numpy takes several times the memory
    levels: npt.NDArray[np.floating] = np.asarray(small, dtype=np.float32)
    top = float(levels.max(initial=0))
    if image.mode.startswith("I;16") or top > 255:
        levels = levels / 257
    elif top <= 1:
        levels = levels * 255
    return Image.fromarray(np.rint(np.clip(levels, 0, 255)).astype(np.uint8))


def _on_contrast(image: Image.Image) -> Image.Image:
    """Lay a transparent picture on a ground on which its ink can be seen."""
    ground = Image.new("RGBA", image.size, (*_ground(np.asarray(image)), 255))
    return Image.alpha_composite(ground, image).convert("RGB")


def _ground(rgba: npt.NDArray[np.uint8]) -> tuple[int, int, int]:
    visible = rgba[rgba[..., 3] >= 128]
    if len(visible) == 0:
        visible = rgba[rgba[..., 3] > 0]
    if len(visible) == 0:
        return _WHITE
    grey = visible[:, :3] @ np.array([0.299, 0.587, 0.114])
    low, high = np.percentile(grey, [2, 98])
    covers = len(visible) > rgba.shape[0] * rgba.shape[1] / 2
    if covers and high - low > _UNIFORM:  # it brings its own paper
        red, green, blue = np.median(visible[:, :3], axis=0)
        return int(red), int(green), int(blue)
    return _WHITE if grey.mean() < 128 else _BLACK
