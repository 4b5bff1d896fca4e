"""Two models on the same drawings: where they differ, and whether that could be chance."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from digitpad.core.judging.evaluation import Evaluation

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Comparison:
    """Which of the n drawings only the ``first`` and only the ``second`` model reads right."""

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
        """Return how likely a difference this large is between equally good models.

        The exact, two-sided McNemar test: a fair coin decides each drawing on which they differ.
        """
        fewer, more = sorted((int(self.first.sum()), int(self.second.sum())))
        tosses = fewer + more
        if tosses == 0 or fewer == more:
            return 1.0
        log_terms = [_log_comb(tosses, k) - tosses * math.log(2) for k in range(fewer + 1)]
        return min(2 * math.fsum(map(math.exp, log_terms)), 1.0)


def _log_comb(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
