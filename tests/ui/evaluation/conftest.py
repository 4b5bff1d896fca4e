"""Evaluations with a few errors that tests know by heart."""

import numpy as np
import pytest

from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.ui.evaluation.exhibit import Exhibit


def made_up(
    *, wrong: dict[int, int] | None = None, refused: tuple[int, ...] = (), data: str = "a set"
) -> Evaluation:
    """Return 40 drawings, drawing n labelled n % 10, recognised with 95 % but for some.

    ``wrong`` maps drawings to the digits they are taken for, with 80 %.
    """
    labels = np.arange(40) % 10
    probabilities = np.full((40, 10), 0.005)
    probabilities[np.arange(40), labels] = 0.95
    for row, digit in (wrong or {}).items():
        probabilities[row] = 0.02
        probabilities[row, digit] = 0.8
    for row in refused:
        probabilities[row] = 0.01
    images = np.zeros((40, 28, 28), np.uint8)
    images[:, 4:24, 12:16] = np.arange(40, dtype=np.uint8)[:, None, None] * 6
    return Evaluation("best", data, labels, probabilities, images, 0.5)


@pytest.fixture
def one() -> Exhibit:
    """Drawing 4 is recognised as 9, 14 as 7, and 23, a 3, as not a digit."""
    return Exhibit(("best",), (made_up(wrong={4: 9, 14: 7}, refused=(23,)),))


@pytest.fixture
def two() -> Exhibit:
    """The second one is right on 14 and 23 as well."""
    first = made_up(wrong={4: 9, 14: 7}, refused=(23,))
    return Exhibit(("old", "new"), (first, made_up(wrong={4: 9})))
