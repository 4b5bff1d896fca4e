"""How fast `fast` is: its training against that of `keras-1.2m`, and its time to an accuracy.

`python -m tests.benchmarks.fast [--seeds 5] [--threads N] [--device auto] [--share 1.0]`, with the
data sets in DIGITPAD_DATA. The time of keras-1.2m is that of one of its epochs, measured here,
times its epochs as published. Times are of training alone: what comes before is told apart, and the
clock stands still while accuracies are looked at. Accuracies are of the likeliest digit.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean, stdev

import numpy as np
import torch
from torch import Tensor, nn

from digitpad.core.models.networks import answering
from digitpad.core.prediction import NOT_A_DIGIT
from tests.drawings import data_folder
from train.data import Data, Drawings, Pictures
from train.devices import device_called, processes
from train.loop import Run, Trainer
from train.pool import Pool, make_pool
from train.recipes import RECIPES, Recipe
from train.scoring import logits_of
from train.sources import load
from train.split import Split, split
from train.strokes import plainly_seen

GOALS = (0.99, 0.993, 0.995)
_LOOK_EVERY = 1.0
"""Seconds of training between two looks at the validation images."""


@dataclass(frozen=True, eq=False, slots=True)
class Sets:
    """What is learnt from, and the images and labels of the sets that are looked at."""

    parts: Split
    validation: Pool
    mnist: Pool
    pens: Pool


@dataclass(slots=True)
class Attempt:
    """One run: seconds of preparing and of training, test accuracies, when a goal was met."""

    preparing: float
    training: float = 0.0
    mnist: float = 0.0
    pens: float = 0.0
    reached: dict[float, float] = field(default_factory=dict)


def main() -> None:
    chosen = _parser().parse_args()
    data = data_folder()
    if data is None:
        sys.exit("This needs the data sets: set DIGITPAD_DATA to their folder.")
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    device = device_called(chosen.device)
    began = time.perf_counter()
    sets = _sets(data, chosen.share)
    print(f"{torch.get_num_threads()} threads, {device}; data read in {_since(began):.1f} s")
    published = RECIPES["keras-1.2m"]
    epoch = _train(replace(published, epochs=1), 1, device, sets, looks=False).training
    attempts = []
    for seed in range(1, chosen.seeds + 1):
        attempts.append(_train(RECIPES["fast"], seed, device, sets, looks=True))
        print(f"seed {seed}: {attempts[-1]}", flush=True)
    print("\n".join(_table(attempts, epoch, published.epochs)))


def _train(recipe: Recipe, seed: int, device: torch.device, sets: Sets, *, looks: bool) -> Attempt:
    began = time.perf_counter()
    pool = make_pool(sets.parts.training, recipe, seed, processes())
    few = Pool(sets.validation.images[:1], sets.validation.labels[:1], sets.validation.weights[:1])
    trainer = Trainer(Run(recipe, seed, device), pool, few)
    events = trainer.train()
    attempt = Attempt(_since(began))
    looked, over = 0.0, False
    while not over:
        began = time.perf_counter()
        over = next(events, None) is None
        attempt.training += _since(began)
        if looks and (over or attempt.training - looked >= _LOOK_EVERY):
            looked = attempt.training
            accuracy = _accuracy(trainer._average.module, sets.validation, device)
            for goal in GOALS:
                if accuracy >= goal:
                    attempt.reached.setdefault(goal, round(looked, 1))
    attempt.mnist = _accuracy(trainer._average.module, sets.mnist, device)
    attempt.pens = _accuracy(trainer._average.module, sets.pens, device)
    return attempt


def _accuracy(network: nn.Module, pool: Pool, device: torch.device) -> float:
    logits = answering(logits_of(network, pool.images.to(device)))[:, :NOT_A_DIGIT]
    return float((logits.argmax(1).cpu() == pool.labels).double().mean())


def _sets(data: Path, share: float) -> Sets:
    """Read all data, of each set the first ``share``."""
    found = load([data / "mnist", data / "ink"])
    pictures = tuple(p.rows(slice(round(len(p.images) * share))) for p in found.pictures)
    drawings = tuple(_first(d, share) for d in found.drawings)
    parts = split(Data(pictures, drawings, {}))
    (test,), (pens,) = parts.test.pictures, parts.test.digits
    seen = np.stack([plainly_seen(ink) for ink in pens.inks])
    return Sets(
        parts,
        _pool(parts.validation.pictures[0]),
        _pool(test),
        _pool(Pictures(pens.name, seen, pens.digits)),
    )


def _first(drawings: Drawings, share: float) -> Drawings:
    last = round(len(drawings.inks) * share)
    return drawings.where(row < last for row in range(len(drawings.inks)))


def _pool(pictures: Pictures) -> Pool:
    labels: Tensor = torch.tensor(pictures.labels)
    return Pool(torch.tensor(pictures.images), labels, torch.ones(len(labels)).double())


def _table(attempts: Sequence[Attempt], epoch: float, epochs: int) -> Iterator[str]:
    whole, training = epoch * epochs, mean(a.training for a in attempts)
    yield "\n| | |\n|---|---|"
    yield f"| `keras-1.2m`, one epoch; as published, {epochs} | {epoch:.1f} s; {whole:.0f} s |"
    yield f"| `fast`, training | {training:.1f} s, one {whole / training:.1f}th |"
    yield f"| `fast`, preparing its images | {mean(a.preparing for a in attempts):.1f} s |"
    for name, shares in (
        ("MNIST test", [a.mnist for a in attempts]),
        ("pendigits-test", [a.pens for a in attempts]),
    ):
        spread = f" \u00b1 {100 * stdev(shares):.2f}" if len(shares) > 1 else ""
        yield f"| {name}, {len(shares)} seeds | {100 * mean(shares):.2f}{spread} % |"
    for goal in GOALS:
        times = [a.reached[goal] for a in attempts if goal in a.reached]
        met = f"{mean(times):.1f} s, {len(times)} of {len(attempts)} runs" if times else "not met"
        yield f"| {100 * goal:.1f} % in validation | {met} |"


def _since(began: float) -> float:
    return time.perf_counter() - began


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="1 to N")
    parser.add_argument("--threads", type=int, metavar="N")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--share", type=float, default=1.0, help="of the data, for a try")
    return parser


if __name__ == "__main__":
    main()
