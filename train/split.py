"""Who learns, who chooses, who judges: training, validation and test parts of the data."""

import hashlib
from dataclasses import dataclass

from train.data import Data, Drawings, Pictures

_HELD_OUT = 15
"""Percent of the writers that validation keeps."""

_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """The pictures of digits, the drawings of digits, and the drawings of something else."""

    pictures: tuple[Pictures, ...]
    digits: tuple[Drawings, ...]
    others: tuple[Drawings, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Split:
    """The three parts. No writer of ink is in two of them; test sets choose nothing."""

    training: Part
    validation: Part
    test: Part


def split(data: Data) -> Split:
    """Divide ``data``; sets named t10k or test judge, a share of the others' writers chooses.

    Of pictures, whose writers are not known, the last twelfth chooses: MNIST's last 5,000.
    """
    learning = [p for p in data.pictures if not _judges(p.name)]
    drawn = [d for d in data.drawings if not _judges(d.name)]
    return Split(
        _part([_slice(p, True) for p in learning], [_of_writers(d, False) for d in drawn]),
        _part([_slice(p, False) for p in learning], [_of_writers(d, True) for d in drawn]),
        _part(
            [p for p in data.pictures if _judges(p.name)],
            [d for d in data.drawings if _judges(d.name)],
        ),
    )


def held_out(writer: str) -> bool:
    """Tell whether this writer's drawings are kept for validation; the same on every machine."""
    return hashlib.sha256(writer.encode()).digest()[0] * 100 < _HELD_OUT * 256


def _part(pictures: list[Pictures], drawings: list[Drawings]) -> Part:
    return Part(
        tuple(p for p in pictures if len(p.images)),
        tuple(d for d in (_digits(d, True) for d in drawings) if d.inks),
        tuple(d for d in (_digits(d, False) for d in drawings) if d.inks),
    )


def _judges(name: str) -> bool:
    return "t10k" in name or "test" in name


def _slice(pictures: Pictures, learns: bool) -> Pictures:  # noqa: FBT001
    cut = len(pictures.images) - len(pictures.images) // 12
    rows = slice(None, cut) if learns else slice(cut, None)
    return Pictures(pictures.name, pictures.images[rows], pictures.labels[rows])


def _of_writers(drawings: Drawings, kept: bool) -> Drawings:  # noqa: FBT001
    return drawings.where(held_out(writer) == kept for writer in drawings.writers)


def _digits(drawings: Drawings, digits: bool) -> Drawings:  # noqa: FBT001
    return drawings.where((label in _DIGITS) == digits for label in drawings.labels)
