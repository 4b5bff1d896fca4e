"""How well a family of no digit is refused that training has never shown.

`python -m tests.benchmarks.unseen_families [--recipe fast] [--epochs N] [--family doodles]...`,
with the data sets in DIGITPAD_DATA. A network is trained anew for each family, without it; then
the validation writers' digits stand against it, by the probability that it is any digit.
"""

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from digitpad.core.models import checkpoint
from digitpad.core.models.card import VALIDATION
from tests.drawings import data_folder
from train.fit import Job, fit
from train.negatives import families
from train.recipes import RECIPES, Recipe

FAMILIES = tuple(families(with_digits=True).values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipe", choices=RECIPES, default="fast")
    parser.add_argument("--epochs", type=int, help="fewer than the recipe's")
    parser.add_argument("--family", choices=FAMILIES, action="append", help="not all of them")
    chosen = parser.parse_args()
    data = data_folder()
    if data is None:
        sys.exit("This needs the data sets: set DIGITPAD_DATA to their folder.")
    recipe = replace(RECIPES[chosen.recipe], thorough=False)
    recipe = replace(recipe, epochs=chosen.epochs or recipe.epochs)
    print(f"{recipe.name}, {recipe.epochs} epochs; never trained on: AUROC, refused", flush=True)
    areas = []
    for family in chosen.family or FAMILIES:
        figures = without(family, recipe, learning(data))
        areas.append(figures["auroc"])
        print(f"  {family:22}{figures['auroc']:8.4f}{figures['refused']:9.2%}", flush=True)
    print(f"  {'mean':22}{np.mean(areas):8.4f}")


def learning(data: Path) -> tuple[Path, ...]:
    """Return the files to learn and to choose from: test sets have no part in this."""
    images = next((data / "mnist").glob("train-images-idx3-ubyte*"))
    drawings = sorted(file for file in (data / "ink").iterdir() if "test" not in file.name)
    return (images, *drawings)


def without(family: str, recipe: Recipe, data: tuple[Path, ...]) -> dict[str, float]:
    """Train without ``family`` and return the figures of its row in validation."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "model.safetensors"
        for _ in fit(Job(replace(recipe, left_out=(family,)), data, out)):
            pass
        _, card = checkpoint.load(out)
    return dict(card.figures[VALIDATION + family])


if __name__ == "__main__":
    main()
