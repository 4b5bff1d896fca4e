"""What learnt digits before networks did, by scikit-learn: for comparison only.

Nothing of it is kept: scikit-learn's models are pickles, and a pickle can run code.
"""

import importlib.util
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digitpad.core.errors import InputError
from digitpad.core.evaluation.verdict import headline_accuracy
from digitpad.core.training.events import Event, Finished, Notice, Started
from train.data import Images, Labels, require_all_digits
from train.fit import gathered
from train.split import Part, split
from train.strokes import plainly_seen

NO_FILE = "for comparison only: no model file is written, since scikit-learn's can run code"
MISSING = "not installed: pip install scikit-learn"


def installed() -> bool:
    return importlib.util.find_spec("sklearn") is not None


@dataclass(frozen=True, slots=True)
class Classical:
    """A classifier of scikit-learn's, made by ``make`` from a seed; it learns from ``most`` images.

    The images are those of the training part, drawn by the seed where there are more.
    """

    name: str
    about: str
    make: Callable[[int], Any]
    most: int


def fit(
    recipe: Classical, data: Sequence[Path], seed: int, validation_share: float | None = None
) -> Iterator[Event]:
    """Train on the images in ``data``, judge on its test sets, and tell; raises InputError."""
    if not installed():
        raise InputError(f"{recipe.name} needs scikit-learn, which is {MISSING}.")
    began = time.perf_counter()
    parts = split((yield from gathered(data)), validation_share)
    images, labels = _drawn(parts.training, recipe.most, seed)
    classifier = recipe.make(seed)
    yield Started(recipe.name, type(classifier).__name__, 0, len(images), 1, "cpu", seed)
    yield Notice(f"{recipe.name} is {NO_FILE}.")
    classifier.fit(_flat(images), labels)
    figures = {name: _figures(classifier, *shown) for name, shown in _sets(parts.test)}
    yield Finished(
        file="",
        seconds=time.perf_counter() - began,
        threshold=0.0,
        temperature=1.0,
        figures=figures,
        test_accuracy=headline_accuracy(figures),
    )


def _drawn(part: Part, most: int, seed: int) -> tuple[Images, Labels]:
    require_all_digits(part.pictures, ())
    images = np.concatenate([p.images for p in part.pictures])
    labels = np.concatenate([p.labels for p in part.pictures])
    rows = np.random.default_rng(seed).permutation(len(images))[:most]
    return images[rows], labels[rows]


def _flat(images: Images) -> npt.NDArray[np.float32]:
    return np.divide(images.reshape(len(images), -1), 255, dtype=np.float32)


def _sets(part: Part) -> Iterator[tuple[str, tuple[Images, Labels]]]:
    for pictures in part.pictures:
        yield pictures.name, (pictures.images, pictures.labels)
    for drawings in part.digits:
        images = np.stack([plainly_seen(ink) for ink in drawings.inks])
        yield drawings.name, (images, drawings.digits)


def _figures(classifier: Any, images: Images, labels: Labels) -> Mapping[str, float]:  # noqa: ANN401
    right = classifier.predict(_flat(images)) == labels
    return {"accuracy": round(float(right.mean()), 5), "drawings": float(len(right))}


def _svm(_: int) -> Any:  # noqa: ANN401
    from sklearn.svm import SVC

    return SVC(C=10.0)


def _forest(seed: int) -> Any:  # noqa: ANN401
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(n_estimators=200, n_jobs=-1, random_state=seed)


_ALL = (
    Classical("svm", "support vector machine with an RBF kernel, on 20,000 images", _svm, 20_000),
    Classical("forest", "random forest of 200 trees", _forest, 10**9),
)

CLASSICAL: Mapping[str, Classical] = {one.name: one for one in _ALL}
