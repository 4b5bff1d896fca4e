"""The command line: `python -m train fit | evaluate | summary | list`."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from digitpad.core import checkpoint
from digitpad.core.errors import DigitpadError
from digitpad.core.networks import build
from train import evaluate
from train.data import load
from train.describe import describe
from train.fit import Job, fit
from train.recipes import RECIPES, Recipe
from train.report import report, table
from train.split import split
from train.summary import summary


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a sentence on stderr about what went wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except DigitpadError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; --resume goes on after the last whole epoch.", file=sys.stderr)
        return 130
    return 0


def _fit(chosen: argparse.Namespace) -> None:
    recipe = _overridden(RECIPES[chosen.recipe], chosen)
    data, out = tuple(chosen.data), chosen.out
    job = Job(recipe, data, out, chosen.seed, chosen.device, chosen.threads, chosen.resume)
    report(fit(job), as_json=chosen.json)


def _evaluate(chosen: argparse.Namespace) -> None:
    network, card = checkpoint.load(chosen.model)
    parts = split(load(chosen.data))
    sets = evaluate.all_exams(parts, card.config["outputs"], card.seed)
    figures = evaluate.figures(network, sets, card.threshold)
    print(json.dumps(figures) if chosen.json else table(figures))


def _summary(chosen: argparse.Namespace) -> None:
    recipe = RECIPES[chosen.recipe]
    print(summary(build(recipe.network, recipe.config)))


def _list(_: argparse.Namespace) -> None:
    for recipe in RECIPES.values():
        print(f"{recipe.name:<12} {recipe.about}")


def _overridden(recipe: Recipe, chosen: argparse.Namespace) -> Recipe:
    fields = ("epochs", "batch", "learning_rate")
    given = {name: getattr(chosen, name) for name in fields if getattr(chosen, name) is not None}
    return replace(recipe, **given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train", description="Train and judge digit recognisers."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("fit", help="train a model and write it to a file")
    one.set_defaults(run=_fit)
    one.add_argument("recipe", choices=sorted(RECIPES))
    _add_data(one)
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="the model file")
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--epochs", type=_positive)
    one.add_argument("--batch", type=_positive)
    one.add_argument("--learning-rate", type=float)
    one.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, mps")
    one.add_argument("--threads", type=_positive, help="threads on the CPU")
    one.add_argument("--resume", action="store_true", help="go on after the last whole epoch")
    one.add_argument("--json", action="store_true", help="one JSON line per event")

    one = commands.add_parser("evaluate", help="judge a model file")
    one.set_defaults(run=_evaluate)
    one.add_argument("model", type=Path)
    _add_data(one)
    one.add_argument("--json", action="store_true")

    one = commands.add_parser("summary", help="show the layers of a recipe's network")
    one.set_defaults(run=_summary)
    one.add_argument("recipe", choices=sorted(RECIPES))

    commands.add_parser("list", help="name the recipes").set_defaults(run=_list)
    one = commands.add_parser("describe", help="recipes and devices as JSON, for programs")
    one.set_defaults(run=lambda _: print(describe()))
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        nargs="+",
        type=Path,
        required=True,
        metavar="PATH",
        help="files or folders: IDX images with their labels, ink lines",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
