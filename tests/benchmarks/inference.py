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
from train.strokes import plainly_seen

TIMES = 2000


def main() -> None:
    path = resources.bundled_model()
    network, card = checkpoint.load(path)
    recogniser = Recogniser.load(path)
    print(f"{card.name}: {path.stat().st_size / 1000:,.0f} kB, {parameters(network):,} parameters")
    drawn = np.stack([plainly_seen(ink) for ink in sample_digits()])
    made_up = negatives.make((), 20, seed=0)["scribbles"]
    sure, unsure = _parted(recogniser, np.concatenate([drawn, made_up]))
    print(f"one image, {torch.get_num_threads()} thread, {TIMES} times: median and 99th percentile")
    for name, images in (("one look", sure), ("a second look too", unsure)):
        median, slow = np.percentile(_times(recogniser, images), [50, 99])
        print(f"  {name:20}{median:8.2f} ms{slow:8.2f} ms   ({len(images)} images in turn)")


def _parted(recogniser: Recogniser, images: Image) -> tuple[Image, Image]:
    """Return the images on which one look is enough, and the others."""
    confidences = [max(answer.probabilities) for answer in recogniser.predict(images)]
    sure = np.array(confidences) >= SURE
    return images[sure], images[~sure]


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
