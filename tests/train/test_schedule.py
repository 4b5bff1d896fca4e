from itertools import pairwise

import pytest

from train.schedule import share_at


@pytest.mark.parametrize("final", [0.0, 0.1])
def test_the_learning_rate_rises_to_all_of_it_and_falls_to_its_final_share(final: float) -> None:
    shares = [share_at(1000, 0.2, final, step) for step in range(1001)]
    assert 0 < shares[0] < 0.01
    assert max(shares) == shares[200] == pytest.approx(1)
    assert all(a < b for a, b in pairwise(shares[:201]))
    assert all(a > b for a, b in pairwise(shares[200:]))
    assert shares[-1] == pytest.approx(final)
