"""What was found in data sets, put together: counts of each class, and samples in an order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import Image
from digitpad.core.prediction import CLASSES
from digitpad.core.survey import OTHERS, SetRead, class_of
from digitpad.ui.set_names import file_set_name
from digitpad.ui.widgets.picture_wall import Words

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Collection:
    """``sets`` by their ``titles``, and all their n samples.

    ``images`` (n, 28, 28) are what the network is shown; ``classes`` (n,), ``owners`` (n,), which
    are places in ``sets``, and ``labels`` tell of each sample.
    """

    sets: tuple[SetRead, ...]
    titles: tuple[str, ...]
    images: Image
    labels: tuple[str, ...]
    classes: Integers
    owners: Integers

    @classmethod
    def of(cls, sets: Sequence[SetRead]) -> Self:
        """Put together at least one set."""
        labels = tuple(label for one in sets for label in one.labels)
        return cls(
            tuple(sets),
            tuple(_titles(sets)),
            np.concatenate([one.pixels() for one in sets]),
            labels,
            np.array([class_of(label) for label in labels], np.int64),
            np.repeat(np.arange(len(sets)), [len(one.labels) for one in sets]),
        )

    def counts(self, owner: int | None) -> tuple[int, ...]:
        """Return the drawings of each class in one set, or in all together."""
        chosen = self.sets if owner is None else (self.sets[owner],)
        return tuple(sum(one.counts[number] for one in chosen) for number in range(CLASSES))

    def has_others(self) -> bool:
        """Tell whether any of the drawings is not a digit."""
        return self.counts(None)[OTHERS] > 0

    def rows(self, owner: int | None, number: int | None) -> list[int]:
        """Return the samples of one set or all and of one class or all, by turns of each."""
        chosen = np.ones(len(self.labels), np.bool_)
        if owner is not None:
            chosen &= self.owners == owner
        if number is not None:
            chosen &= self.classes == number
        rows = np.flatnonzero(chosen)
        owners, classes = self.owners[rows], self.classes[rows]
        order = np.lexsort((owners, classes, _turns(owners * CLASSES + classes)))
        ordered: list[int] = rows[order].tolist()
        return ordered

    def words(self, row: int) -> Words:
        """Return what is said of a sample."""
        label = self.labels[row]
        other = "" if self.classes[row] < OTHERS else " (not a digit)"
        return Words(label, f"Labelled {label}{other}\n{self.titles[self.owners[row]]}")


def _turns(groups: Integers) -> Integers:
    """Return for each element how many of its group are before it."""
    turns = np.zeros(len(groups), np.int64)
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        turns[members] = np.arange(len(members))
    return turns


def _titles(sets: Sequence[SetRead]) -> list[str]:
    """Return what the sets are called; those of one name are told apart by their folders."""
    names = [file_set_name(one.name, one.file) for one in sets]
    often = Counter(names)
    return [
        f"{name} ({Path(one.file).parent.name})" if often[name] > 1 else name
        for name, one in zip(names, sets, strict=True)
    ]
