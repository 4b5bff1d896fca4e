"""How well writers are read whose pens and habits were never seen: by halves of pendigits-train.

`python -m tests.benchmarks.cross_writers [--recipe best] [--epochs 8] [--device auto] [--seed 1]`,
with the data sets in DIGITPAD_DATA. Each half of the writers is read by a network that learnt from
the other half, from UNIPEN and from MNIST: ten times the drawings that validation holds out, and
none of a test set. Counted is what is not likeliest; the loss is the mean of what the right digit
is given, as a negative logarithm.
"""

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import radians

import numpy as np

from digitpad.core.drawing import Image
from digitpad.core.ink import Ink
from digitpad.core.models.second_look import SecondLook
from tests.drawings import data_folder
from train import evaluate
from train.data import Drawings
from train.devices import device_called, processes
from train.evaluation.calibration import calibrate
from train.evaluation.exam import Exam, as_pool
from train.evaluation.judge import Judge
from train.loop import Run, Trainer
from train.pool import make_pool
from train.recipes import RECIPES
from train.sources import load
from train.split import Split, split
from train.strokes import plainly_seen, seen_as_picture, turned

_DIVIDED = "pendigits-train"


@dataclass(slots=True)
class Total:
    """Of both halves."""

    drawings: int = 0
    errors: int = 0
    loss: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipe", choices=RECIPES, default="best")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    data = data_folder()
    if data is None:
        sys.exit("This needs the data sets: set DIGITPAD_DATA to their folder.")
    recipe = replace(RECIPES[chosen.recipe], epochs=chosen.epochs)
    found = load([data / "mnist", data / "ink"])
    drawings = next(d for d in found.drawings if d.name == _DIVIDED)
    totals: defaultdict[str, Total] = defaultdict(Total)
    for half in (False, True):
        learnt = drawings.where(_half(writer) != half for writer in drawings.writers)
        run = Run(recipe, chosen.seed, device_called(chosen.device))
        judge = _trained(run, _with(learnt, split(found)))
        for exam in _exams(drawings.where(_half(writer) == half for writer in drawings.writers)):
            answers, total = judge.examine(exam), totals[exam.name]
            total.drawings += len(answers)
            total.errors += int((~answers.right).sum())
            total.loss += float(answers.losses.sum())
    for name, total in totals.items():
        print(f"{name:24}{total.errors:6} of {total.drawings:,}{total.loss / total.drawings:9.4f}")


def _trained(run: Run, parts: Split) -> Judge:
    """Return the judge of a network that was trained as `fit` does it.

    Calibrated is only what answers a whole drawing, and the weights are not rounded.
    """
    chosen_on = evaluate.validation(parts, run.recipe.config.outputs)
    pool = make_pool(parts.training, run.recipe, run.seed, processes())
    trainer = Trainer(run, pool, as_pool(chosen_on))
    for event in trainer.train():
        print(event, file=sys.stderr)
    network = trainer.averaged
    calibrate(network, chosen_on, ())
    return Judge(SecondLook(network) if run.recipe.second_look else network, 0.0)


def _half(writer: str) -> bool:
    return bool(hashlib.sha256(writer.encode()).digest()[1] & 1)


def _with(learnt: Drawings, parts: Split) -> Split:
    """Return ``parts`` with these drawings, and none of that set, to learn and to choose from."""
    training = [learnt if d.name == learnt.name else d for d in parts.training.digits]
    others = [d for d in parts.validation.digits if d.name != learnt.name]
    return replace(
        parts,
        training=replace(parts.training, digits=tuple(training)),
        validation=replace(parts.validation, digits=tuple(others)),
    )


def _exams(drawings: Drawings) -> Iterator[Exam]:
    rng = np.random.default_rng(1)
    ways: dict[str, Callable[[Ink], Image]] = {
        "as drawn": plainly_seen,
        "turned by -15 degrees": lambda ink: plainly_seen(turned(ink, radians(-15))),
        "turned by +15 degrees": lambda ink: plainly_seen(turned(ink, radians(15))),
        "as pictures": lambda ink: seen_as_picture(ink, rng),
    }
    for name, way in ways.items():
        yield Exam.of(name, np.stack([way(ink) for ink in drawings.inks]), drawings.digits)


if __name__ == "__main__":
    main()
