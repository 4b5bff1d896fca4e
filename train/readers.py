"""One data set from its files: IDX pair, CSV, folder of pictures, ink lines, own drawings."""

import codecs
import gzip
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import PICTURE_SUFFIXES, SIDE, Picture
from digitpad.core.errors import InputError
from digitpad.core.formats.files import read_bytes
from digitpad.core.formats.ink_lines import MAX_BYTES, LabelledInk, parse_ink_line, raw_lines
from digitpad.core.ink import Ink
from digitpad.core.normalise import normalise, normalise_picture
from digitpad.core.pictures import read_picture
from digitpad.core.samples import store
from train.data import DIGITS, Drawings, Pictures

_IDX_IMAGES, _IDX_LABELS = 0x0803, 0x0801
_IDX_HOLDS = {_IDX_IMAGES: "images", _IDX_LABELS: "labels"}
_UNLABELLED = (2, SIDE * SIDE)
"""Columns of Kaggle's sample_submission.csv and test.csv."""
_MNISTS_NAMES = frozenset({"train", "t10k"})
_MAX_BYTES = 4 * 2**30
_MAX_UNPACKED = 2**30
"""Nine times MNIST as a CSV."""


def read_idx_pair(images: Path, labels: Path) -> Pictures:
    """Read IDX images of 28x28 and their labels. Raises InputError."""
    pixels = _read_idx(images, _IDX_IMAGES)
    classes = _read_idx(labels, _IDX_LABELS)
    if pixels.shape[1:] != (SIDE, SIDE):
        size = "x".join(map(str, pixels.shape[1:]))
        raise InputError(f"{images} has images of {size} pixels instead of 28x28.")
    if len(pixels) != len(classes):
        raise InputError(
            f"{images} has {len(pixels)} images but {labels} has {len(classes)} labels."
        )
    if len(wrong := np.flatnonzero(classes > 9)):
        raise InputError(
            f"{labels}: label {wrong[0] + 1} is {classes[wrong[0]]}, which is not a digit."
        )
    name = images.name.split(".")[0].replace("-images-idx3-ubyte", "")
    return Pictures(name, pixels, classes.astype(np.int64))


def read_csv(path: Path) -> Pictures:
    """Read Kaggle's form: a label and 784 grey levels a row, with or without a header.

    Raises InputError that names the first row at fault.
    """
    content = io.BytesIO(_unpacked(path).removeprefix(codecs.BOM_UTF8))
    lines = io.TextIOWrapper(content, "latin-1")  # one at a time: there may be millions
    rows = [
        _csv_row(path, number, line)
        for number, line in enumerate(lines, start=1)
        if line.strip() and not (number == 1 and _is_header(line))
    ]
    if not rows:
        raise InputError(f"{path} holds no rows.")
    table = np.stack(rows)
    images = table[:, 1:].reshape(-1, SIDE, SIDE)
    return Pictures(_own_name(path), images, table[:, 0].astype(np.int64))


def read_folder(path: Path) -> Pictures:
    """Read a folder that has one of pictures for each class, named 0 to 9. Raises InputError."""
    images, labels = [], []
    for folder in filter(Path.is_dir, _inside(path)):
        if folder.name not in DIGITS:
            raise InputError(f"{folder} is not named after a digit, 0 to 9.")
        for file in _inside(folder):
            if file.suffix.lower() not in PICTURE_SUFFIXES:
                continue
            normalised = normalise_picture(read_picture(read_bytes(file), str(file)))
            if normalised is None:
                raise InputError(f"{file} has no ink in it.")
            images.append(normalised.image)
            labels.append(int(folder.name))
    if not images:
        raise InputError(f"{path} holds no pictures.")
    return Pictures(_own_name(path), np.stack(images), np.array(labels, np.int64))


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder} cannot be read.", str(error)) from error


def _own_name(path: Path) -> str:
    """Return the name of a file or folder as that of a set, told apart from MNIST's own parts."""
    stem = path.name.split(".")[0]
    if stem not in _MNISTS_NAMES:
        return path.name if path.is_dir() else stem
    return f"folder {stem}" if path.name == stem else path.name


def read_drawings(path: Path) -> Drawings:
    """Read ink lines with labels; lines marked as suspect are left out. Raises InputError."""
    lines = [_labelled(path, number, text) for number, text in raw_lines(path, MAX_BYTES)]
    kept = [line for line in lines if line is not None]
    if not kept:
        raise InputError(f"{path} holds no drawings.")
    return Drawings(
        _own_name(path),
        tuple(line.ink for line in kept),
        tuple(str(line.label) for line in kept),
        tuple(line.writer or "" for line in kept),
    )


def read_own(path: Path) -> list[Pictures | Drawings]:
    """Read a file of the person's own drawings: ink and pictures apart. Raises InputError."""
    samples = list(store.read_samples(path))
    inks = [(s.drawing, s.caption) for s in samples if isinstance(s.drawing, Ink)]
    seen = [
        (normalise(s.drawing), s.caption.label) for s in samples if isinstance(s.drawing, Picture)
    ]
    pictures = [(normalised.image, label) for normalised, label in seen if normalised is not None]
    if not inks and not pictures:
        raise InputError(f"{path} holds no drawings.")
    sets: list[Pictures | Drawings] = []
    if inks:
        drawings, captions = zip(*inks, strict=True)
        labels, writers = [str(c.label) for c in captions], [c.writer for c in captions]
        sets.append(Drawings(_own_name(path), drawings, tuple(labels), tuple(writers)))
    if pictures:
        images, classes = zip(*pictures, strict=True)
        name = _own_name(path) + (", pictures" if inks else "")
        sets.append(Pictures(name, np.stack(images), np.array(classes, np.int64)))
    return sets


def _labelled(path: Path, number: int, text: bytes) -> LabelledInk | None:
    drawing = parse_ink_line(text, str(path), number)
    if drawing.label is None:
        raise InputError(f"{path}, line {number} has no label.")
    if b'"suspect"' in text and json.loads(text).get("suspect"):
        return None
    return drawing


def _is_header(line: str) -> bool:
    try:
        float(line.split(",", maxsplit=1)[0])
    except ValueError:
        return True
    return False


def _csv_row(path: Path, number: int, line: str) -> npt.NDArray[np.uint8]:
    columns = 1 + line.count(",")
    if columns != 1 + SIDE * SIDE:
        kaggle = " Of Kaggle's files, use train.csv alone." if columns in _UNLABELLED else ""
        raise InputError(
            f"{path}, row {number} has {columns} columns; expected a label and 784 grey levels."
            + kaggle
        )
    cells = line.split(",")
    try:
        values = np.array(cells, dtype=np.float64)
    except ValueError as error:
        raise InputError(f"{path}, row {number} contains something other than numbers.") from error
    if not (0 <= values[0] <= 9 and values[0] == int(values[0])):
        raise InputError(f"{path}, row {number}: label {cells[0]} is not a digit.")
    if not ((values >= 0) & (values <= 255)).all():
        raise InputError(f"{path}, row {number} has a grey level outside 0 to 255.")
    if (values != values.round()).any():
        raise InputError(
            f"{path}, row {number} has grey levels that are not whole numbers; expected 0 to 255."
        )
    return values.astype(np.uint8)


def _read_idx(path: Path, magic: int) -> npt.NDArray[np.uint8]:
    content = _unpacked(path)
    dimensions = magic & 0xFF
    header = 4 + 4 * dimensions
    if len(content) < header or struct.unpack(">I", content[:4])[0] != magic:
        raise InputError(f"{path} is not an IDX file of {_IDX_HOLDS[magic]}.")
    shape = struct.unpack(f">{dimensions}I", content[4:header])
    expected = int(np.prod(shape, dtype=np.int64))
    if len(content) - header != expected or expected == 0:
        raise InputError(
            f"{path} should hold {expected} bytes of data but holds {len(content) - header}."
        )
    return np.frombuffer(content, np.uint8, offset=header).reshape(shape)


def _unpacked(path: Path) -> bytes:
    raw = read_bytes(path, _MAX_BYTES)
    if not path.name.endswith(".gz"):
        return raw
    try:
        with gzip.open(io.BytesIO(raw)) as file:
            content = file.read(_MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            f"{path} is truncated or not gzip: download it again.", repr(error)
        ) from error
    if len(content) > _MAX_UNPACKED:
        raise InputError(f"{path} is larger than {_MAX_UNPACKED // 2**20} MB once unpacked.")
    return content
