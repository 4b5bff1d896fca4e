"""The command line: `python -m train fit | evaluate | assess | survey | export | ...`."""

import argparse
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.event_lines import Aborted, to_json
from digitpad.core.models import onnx_file
from digitpad.core.models.networks import build
from train import assess, classical, evaluate, survey
from train.classical import CLASSICAL
from train.describe import describe
from train.distributed import world
from train.fit import Job, alone_at, fit
from train.recipes import RECIPES, Recipe
from train.report import report
from train.summary import summary

N = TypeVar("N", int, float)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a sentence on stderr about what went wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except KeyboardInterrupt:
        print(chosen.stopped, file=sys.stderr)
        return 130
    except DigitpadError as error:
        return _failed(Aborted(str(error), error.details), chosen.json)
    except (MemoryError, torch.OutOfMemoryError) as error:
        return _failed(Aborted("There is not enough memory for this.", repr(error)), chosen.json)
    return 0


def _failed(event: Aborted, as_json: bool) -> int:  # noqa: FBT001
    print(event.message, file=sys.stderr)
    if as_json:
        print(to_json(event), flush=True)
    return 1


def _fit(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    if chosen.recipe in CLASSICAL:
        _fit_classical(parser, chosen)
        return
    if chosen.out is None:
        parser.error("the following arguments are required: --out")
    job = Job(
        recipe=_overridden(RECIPES[chosen.recipe], chosen),
        data=tuple(chosen.data),
        out=chosen.out,
        seed=chosen.seed,
        device=chosen.device,
        threads=chosen.threads,
        resume=chosen.resume,
        start_from=chosen.start_from,
    )
    stop = threading.Event()
    if chosen.stop_with_stdin:
        threading.Thread(target=_await_end, args=(_taken_stdin(), stop), daemon=True).start()
    with world() as here, alone_at(job.out) if here.leads else nullcontext():
        events = fit(job, stop, here)
        if here.leads:
            report(events, as_json=chosen.json)
        else:
            deque(events, maxlen=0)


def _fit_classical(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    taken = {"recipe", "data", "seed", "validation_share", "json"}
    for name, value in vars(chosen).items():
        if name not in taken and value != parser.get_default(name):
            option = name.replace("_", "-")
            parser.error(f"{chosen.recipe} takes no --{option}. It is {classical.NO_FILE}.")
    chosen.stopped = "Stopped."  # for good
    recipe = CLASSICAL[chosen.recipe]
    events = classical.fit(recipe, chosen.data, chosen.seed, chosen.validation_share)
    report(events, as_json=chosen.json)


def _taken_stdin() -> int:
    """Return standard input under another number, which no child is given.

    On Windows, a Python hangs when it starts with a standard input that somebody else is reading
    (CPython's issue 78961), as the processes that draw images would.
    """
    stdin = sys.stdin.fileno()
    taken = os.dup(stdin)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, stdin)
    os.close(nothing)
    return taken


def _await_end(stdin: int, stop: threading.Event) -> None:
    while os.read(stdin, 4096):
        pass
    stop.set()


def _export(chosen: argparse.Namespace) -> None:
    card = onnx_file.export(chosen.model, chosen.out)
    print(f"{chosen.out}: {card.name}, {card.network}, threshold {card.threshold}")


def _summary(chosen: argparse.Namespace) -> None:
    recipe = RECIPES[chosen.recipe]
    print(summary(build(recipe.network, recipe.config)))


def _list(_: argparse.Namespace) -> None:
    abouts = [(r.name, r.about) for r in RECIPES.values()]
    abouts += [(r.name, r.about) for r in CLASSICAL.values()]
    for name, about in abouts:
        print(f"{name:<12} {about}")
    print(f"\n{' and '.join(CLASSICAL)} are {classical.NO_FILE}.")
    if not classical.installed():
        print(f"They need scikit-learn, which is {classical.MISSING}.")


def _overridden(recipe: Recipe, chosen: argparse.Namespace) -> Recipe:
    fields = ("epochs", "batch", "learning_rate", "validation_share")
    given: dict[str, Any] = {
        name: getattr(chosen, name) for name in fields if getattr(chosen, name) is not None
    }
    if chosen.no_augmentation:
        given["augmentation"] = None
    return replace(recipe, **given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train", description="Train and evaluate digit recognisers."
    )
    parser.set_defaults(json=False, stopped="Stopped.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_fit(commands.add_parser("fit", help="train a model and write it to a file"))

    for name, add_arguments, about in (
        ("evaluate", evaluate.add_arguments, "measure a model, set by set"),
        ("assess", assess.add_arguments, "write a model's answers on labelled digits to a file"),
        ("survey", survey.add_arguments, "check data sets and count their classes"),
    ):
        one = commands.add_parser(name, help=about)
        _add_data(one)
        add_arguments(one)

    one = commands.add_parser("export", help="write a model as ONNX, for other programs")
    one.set_defaults(run=_export)
    one.add_argument("model", type=Path, metavar="MODEL", help="the model file")
    one.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="file to write (.onnx)"
    )

    one = commands.add_parser("summary", help="show the layers of a recipe's network")
    one.set_defaults(run=_summary)
    one.add_argument("recipe", choices=RECIPES, metavar="RECIPE", help=", ".join(RECIPES))

    commands.add_parser("list", help="list the recipes").set_defaults(run=_list)
    one = commands.add_parser("describe", help="recipes and devices as JSON, for programs")
    one.set_defaults(run=lambda _: print(describe()))
    return parser


def _number(kind: Callable[[str], N], fits: Callable[[N], bool], words: str) -> Callable[[str], N]:
    """Return what reads an argument that must be as the ``words`` say."""

    def read(text: str) -> N:
        try:
            number = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"must be {words}") from None
        if not fits(number):
            raise argparse.ArgumentTypeError(f"must be {words}")
        return number

    return read


_positive = _number(int, lambda n: n >= 1, "a whole number, 1 or more")
_seed = _number(int, lambda n: 0 <= n < 2**32, "a whole number from 0 to 4294967295")
_rate = _number(float, lambda x: 0 < x < float("inf"), "more than 0")
_share = _number(float, lambda x: 0 < x < 1, "between 0 and 1")


def _add_fit(one: argparse.ArgumentParser) -> None:
    recipes = [*RECIPES, *CLASSICAL]
    one.set_defaults(
        run=partial(_fit, one),
        stopped="Stopped. To continue after the last finished epoch, add --resume.",
    )
    one.epilog = (
        f"{' and '.join(CLASSICAL)} are {classical.NO_FILE}. "
        "Several GPUs: torchrun --nproc-per-node 2 -m train fit ..."
    )
    add = one.add_argument
    add("recipe", choices=recipes, metavar="RECIPE", help=", ".join(recipes))
    _add_data(one)
    add("--out", type=Path, metavar="FILE", help="model file to write; required for networks")
    add("--seed", type=_seed, default=1, metavar="N", help="random seed (default: 1)")
    add("--epochs", type=_positive, metavar="N", help="number of epochs (default: the recipe's)")
    add("--batch", type=_positive, metavar="N", help="batch size (default: the recipe's)")
    add("--learning-rate", type=_rate, metavar="X", help="learning rate (default: the recipe's)")
    add(
        "--validation-share",
        type=_share,
        metavar="X",
        help="fraction of each training set held out for validation "
        "(default: 1/12 of pictures, 15 %% of writers)",
    )
    add(
        "--no-augmentation",
        action="store_true",
        help="no random changes of the finished images (ink is still redrawn)",
    )
    add("--start-from", type=Path, metavar="MODEL", help="start from this model's weights")
    add("--device", default="auto", help="auto, cpu, cuda, cuda:1 or mps (default: auto)")
    add("--threads", type=_positive, metavar="N", help="CPU threads (default: PyTorch's choice)")
    add(
        "--resume",
        action="store_true",
        help="continue an interrupted run after its last finished epoch",
    )
    add("--json", action="store_true", help="print one JSON line per event")
    add(
        "--stop-with-stdin",
        action="store_true",
        help="stop when standard input ends, and keep what has been learnt",
    )


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        nargs="+",
        type=Path,
        required=True,
        metavar="PATH",
        help="files or folders: IDX images with their labels, CSV like Kaggle's train.csv, "
        "ink lines, own drawings, folders of pictures named 0 to 9; or the word mnist. Sets with "
        "test or t10k in their names only test; a share of the others is held out for validation",
    )


if __name__ == "__main__":
    sys.exit(main())
