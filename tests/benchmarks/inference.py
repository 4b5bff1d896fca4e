"""What the bundled model costs: its file, and one answer on one thread of the CPU.

`python -m tests.benchmarks.inference`
"""

import time

import numpy as np
import torch

from digitpad import resources
from digitpad.core.drawing import Image
from digitpad.core.models import checkpoint
from digitpad.core.models.networks import parameters
from digitpad.core.recogniser import Recogniser
from tests.drawings import sample_digits
from train.strokes import plainly_seen

TIMES = 2000


def main() -> None:
    path = resources.bundled_model()
    network, card = checkpoint.load(path)
    recogniser = Recogniser.load(path)
    print(f"{card.name}: {path.stat().st_size / 1000:,.0f} kB, {parameters(network):,} parameters")
    images = np.stack([plainly_seen(ink) for ink in sample_digits()])
    median, slow = np.percentile(_times(recogniser, images), [50, 99])
    print(f"one image, {torch.get_num_threads()} thread, {TIMES} times")
    print(f"  median {median:.2f} ms, 99th percentile {slow:.2f} ms")


def _times(recogniser: Recogniser, images: Image) -> list[float]:
    """Return the milliseconds of each answer."""
    times = []
    for index in range(TIMES):
        image = images[index % len(images)][None]
        began = time.perf_counter()
        recogniser.predict(image)
        times.append((time.perf_counter() - began) * 1000)
    return times


if __name__ == "__main__":
    main()
