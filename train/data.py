"""What there is to train and judge on: data sets found, read and checked."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitpad.core.errors import InputError
from digitpad.core.ink import Ink

Images = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int64]

DIGITS = frozenset("0123456789")


@dataclass(frozen=True, eq=False, slots=True)
class Pictures:
    """Labelled images of digits, shape (n, 28, 28), normalised as MNIST is."""

    name: str
    images: Images
    labels: Labels

    def rows(self, chosen: slice | npt.NDArray[np.bool_ | np.int64]) -> "Pictures":
        return Pictures(self.name, self.images[chosen], self.labels[chosen])

    def some(self, most: int) -> "Pictures":
        """Return ``most`` of them at most, evenly spread."""
        return self.rows(spread(len(self.images), most))


@dataclass(frozen=True, eq=False, slots=True)
class Drawings:
    """Labelled vector ink; labels other than a digit's are kept as they are."""

    name: str
    inks: tuple[Ink, ...]
    labels: tuple[str, ...]
    writers: tuple[str, ...]

    @property
    def digits(self) -> Labels:
        """The labels as numbers (n,); raises ValueError where one is no digit's."""
        return np.array([int(label) for label in self.labels], np.int64)

    def without(self, labels: Collection[str]) -> "Drawings":
        return self.where(label not in labels for label in self.labels)

    def where(self, keep: Iterable[bool]) -> "Drawings":
        return self._rows([i for i, kept in enumerate(keep) if kept])

    def some(self, most: int) -> "Drawings":
        """Return ``most`` of them at most, evenly spread."""
        return self._rows(spread(len(self.inks), most).tolist())

    def _rows(self, rows: Sequence[int]) -> "Drawings":
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


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe(data: Data) -> Iterator[str]:
    """Yield one line for each data set: how many, of which classes."""
    for pictures in data.pictures:
        yield f"{pictures.name}: {counted(Counter(map(str, pictures.labels.tolist())))}"
    for drawings in data.drawings:
        yield f"{drawings.name}: {counted(Counter(drawings.labels))}"


def require_all_digits(pictures: Iterable[Pictures], drawings: Iterable[Drawings]) -> None:
    """Raise InputError where there is no digit of a class: nothing could be learnt about it."""
    pictures, drawings = tuple(pictures), tuple(drawings)
    if not pictures and not drawings:
        raise InputError("This recipe learns from images only, and the data contain none.")
    present = {str(label) for p in pictures for label in np.unique(p.labels).tolist()}
    present |= {label for d in drawings for label in d.labels}
    if missing := sorted(DIGITS - present):
        raise InputError(f"The training data contain no {', '.join(missing)}.")


def spread(count: int, most: int) -> npt.NDArray[np.int64]:
    """Return ``most`` of ``count`` rows at most, evenly spread."""
    return np.arange(min(count, most)) * count // max(min(count, most), 1)


def counted(counts: Counter[str]) -> str:
    """Say how many drawings there are, and of which classes; ``counts`` is by label."""
    digits = ", ".join(f"{digit}: {counts[digit]:,}" for digit in sorted(DIGITS & counts.keys()))
    others = sum(count for label, count in counts.items() if label not in DIGITS)
    total = f"{counts.total():,} drawings"
    rest = f"{others:,} non-digits" if others else ""
    return f"{total} ({'; '.join(part for part in (digits, rest) if part)})"
