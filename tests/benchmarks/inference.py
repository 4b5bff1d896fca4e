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
from digitpad.core.models.second_look import SURE
from digitpad.core.recogniser import Recogniser
from tests.drawings import sample_digits
from train import negatives
from train.evaluation.exam import digit_probabilities
from train.strokes import plainly_seen

TIMES = 2000


def main() -> None:
    path = resources.bundled_model()
    network, card = checkpoint.load(path)
    recogniser = Recogniser.load(path)
    print(f"{card.name}: {path.stat().st_size / 1000:,.0f} kB, {parameters(network):,} parameters")
    drawn = np.stack([plainly_seen(ink) for ink in sample_digits()])
    made_up = negatives.make((), 20, seed=0)["scribbles"]
    images = np.concatenate([drawn, made_up])
    sure = digit_probabilities(network, torch.from_numpy(images)).amax(1).numpy() >= SURE
    print(f"one image, {torch.get_num_threads()} thread, {TIMES} times: median and 99th percentile")
    for name, some in (("one look", images[sure]), ("a second look too", images[~sure])):
        median, slow = np.percentile(_times(recogniser, some), [50, 99])
        print(f"  {name:20}{median:8.2f} ms{slow:8.2f} ms   ({len(some)} images in turn)")


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
