"""A model's answers on labelled drawings, all of them, written to a file for the app to show."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from digitpad.core.errors import InputError
from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.evaluation.events import MNIST_TEST, Assessed, Assessing
from digitpad.core.event_lines import Fetching, to_json
from digitpad.core.ink import Ink
from digitpad.core.recogniser import Recogniser
from train import mnist
from train.data import DIGITS, Images, Labels
from train.sources import fetched, load
from train.strokes import plainly_seen

_BATCH = 256
_TEST = "t10k"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was asked for: ``model`` on ``data``, to be called ``name`` ("" takes the sets')."""

    model: Path
    data: tuple[Path, ...]
    out: Path
    name: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class _Set:
    """Labelled digits as images that are there already, or as ink to be normalised."""

    name: str
    labels: Labels
    shown: Images | tuple[Ink, ...]

    def batches(self) -> Iterator[Images]:
        for start in range(0, len(self.labels), _BATCH):
            part = self.shown[start : start + _BATCH]
            yield (
                part if isinstance(part, np.ndarray) else np.stack([plainly_seen(i) for i in part])
            )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes besides the data."""
    parser.set_defaults(run=_run)
    parser.add_argument("model", type=Path, metavar="MODEL", help="the model file")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="file to write (.npz)"
    )
    parser.add_argument("--name", default="", help="name for the data (default: those of its sets)")
    parser.add_argument("--json", action="store_true", help="print one JSON line per event")


def _run(chosen: argparse.Namespace) -> None:
    job = Assessment(chosen.model, tuple(chosen.data), chosen.out, chosen.name)
    with tqdm(total=0, unit=" drawings", disable=chosen.json) as bar:
        for event in assess(job):
            if chosen.json:
                print(to_json(event), flush=True)
            elif isinstance(event, Assessing):
                bar.total = event.total
                bar.update(event.done - bar.n)
            elif isinstance(event, Fetching):
                bar.write(event.text)
            else:
                bar.update(event.drawings - bar.n)
                bar.write(f"{event.data}: {event.drawings} drawings, {event.accuracy:.2%} right")


def assess(job: Assessment) -> Iterator[Fetching | Assessing | Assessed]:
    """Judge the model and write an Evaluation to ``out`` at the end.

    Raises ModelError, InputError and StorageError.
    """
    recogniser = Recogniser.load(job.model)
    yield from map(Fetching, _fetched(job.data))
    sets = _sets([_place(path) for path in job.data])
    labels = np.concatenate([s.labels for s in sets])
    images, probabilities = [], []
    done = 0
    for batch in (batch for s in sets for batch in s.batches()):
        yield Assessing(done, len(labels))
        images.append(batch)
        probabilities += [answer.probabilities for answer in recogniser.predict(batch)]
        done += len(batch)
    name = job.name or ", ".join(s.name for s in sets)
    evaluation = Evaluation(
        recogniser.card.name,
        name,
        labels,
        np.array(probabilities, np.float32).astype(np.float64),
        np.concatenate(images),
        recogniser.card.threshold,
    )
    evaluation.save(job.out)
    yield Assessed(str(job.out), name, len(labels), evaluation.accuracy)


def _fetched(paths: Sequence[Path]) -> Iterator[str]:
    """Download MNIST, or its test images, where they are asked for and not at hand."""
    yield from fetched(paths)
    if Path(MNIST_TEST) in paths:
        files = {name: digest for name, digest in mnist.FILES.items() if name.startswith(_TEST)}
        yield from mnist.fetch(files=files)


def _place(path: Path) -> Path:
    return mnist.folder() / f"{_TEST}-images-idx3-ubyte.gz" if str(path) == MNIST_TEST else path


def _sets(paths: Iterable[Path]) -> list[_Set]:
    """Read the digits at ``paths``; what is labelled as something else is left out."""
    data = load(paths)
    found = [_Set(p.name, p.labels, p.images) for p in data.pictures]
    for drawings in data.drawings:
        digits = drawings.where(label in DIGITS for label in drawings.labels)
        found.append(_Set(drawings.name, digits.digits, digits.inks))
    found = [one for one in found if len(one.labels)]
    if not found:
        raise InputError(f"There are no labelled digits at {', '.join(map(str, paths))}.")
    return found
