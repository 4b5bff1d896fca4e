"""What there is to train and judge on: files of pictures and of ink, read and checked."""

import gzip
import hashlib
import json
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitpad.core.errors import InputError
from digitpad.core.formats.ink_lines import LabelledInk, is_ink_lines, parse_ink_line, raw_lines
from digitpad.core.ink import Ink
from digitpad.core.normalise import SIDE

Images = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int64]

_IDX_IMAGES, _IDX_LABELS = 0x0803, 0x0801


@dataclass(frozen=True, eq=False, slots=True)
class Pictures:
    """Labelled images of shape (n, 28, 28), normalised as MNIST is."""

    name: str
    images: Images
    labels: Labels


@dataclass(frozen=True, eq=False, slots=True)
class Drawings:
    """Labelled vector ink; labels other than a digit's are kept as they are."""

    name: str
    inks: tuple[Ink, ...]
    labels: tuple[str, ...]
    writers: tuple[str, ...]

    def without(self, labels: Collection[str]) -> "Drawings":
        return self.where(label not in labels for label in self.labels)

    def where(self, keep: Iterable[bool]) -> "Drawings":
        rows = [i for i, kept in enumerate(keep) if kept]
        return Drawings(
            self.name,
            tuple(self.inks[i] for i in rows),
            tuple(self.labels[i] for i in rows),
            tuple(self.writers[i] for i in rows),
        )


@dataclass(frozen=True, eq=False, slots=True)
class Data:
    """All that was found, and the SHA-256 of each file by its name."""

    pictures: tuple[Pictures, ...]
    drawings: tuple[Drawings, ...]
    hashes: dict[str, str]


def load(paths: Iterable[Path]) -> Data:
    """Read every data set at ``paths``: IDX images (their labels beside them) and ink lines.

    A folder is searched with all below it. Raises InputError that names file and place of the first
    fault, or says that there is nothing.
    """
    paths = tuple(paths)
    files = sorted({file for path in paths for file in _files(path)})
    images = [file for file in files if _is_idx_images(file)]
    inks = [file for file in files if is_ink_lines(file)]
    if not images and not inks:
        places = ", ".join(str(path) for path in paths)
        raise InputError(f"There is no data at {places}: neither IDX files nor ink lines.")
    hashed = [*images, *(_labels_beside(file) for file in images), *inks]
    return Data(
        tuple(read_idx_pair(file) for file in images),
        tuple(read_drawings(file) for file in inks),
        {file.name: _sha256(file) for file in hashed},
    )


def read_idx_pair(images: Path) -> Pictures:
    """Read IDX images of 28x28 and the labels beside them. Raises InputError."""
    labels = _labels_beside(images)
    pixels = _read_idx(images, _IDX_IMAGES)
    classes = _read_idx(labels, _IDX_LABELS)
    if pixels.shape[1:] != (SIDE, SIDE):
        raise InputError(f"{images} has images of {pixels.shape[1:]} pixels instead of 28x28.")
    if len(pixels) != len(classes):
        raise InputError(f"{images} has {len(pixels)} images but {labels} {len(classes)} labels.")
    if len(wrong := np.flatnonzero(classes > 9)):
        raise InputError(
            f"{labels}: label {wrong[0] + 1} is {classes[wrong[0]]}, which is no digit."
        )
    name = images.name.split(".")[0].split("-images")[0]
    return Pictures(name, pixels, classes.astype(np.int64))


def read_drawings(path: Path) -> Drawings:
    """Read ink lines with labels; lines marked as suspect are left out. Raises InputError."""
    lines = [_labelled(path, number, text) for number, text in raw_lines(path)]
    kept = [line for line in lines if line is not None]
    if not kept:
        raise InputError(f"{path} holds no drawings.")
    return Drawings(
        path.name.split(".")[0],
        tuple(line.ink for line in kept),
        tuple(str(line.label) for line in kept),
        tuple(line.writer or "" for line in kept),
    )


def _labelled(path: Path, number: int, text: bytes) -> LabelledInk | None:
    drawing = parse_ink_line(text, str(path), number)
    if drawing.label is None:
        raise InputError(f"{path}, line {number} has no label.")
    if b'"suspect"' in text and json.loads(text).get("suspect"):
        return None
    return drawing


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise InputError(f"There is no file or folder {path}.")
    yield from (file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)


def _is_idx_images(path: Path) -> bool:
    return "images-idx3-ubyte" in path.name


def _labels_beside(images: Path) -> Path:
    return images.with_name(
        images.name.replace("images-idx3-ubyte", "labels-idx1-ubyte"),
    )


def _read_idx(path: Path, magic: int) -> npt.NDArray[np.uint8]:
    try:
        raw = path.read_bytes()
        content = gzip.decompress(raw) if path.name.endswith(".gz") else raw
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}.", repr(error)) from error
    dimensions = magic & 0xFF
    header = 4 + 4 * dimensions
    if len(content) < header or struct.unpack(">I", content[:4])[0] != magic:
        raise InputError(f"{path} is not an IDX file of {dimensions}-dimensional bytes.")
    shape = struct.unpack(f">{dimensions}I", content[4:header])
    expected = int(np.prod(shape, dtype=np.int64))
    if len(content) - header != expected or expected == 0:
        raise InputError(
            f"{path} should hold {expected} bytes of data but holds {len(content) - header}."
        )
    return np.frombuffer(content, np.uint8, offset=header).reshape(shape)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
