"""Labelled drawings from files and folders, and out to them.

In: ink lines, InkML, pictures and other stores. Out: ink lines, which hold vector ink only, or a
folder with one InkML or PNG file a drawing in a sub-folder for each digit.
"""

import gzip
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digitpad.core.drawing import PICTURE_SUFFIXES, Drawing, Picture
from digitpad.core.errors import InputError, StorageError
from digitpad.core.formats import ink_lines, inkml
from digitpad.core.formats.files import read_bytes, reason, write_atomically
from digitpad.core.ink import Ink
from digitpad.core.samples.sample import Caption, Sample
from digitpad.core.samples.store import SUFFIX, read_samples

_SUFFIXES = (*ink_lines.SUFFIXES, *inkml.SUFFIXES, *PICTURE_SUFFIXES, SUFFIX)
_DIGITS = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class Found:
    """What there was to take in; ``unlabelled`` counts what lacks ink or a digit as its label.

    ``faults`` has a sentence for each file and folder that cannot be read.
    """

    samples: tuple[Sample, ...]
    unlabelled: int
    faults: tuple[str, ...]


def read_files(paths: Iterable[Path]) -> Found:
    """Read all drawings of files and of folders with all below them.

    InkML and pictures without a label of their own take the name of their folder, if that is a
    digit. Of a file that is at fault nothing is read. Raises InputError where that is so of all.
    """
    now = datetime.now(UTC)
    read: list[Sample | None] = []
    faults: list[InputError] = []
    for path in _expanded(paths, faults):
        try:
            read += list(_read(path, now))
        except InputError as error:
            faults.append(error)
    if faults and not read:
        raise InputError(str(faults[0]), "\n".join(f"{f} {f.details}".strip() for f in faults))
    samples = tuple(sample for sample in read if sample is not None)
    return Found(samples, len(read) - len(samples), tuple(map(str, faults)))


def write_ink_lines(path: Path, samples: Iterable[Sample]) -> int:
    """Write the samples that are ink, gzipped if ``path`` says so; returns how many they were.

    Raises StorageError.
    """
    lines = [
        ink_lines.format_ink_line(s.drawing, str(s.caption.label), s.caption.writer or None)
        for s in samples
        if isinstance(s.drawing, Ink)
    ]
    data = b"".join(lines)
    write_atomically(path, gzip.compress(data) if path.name.lower().endswith(".gz") else data)
    return len(lines)


def write_folder(folder: Path, samples: Mapping[int, Sample]) -> int:
    """Write one file a drawing, named by its number; returns how many. Raises StorageError."""
    for number, sample in samples.items():
        label = str(sample.caption.label)
        target = folder / label / f"{number:06}"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = f"{target.parent} cannot be made: {reason(error)}."
            raise StorageError(text, repr(error)) from error
        if isinstance(sample.drawing, Picture):
            write_atomically(target.with_suffix(".png"), sample.drawing.png)
        else:
            write_atomically(target.with_suffix(".inkml"), inkml.write_inkml(sample.drawing, label))
    return len(samples)


def _expanded(paths: Iterable[Path], faults: list[InputError]) -> Iterator[Path]:
    """Yield the files, those of folders sorted; a folder that is locked is one of ``faults``."""

    def locked(error: OSError) -> None:
        text = f"{error.filename} cannot be looked into: {reason(error)}."
        faults.append(InputError(text, repr(error)))

    for path in paths:
        if _is_folder(path):
            inside = [Path(at, n) for at, _, names in os.walk(path, onerror=locked) for n in names]
            yield from sorted(filter(_is_readable, inside))
        else:
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # told when it is read
        return False


def _refuse_special(path: Path) -> None:
    """Raise InputError for what is no file, such as a pipe, whose reader may wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise InputError(f"{path} cannot be read: {reason(error)}.", repr(error)) from error
    if not stat.S_ISREG(mode):
        raise InputError(f"{path} cannot be imported: it is not a file.")


def _is_readable(path: Path) -> bool:
    return path.name.lower().endswith(_SUFFIXES)


def _read(path: Path, now: datetime) -> Iterator[Sample | None]:
    """Yield the samples of a file, None in the place of what has no digit as label or no ink."""
    if not _is_readable(path):
        raise InputError(
            f"{path} cannot be imported: it is neither ink lines (.jsonl, .jsonl.gz), nor "
            f"InkML, nor a picture, nor another file of drawings ({SUFFIX})."
        )
    _refuse_special(path)
    if path.name.lower().endswith(SUFFIX):
        yield from read_samples(path)
        return
    for drawing, label, writer in _labelled(path):
        if drawing and label in _DIGITS:
            yield Sample(drawing, Caption(int(label), None, now, writer or ""))
        else:
            yield None


def _labelled(path: Path) -> Iterator[tuple[Drawing, str | None, str | None]]:
    """Yield drawings with label and writer."""
    if ink_lines.is_ink_lines(path):
        for line in ink_lines.read_ink_lines(path):
            yield line.ink, line.label, line.writer
        return
    data, folder = read_bytes(path), path.parent.name
    if path.name.lower().endswith(inkml.SUFFIXES):
        ink, label = inkml.read_labelled_inkml(data, str(path))
        yield ink, label or folder, None
    else:
        from digitpad.core.pictures import read_picture  # loads the image library only now

        yield read_picture(data, str(path)), folder, None
