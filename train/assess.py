"""A model's answers on labelled drawings, all of them, written to a file for the app to show."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from digitpad.core.assessment_events import Assessed, Assessing, to_json
from digitpad.core.drawing import Drawing
from digitpad.core.errors import InputError
from digitpad.core.evaluation import Evaluation
from digitpad.core.normalise import SIDE, normalise
from digitpad.core.recogniser import Recogniser
from digitpad.core.samples import store
from train.data import DIGITS, Images, Labels
from train.sources import load

_BATCH = 256


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was asked for: ``model`` on ``data``, to be called ``name`` ("" takes the sets')."""

    model: Path
    data: tuple[Path, ...]
    out: Path
    name: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class _Set:
    """Labelled digits as images that are there already, or as drawings to be normalised."""

    name: str
    labels: Labels
    shown: Images | tuple[Drawing, ...]

    def batches(self) -> Iterator[Images]:
        for start in range(0, len(self.labels), _BATCH):
            part = self.shown[start : start + _BATCH]
            yield part if isinstance(part, np.ndarray) else np.stack([_seen(d) for d in part])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes besides the data."""
    parser.set_defaults(run=_run)
    parser.add_argument("model", type=Path, metavar="MODEL", help="the model file")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="as .npz")
    parser.add_argument("--name", default="", help="what to call the data")
    parser.add_argument("--json", action="store_true", help="one JSON line per event")


def _run(chosen: argparse.Namespace) -> None:
    job = Assessment(chosen.model, tuple(chosen.data), chosen.out, chosen.name)
    with tqdm(total=0, unit=" drawings", disable=chosen.json) as bar:
        for event in assess(job):
            if chosen.json:
                print(to_json(event), flush=True)
            elif isinstance(event, Assessing):
                bar.total = event.total
                bar.update(event.done - bar.n)
            else:
                bar.update(event.drawings - bar.n)
                bar.write(f"{event.data}: {event.drawings} drawings, {event.accuracy:.2%} right")


def assess(job: Assessment) -> Iterator[Assessing | Assessed]:
    """Judge the model and write an Evaluation to ``out`` at the end.

    Raises ModelError, InputError and StorageError.
    """
    recogniser = Recogniser.load(job.model)
    sets = _sets(job.data)
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


def _sets(paths: tuple[Path, ...]) -> list[_Set]:
    """Read the digits at ``paths``; what is labelled as something else is left out."""
    own = [path for path in paths if path.suffix == store.SUFFIX]
    others = [path for path in paths if path.suffix != store.SUFFIX]
    found = [_own_drawings(path) for path in own]
    if others:
        data = load(others)
        found += [_Set(p.name, p.labels, p.images) for p in data.pictures]
        for drawings in data.drawings:
            digits = drawings.where(label in DIGITS for label in drawings.labels)
            labels = np.array([int(label) for label in digits.labels], np.int64)
            found.append(_Set(drawings.name, labels, digits.inks))
    found = [one for one in found if len(one.labels)]
    if not found:
        raise InputError(f"There are no labelled digits at {', '.join(map(str, paths))}.")
    return found


def _own_drawings(path: Path) -> _Set:
    samples = list(store.read_samples(path))
    labels = np.array([sample.caption.label for sample in samples], np.int64)
    return _Set("your own drawings", labels, tuple(sample.drawing for sample in samples))


def _seen(drawing: Drawing) -> Images:
    """Return the image that the app makes of a drawing; all paper where there is no ink."""
    normalised = normalise(drawing)
    return np.zeros((SIDE, SIDE), np.uint8) if normalised is None else normalised.image
