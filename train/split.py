"""Who learns, who chooses, who judges: training, validation and test parts of the data."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.data import DIGITS, Data, Drawings, Labels, Pictures

_PICTURES_HELD_OUT = 1 / 12
"""Share of pictures kept for validation: the last 5,000 of MNIST's 60,000."""
_WRITERS_HELD_OUT = 0.15
_JUDGES = re.compile(r"(?<![a-z])(test|t10k)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """The pictures of digits, the drawings of digits, and the drawings of something else."""

    pictures: tuple[Pictures, ...]
    digits: tuple[Drawings, ...]
    others: tuple[Drawings, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Split:
    """The three parts; test sets choose nothing.

    No writer of ink is in two of them, unless a set has too few writers, or no names.
    """

    training: Part
    validation: Part
    test: Part


def split(data: Data, validation_share: float | None = None) -> Split:
    """Divide ``data``: sets named test or t10k judge, a share of the others chooses.

    Of pictures, whose writers are not known, these are the last ones; of drawings, all of some
    writers, or the last ones where there are too few writers, or no names. Where a set is in the
    order of its classes, as folders are, they are the last ones of each.
    """
    pictures_share = validation_share or _PICTURES_HELD_OUT
    writers_share = validation_share or _WRITERS_HELD_OUT
    learning = [p for p in data.pictures if not _judges(p.name)]
    drawn = [_halves(d, writers_share) for d in data.drawings if not _judges(d.name)]
    chosen = [_last(p.labels, pictures_share) for p in learning]
    return Split(
        _part(
            [p.rows(~kept) for p, kept in zip(learning, chosen, strict=True)],
            [learns for learns, _ in drawn],
        ),
        _part(
            [p.rows(kept) for p, kept in zip(learning, chosen, strict=True)],
            [chooses for _, chooses in drawn],
        ),
        _part(
            [p for p in data.pictures if _judges(p.name)],
            [d for d in data.drawings if _judges(d.name)],
        ),
    )


def held_out(writer: str, share: float = _WRITERS_HELD_OUT) -> bool:
    """Tell whether this writer's drawings are kept for validation; the same on every machine."""
    return hashlib.sha256(writer.encode()).digest()[0] < share * 256


def _part(pictures: list[Pictures], drawings: list[Drawings]) -> Part:
    digits = [d.where(label in DIGITS for label in d.labels) for d in drawings]
    others = [d.where(label not in DIGITS for label in d.labels) for d in drawings]
    return Part(
        tuple(p for p in pictures if len(p.images)),
        tuple(d for d in digits if d.inks),
        tuple(d for d in others if d.inks),
    )


def _halves(drawings: Drawings, share: float) -> tuple[Drawings, Drawings]:
    """Return those that learn from and those that are kept."""
    last = _last(drawings.labels, share)
    writers = set(drawings.writers)
    choosing = {writer for writer in writers if writer and held_out(writer, share)}
    by_writer = bool(choosing) and choosing < writers
    kept = [
        writer in choosing if writer and by_writer else flag
        for flag, writer in zip(last.tolist(), drawings.writers, strict=True)
    ]
    return drawings.where(not flag for flag in kept), drawings.where(kept)


def _last(labels: Sequence[str] | Labels, share: float) -> npt.NDArray[np.bool_]:
    """Tell which rows are the last ``share``: of each class, where the rows are in their order.

    At least one of two stays and one is taken, however small or large the share is.
    """
    classes = np.asarray(labels)
    in_order = len(classes) and bool((classes[:-1] <= classes[1:]).all())
    groups = classes if in_order else np.zeros(len(classes), np.int64)
    last = np.zeros(len(classes), np.bool_)
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        count = min(max(round(len(rows) * share), 1), len(rows) - 1)
        last[rows[len(rows) - count :]] = True
    return last


def _judges(name: str) -> bool:
    return _JUDGES.search(name) is not None
