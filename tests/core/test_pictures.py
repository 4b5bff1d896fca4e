"""Pictures of every kind come in upright, flat and small; anything else is refused in words."""

import io
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digitpad.core.drawing import Picture
from digitpad.core.errors import InputError
from digitpad.core.pictures import MAX_PIXELS, MAX_SIDE, read_picture
from tests.drawings import coverage, sample_digits

FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF")
SIZE = (90, 60)
ORIENTATION = 0x0112


def seven() -> Image.Image:
    """Return a 7, black on white, that is neither square nor symmetric."""
    share = coverage(sample_digits()[7], SIZE, 44, 0.12)
    return Image.fromarray(np.rint(255 * (1 - share)).astype(np.uint8))


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def levels(picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.int_]]:
    """Return the grey levels of a picture, which has to be what it says it is."""
    with Image.open(io.BytesIO(picture.png)) as image:
        assert (image.format, image.mode, image.size) == (
            "PNG",
            "RGB",
            (picture.width, picture.height),
        )
        return np.asarray(image.convert("L")).astype(int)


SEVEN = np.asarray(seven()).astype(int)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    picture = read_picture(encoded(seven(), kind, **options), "x")
    assert np.abs(levels(picture) - SEVEN).mean() < 2


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "LA", "RGBA", "CMYK", "YCbCr", "I", "F"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    kinds = {"P": "PNG", "LA": "PNG", "RGBA": "PNG", "YCbCr": "JPEG"}
    kind = kinds.get(mode, "TIFF")
    picture = read_picture(encoded(seven().convert(mode), kind), "x")
    tolerance = 20 if mode == "1" else 2
    assert np.abs(levels(picture) - SEVEN).mean() < tolerance


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_a_pixel_keep_the_grey_levels(kind: str) -> None:
    deep = Image.fromarray((SEVEN * 257).astype(np.uint16))
    assert np.array_equal(levels(read_picture(encoded(deep, kind), "x")), SEVEN)


def test_floating_point_from_0_to_1_keeps_the_grey_levels() -> None:
    deep = Image.fromarray((SEVEN / 255).astype(np.float32))
    assert np.array_equal(levels(read_picture(encoded(deep, "TIFF"), "x")), SEVEN)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_comes_in_upright(kind: str, orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    turned = seven().transpose(undo[orientation]) if orientation in undo else seven()
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture = read_picture(encoded(turned, kind, exif=exif), "x")
    assert (picture.width, picture.height) == SIZE
    assert np.abs(levels(picture) - SEVEN).mean() < 3


@pytest.mark.parametrize("ink", [0, 255])
def test_ink_on_nothing_is_laid_on_what_it_contrasts_with(ink: int) -> None:
    clear = Image.new("LA", SIZE, (ink, 0))
    clear.putalpha(seven().point(lambda level: 255 - level))
    found = levels(read_picture(encoded(clear), "x"))
    assert np.abs(found - (SEVEN if ink == 0 else 255 - SEVEN)).max() <= 1


def test_a_picture_with_its_own_paper_keeps_it_behind_clear_corners() -> None:
    dark = Image.merge("RGB", [seven().point(lambda level: 255 - level)] * 3)
    alpha = Image.new("L", SIZE, 255)
    alpha.paste(0, (0, 0, 9, 9))
    dark.putalpha(alpha)
    assert levels(read_picture(encoded(dark), "x"))[0, 0] == 0


def test_a_clear_colour_of_a_palette_counts_as_nothing() -> None:
    palette = seven().point(lambda level: 1 if level < 128 else 0).convert("P")
    palette.putpalette([255, 0, 0, 255, 255, 255] + [0] * 750)
    found = levels(read_picture(encoded(palette, transparency=0), "x"))
    assert found.min() == 0
    assert found[SEVEN < 100].min() == 255


def test_a_wholly_transparent_picture_is_blank() -> None:
    found = levels(read_picture(encoded(Image.new("RGBA", SIZE, (0, 0, 0, 0))), "x"))
    assert (found == 255).all()


@pytest.mark.parametrize("size", [(3000, 1500), (10, 9000), (1025, 3)])
def test_a_large_picture_is_scaled_down(size: tuple[int, int]) -> None:
    picture = read_picture(encoded(Image.new("L", size, 255), "JPEG"), "x")
    assert max(picture.width, picture.height) == MAX_SIDE
    wanted = size[0] / size[1]
    assert picture.width / picture.height == pytest.approx(
        wanted, rel=0.3 if min(size) < 20 else 0.01
    )


def test_the_first_of_several_frames_is_taken() -> None:
    blank = Image.new("L", SIZE, 255)
    many = encoded(seven(), "TIFF", save_all=True, append_images=[blank])
    assert np.array_equal(levels(read_picture(many, "x")), SEVEN)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that says it is large and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize("size", [(MAX_PIXELS, 2), (8001, 8001), (10_000, 9_500), (50_000, 50_000)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    started = time.process_time()
    with pytest.raises(InputError, match=r"bomb\.png has more than 64 million pixels"):
        read_picture(bomb(*size), "bomb.png")
    assert time.process_time() - started < 1


PEAK = """
import re
import sys
from pathlib import Path
from digitpad.core.pictures import read_picture

def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024

small, *large = (Path(name).read_bytes() for name in sys.argv[1:])
read_picture(small, "x")
before = peak()
for data in large:
    read_picture(data, "x")
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_a_large_picture_takes_little_more_memory_than_its_pixels(tmp_path: Path) -> None:
    side = 4000
    images = [seven(), *(Image.new(mode, (side, side)) for mode in ("RGB", "I;16"))]
    for image in images:
        (tmp_path / image.mode).write_bytes(encoded(image, compress_level=1))
    files = [tmp_path / image.mode for image in images]
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, *files], capture_output=True, text=True, check=True
    )
    assert int(ran.stdout) / side**2 < 10  # bytes; each copy of one takes 4


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "f is empty"),
        (b"hello", "f is not a picture that can be read"),
        (b"%PDF-1.7 ...", "f is not a picture that can be read"),
        (encoded(seven(), "GIF"), "f is not a picture that can be read"),
        (encoded(seven(), "PNG")[:300], "f is damaged or cut short"),
        (encoded(seven(), "JPEG")[:600], "f is damaged or cut short"),
        (encoded(seven(), "WEBP")[:200], "f is damaged or cut short"),
        (encoded(seven(), "TIFF")[:200], "f is damaged|f is not a picture"),
        (encoded(seven(), "BMP")[:1500], "f is damaged or cut short"),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_picture(data, "f")


@settings(max_examples=200)
@given(st.sampled_from([encoded(seven(), kind) for kind in FORMATS]), st.data())
def test_a_damaged_picture_is_read_or_refused(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = read_picture(bytes(damaged), "x")
    except InputError:
        return
    assert levels(picture).shape == (picture.height, picture.width)
