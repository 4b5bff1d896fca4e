"""Labelled drawings from files and folders, and out to them.

In: ink lines, InkML, pictures and other stores. Out: ink lines, which hold vector ink only, or a
folder with one InkML or PNG file per drawing in a sub-folder for each digit.
"""

import gzip
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from digitpad.core.drawing import PICTURE_SUFFIXES, Drawing, Picture
from digitpad.core.errors import InputError, StorageError
from digitpad.core.formats import ink_lines, inkml
from digitpad.core.formats.files import read_bytes, reason, write_atomically
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

    ``faults`` has a sentence for each file and folder that cannot be read.
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
    read: list[Sample | None] = []
    faults: list[InputError] = []
    files = list(_expanded(paths, faults, lambda: note(0)))
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
    """Write one file per drawing, named by its number and what it is; returns how many.

    A file that is there already is left as it is. Raises StorageError.
    """
    written = 0
    for number, sample in samples:
        label, drawing = str(sample.caption.label), sample.drawing
        target = folder / label / f"{number:06}-{digest(drawing).hex()[:8]}"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = f"{target.parent} cannot be created: {reason(error)}."
            raise StorageError(text, repr(error)) from error
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


def _expanded(
    paths: Iterable[Path], faults: list[InputError], each: Callable[[], None]
) -> Iterator[Path]:
    """Yield files, those of folders sorted; a folder that is locked is one of ``faults``.

    Calls ``each`` for every folder.
    """
    for path in paths:
        if _is_folder(path):
            yield from sorted(_readable_below(path, faults, each))
        else:
            yield path


def _readable_below(
    folder: Path, faults: list[InputError], each: Callable[[], None]
) -> Iterator[Path]:
    def locked(error: OSError) -> None:
        text = f"{error.filename} cannot be opened: {reason(error)}."
        faults.append(InputError(text, repr(error)))

    for at, _, names in os.walk(folder, onerror=locked):
        each()
        yield from filter(_is_readable, (Path(at, name) for name in names))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # told when it is read
        return False


def _refuse_special(path: Path) -> None:
    """Raise InputError for what is not a file, such as a pipe, whose reader may wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise InputError(f"{path} cannot be read: {reason(error)}.", repr(error)) from error
    if not stat.S_ISREG(mode):
        raise InputError(f"{path} cannot be imported: it is not a file.")


def _is_readable(path: Path) -> bool:
    return path.name.lower().endswith(_SUFFIXES)


def _read(path: Path, now: datetime) -> Iterator[Sample | None]:
    """Yield the samples of a file, None in place of one without ink or a digit as its label."""
    if not _is_readable(path):
        raise InputError(
            f"{path} cannot be imported: it is not ink lines (.jsonl, .jsonl.gz), InkML, a picture "
            f"or Digitpad drawings ({SUFFIX})."
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
