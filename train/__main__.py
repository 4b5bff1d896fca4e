"""`python -m train`: fit, evaluate, summary, list."""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import torch

from digitpad.core import checkpoint
from digitpad.core.checkpoint import ModelCard
from digitpad.core.errors import DigitpadError
from digitpad.core.networks import build, parameters
from train import evaluate
from train.data import load
from train.events import Event, Finished, to_json
from train.loop import Run, train
from train.pool import make_pool
from train.recipes import RECIPES, Recipe
from train.split import split


def fit(recipe: Recipe, paths: list[Path], out: Path, seed: int, device: str, resume: bool) -> Iterator[Event]:
    began = time.perf_counter()
    data = load(paths)
    parts = split(data)
    pool = make_pool(parts.training, recipe, seed)
    validation = evaluate.exams(parts.validation, seed)
    merged = evaluate.as_pool(validation, recipe.config.outputs)
    state = out.with_suffix(".state")
    if not resume:
        state.unlink(missing_ok=True)
    network = yield from train(Run(recipe, seed, torch.device(device), state), pool, merged)
    network = network.cpu()
    by = evaluate.temperature(network, merged)
    evaluate.fold_temperature(network, by)
    at = evaluate.threshold(network, validation)
    rows = {
        **{f"validation: {k}": v for k, v in evaluate.figures(network, validation, at).items()},
        **evaluate.figures(network, evaluate.exams(parts.test, seed + 2), at),
    }
    recipe_fields = asdict(recipe)
    config = recipe_fields.pop("config")
    card = ModelCard(
        recipe.name, recipe.network, config, at, recipe_fields, data.hashes, seed, rows,
        datetime.now(UTC).isoformat(timespec="seconds"),
    )
    checkpoint.save(out, network, card)
    state.unlink(missing_ok=True)
    test = rows.get("t10k", {}).get("accuracy")
    yield Finished(str(out), time.perf_counter() - began, at, by, rows, test)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m train")
    commands = parser.add_subparsers(dest="command", required=True)
    f = commands.add_parser("fit")
    f.add_argument("recipe", choices=sorted(RECIPES))
    f.add_argument("--data", nargs="+", type=Path, required=True)
    f.add_argument("--out", type=Path, required=True)
    f.add_argument("--seed", type=int, default=1)
    f.add_argument("--epochs", type=int)
    f.add_argument("--device", default="cpu")
    f.add_argument("--json", action="store_true")
    f.add_argument("--resume", action="store_true")
    a = parser.parse_args()
    recipe = RECIPES[a.recipe]
    if a.epochs:
        recipe = replace(recipe, epochs=a.epochs)
    try:
        for event in fit(recipe, a.data, a.out, a.seed, a.device, a.resume):
            print(to_json(event), flush=True)
    except DigitpadError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
