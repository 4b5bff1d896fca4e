from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.evaluation.comparison import Comparison
from tests.core.evaluation.test_evaluation import random_evaluation


def differing(first: int, second: int) -> Comparison:
    one, other = np.zeros(200, bool), np.zeros(200, bool)
    one[:first] = True
    other[first : first + second] = True
    return Comparison(one, other)


def test_which_drawings_only_one_of_them_reads() -> None:
    a = random_evaluation(1)
    b = replace(a, probabilities=np.roll(a.probabilities, 1, axis=0))
    comparison = Comparison.of(a, b)
    assert (comparison.first == (a.right & ~b.right)).all()
    assert (comparison.second == (b.right & ~a.right)).all()


def test_different_drawings_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="different drawings"):
        Comparison.of(random_evaluation(1), random_evaluation(2))
    a = random_evaluation(1)
    for b in replace(a, images=a.images[::-1]), replace(a, labels=a.labels[::-1]):
        with pytest.raises(ValueError, match="different drawings"):
            Comparison.of(a, b)


@pytest.mark.parametrize(
    ("first", "second", "chance"),
    [
        (0, 0, 1.0),
        (5, 5, 1.0),
        (1, 9, 22 / 1024),  # 2 (C(10,0) + C(10,1)) / 2^10
        (9, 1, 22 / 1024),
        (0, 6, 2 / 64),
        (4, 5, 1.0),
    ],
)
def test_the_exact_mcnemar_test(first: int, second: int, chance: float) -> None:
    assert differing(first, second).chance == pytest.approx(chance)


def test_many_differences_do_not_overflow() -> None:
    one = np.zeros(40_000, bool)
    one[:15_000] = True
    comparison = Comparison(one, np.roll(one, 20_000))
    comparison.second[-3000:] = False
    assert 0 <= comparison.chance <= 1
