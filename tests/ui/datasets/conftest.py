"""Two small data sets, as a survey brings them."""

import numpy as np
import pytest

from digitpad.core.prediction import CLASSES
from digitpad.core.survey import SetRead, class_of, packed


def made_up(name: str, file: str, labels: str, times: int = 1) -> SetRead:
    """Return a set with a sample for each letter of ``labels``, each standing for ``times``."""
    counts = [0] * CLASSES
    for label in labels:
        counts[class_of(label)] += times
    images = np.zeros((len(labels), 28, 28), np.uint8)
    images[:, 4:24, 12:16] = np.arange(len(labels), dtype=np.uint8)[:, None, None] + 1
    return SetRead(name, file, counts, list(labels), packed(images))


@pytest.fixture
def digits() -> SetRead:
    """Twice each digit but 5 and 8, of ten times as many."""
    return made_up("train", "/data/mnist/train-images-idx3-ubyte.gz", "0011223344667799", 10)


@pytest.fixture
def letters() -> SetRead:
    return made_up("scrawl", "/data/ink/scrawl.jsonl", "3AB")
