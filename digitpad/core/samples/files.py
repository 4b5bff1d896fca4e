"""Labelled drawings from files and folders, and out to them.

In: ink lines, InkML, pictures and other stores. Out: ink lines, which hold vector ink only, or a
folder with one InkML or PNG file a drawing in a sub-folder for each digit.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from digitpad.core.drawing import PICTURE_SUFFIXES, Drawing, Picture
from digitpad.core.errors import InputError, StorageError
from digitpad.core.formats import ink_lines, inkml
from digitpad.core.formats.files import read_bytes, write_atomically
from digitpad.core.ink import Ink
from digitpad.core.samples.rows import digest
from digitpad.core.samples.sample import Caption, Sample
from digitpad.core.samples.store import SUFFIX, read_samples

_SUFFIXES = (*ink_lines.SUFFIXES, *inkml.SUFFIXES, *PICTURE_SUFFIXES, SUFFIX)
_DIGITS = tuple("0123456789")

Note = Callable[[int], None]
"""Is told how many drawings are done, before each one; ends the work by raising."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there was to take in; ``unlabelled`` counts what lacks ink or a digit as its label.

    ``faults`` has a sentence for each file that cannot be read.
    """

    samples: tuple[Sample, ...]
    unlabelled: int
    faults: tuple[str, ...]


def read_files(paths: Iterable[Path], note: Note = lambda _: None) -> Found:
    """Read all drawings of files and of folders with all below them.

    InkML and pictures without a label of their own take the name of their folder, if that is a
    digit. Of a file that is at fault nothing is read. Raises InputError where that is so of all.
    """
    now = datetime.now(UTC)
    files = list(_expanded(paths, lambda: note(0)))
    read: list[Sample | None] = []
    faults: list[InputError] = []
    for path in files:
        try:
            read += list(_noted(_read(path, now), len(read), note))
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


def write_folder(folder: Path, samples: Iterable[tuple[int, Sample]]) -> int:
    """Write one file a drawing, named by its number and what it is; returns how many.

    A file that is there already is left as it is. Raises StorageError.
    """
    written = 0
    for number, sample in samples:
        label, drawing = str(sample.caption.label), sample.drawing
        target = folder / label / f"{number:06}-{digest(drawing).hex()[:8]}"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StorageError(f"{target.parent} cannot be made: {reason}.", repr(error)) from error
        if isinstance(drawing, Picture):
            _write_once(target.with_suffix(".png"), drawing.png)
        else:
            _write_once(target.with_suffix(".inkml"), inkml.write_inkml(drawing, label))
        written += 1
    return written


def _write_once(path: Path, data: bytes) -> None:
    """Write ``data``, under another name where there is another file, and not where it is there."""
    others = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    for target in chain([path], others):
        if not target.exists():
            write_atomically(target, data)
            return
        if read_bytes(target) == data:
            return


def _noted(read: Iterable[Sample | None], before: int, note: Note) -> Iterator[Sample | None]:
    for done, sample in enumerate(read, before):
        note(done)
        yield sample


def _expanded(paths: Iterable[Path], each: Callable[[], None]) -> Iterator[Path]:
    """Yield files, those of folders too; calls ``each`` for everything that a folder has."""
    for path in paths:
        if path.is_dir():
            yield from sorted(_readable_below(path, each))
        else:
            yield path


def _readable_below(folder: Path, each: Callable[[], None]) -> Iterator[Path]:
    for path in folder.rglob("*"):
        each()
        if _is_readable(path):
            yield path


def _is_readable(path: Path) -> bool:
    return path.name.lower().endswith(_SUFFIXES)


def _read(path: Path, now: datetime) -> Iterator[Sample | None]:
    """Yield the samples of a file, None in the place of what has no digit as label or no ink."""
    if not _is_readable(path):
        raise InputError(
            f"{path} cannot be imported: it is neither ink lines (.jsonl, .jsonl.gz), nor "
            f"InkML, nor a picture, nor another file of drawings ({SUFFIX})."
        )
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
