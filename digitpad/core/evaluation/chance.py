"""Whether two models differ or it is chance: one test, one level, wherever they are compared."""

import math

UNLIKELY = 0.05
"""The odds below which a difference is not called chance."""


def of_difference(first: int, second: int) -> float:
    """Return how likely a difference this large is between equally good models.

    ``first`` and ``second`` count the drawings that only one of the two misreads. The exact,
    two-sided McNemar test: a fair coin decides each of them.
    """
    fewer, more = sorted((first, second))
    tosses = fewer + more
    if fewer == more:
        return 1.0
    log_terms = [_log_comb(tosses, k) - tosses * math.log(2) for k in range(fewer + 1)]
    return min(2 * math.fsum(map(math.exp, log_terms)), 1.0)


def _log_comb(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
