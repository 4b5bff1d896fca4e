"""Two models on the same drawings: where they differ, and whether that could be chance."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from digitpad.core.evaluation import chance
from digitpad.core.evaluation.evaluation import Evaluation

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Comparison:
    """Which of the n drawings only the ``first`` and only the ``second`` model is right on."""

    first: Flags
    second: Flags

    @classmethod
    def of(cls, first: Evaluation, second: Evaluation) -> Self:
        """Compare two evaluations; raises ValueError where they are of different drawings."""
        same = np.array_equal(first.labels, second.labels)
        if not (same and np.array_equal(first.images, second.images)):
            raise ValueError("the two evaluations are of different drawings")
        return cls(first.right & ~second.right, second.right & ~first.right)

    @property
    def chance(self) -> float:
        """Return how likely a difference this large is between equally good models."""
        return chance.of_difference(int(self.first.sum()), int(self.second.sum()))
