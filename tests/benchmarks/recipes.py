"""Every recipe, trained from several seeds: the published accuracy beside ours, and real pens.

`python -m tests.benchmarks.recipes --out results.jsonl [--recipes ...] [--seeds 3] [--threads N]`,
with the data sets in DIGITPAD_DATA. Runs that are in the file already are not done again, so it can
be stopped and continued; remove those of a recipe that has changed since. What a recipe does not
learn from is not read for it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean, stdev

from tests.drawings import data_folder
from train.classical import CLASSICAL
from train.recipes import RECIPES

PUBLISHED = {
    "keras-1.2m": "99.09 %",
    "functional": "99.06 %",
    "kaggle-280k": "98.9 % (validation)",
    "lenet-5": "about 99.0 %",
}
MNIST_TEST, PENS_TEST = "t10k", "pendigits-test"


@dataclass(frozen=True, slots=True)
class Result:
    """One run: what was trained, how, the accuracies on both test sets, the seconds of training.

    ``epochs`` and ``threads`` are None where they were left to the recipe and the machine.
    """

    recipe: str
    seed: int
    epochs: int | None
    threads: int | None
    mnist: float
    pens: float
    seconds: float


def main() -> None:
    chosen = _parser().parse_args()
    data = data_folder()
    if data is None:
        sys.exit("This needs the data sets: set DIGITPAD_DATA to their folder.")
    known = {_key(result): result for result in _read(chosen.out)}
    shown = []
    for seed in range(1, chosen.seeds + 1):
        for recipe in chosen.recipes:
            epochs, threads = (chosen.epochs, chosen.threads) if recipe in RECIPES else (None, None)
            result = known.get((recipe, seed, epochs, threads))
            result = result or _run(recipe, seed, epochs, threads, data)
            if _key(result) not in known:
                with chosen.out.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(result)) + "\n")
            shown.append(result)
    print("\n".join(table(shown, chosen.recipes)))


def _key(result: Result) -> tuple[str, int, int | None, int | None]:
    return result.recipe, result.seed, result.epochs, result.threads


def table(results: Sequence[Result], recipes: Sequence[str]) -> Iterator[str]:
    """Yield a Markdown table, a row for each recipe that has been run."""
    yield "| recipe | published | MNIST test | pendigits-test | seeds | training |"
    yield "|---|---|---|---|---|---|"
    for recipe in recipes:
        runs = [r for r in results if r.recipe == recipe]
        if runs:
            mnist, pens = _spread([r.mnist for r in runs]), _spread([r.pens for r in runs])
            time = _duration(mean(r.seconds for r in runs))
            time += "" if recipe in RECIPES else " in all"
            published = PUBLISHED.get(recipe, "")
            yield f"| `{recipe}` | {published} | {mnist} | {pens} | {len(runs)} | {time} |"


def _run(recipe: str, seed: int, epochs: int | None, threads: int | None, data: Path) -> Result:
    """Run the command line as a person would, and return what its last events say."""
    print(f"{recipe}, seed {seed}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "train", "fit", recipe, "--seed", str(seed), "--json"]
    command += ["--data", *map(str, _data(recipe, data))]
    with tempfile.TemporaryDirectory() as folder:
        if recipe in RECIPES:
            command += ["--out", str(Path(folder, "model.safetensors"))]
            command += ["--epochs", str(epochs)] if epochs else []
            command += ["--threads", str(threads)] if threads else []
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    finished = events[-1]
    learnt = [event["seconds"] for event in events if event["event"] == "EpochEnded"]
    mnist, pens = (finished["figures"][name]["accuracy"] for name in (MNIST_TEST, PENS_TEST))
    seconds = sum(learnt) if learnt else finished["seconds"]
    return Result(recipe, seed, epochs, threads, mnist, pens, seconds)


def _data(recipe: str, data: Path) -> list[Path]:
    """Return all data, or MNIST and the pens' test where MNIST is all that is learnt from."""
    if recipe in CLASSICAL or RECIPES[recipe].drawings == 0:
        return [data / "mnist", data / "ink" / f"{PENS_TEST}.jsonl.gz"]
    return [data]


def _read(file: Path) -> Iterator[Result]:
    if file.exists():
        for line in file.read_text("utf-8").splitlines():
            yield Result(**json.loads(line))


def _spread(shares: Sequence[float]) -> str:
    spread = f" \u00b1 {100 * stdev(shares):.2f}" if len(shares) > 1 else ""
    return f"{100 * mean(shares):.2f}{spread} %"


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds >= 90 else f"{seconds:.0f} s"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    every = [*RECIPES, *CLASSICAL]
    parser.add_argument("--recipes", nargs="+", choices=every, default=every, metavar="RECIPE")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="1 to N")
    parser.add_argument("--threads", type=int, metavar="N", help="of networks on the CPU")
    parser.add_argument("--epochs", type=int, metavar="N", help="of networks, for a try")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="JSON lines")
    return parser


if __name__ == "__main__":
    main()
