"""What a model answered on labelled drawings, and every figure that follows from it."""

import io
import tokenize
import zipfile
import zlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from digitpad.core.drawing import SIDE
from digitpad.core.errors import InputError
from digitpad.core.formats.files import MAX_BYTES, read_bytes, write_atomically
from digitpad.core.prediction import DIGITS, NOT_A_DIGIT, thresholds

BINS = 15
"""Bins of equal width over the confidence, as the calibration error is usually measured."""

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_FORMAT = 1
_LEAST = float(np.finfo(np.float32).eps)
"""The least probability that a loss is taken of, as scikit-learn clips single precision."""
_MAX_UNPACKED = 8 * MAX_BYTES


@dataclass(frozen=True, eq=False, slots=True)
class Reliability:
    """Confidence against truth in ``BINS`` bins, each array of shape (BINS,).

    ``confidence`` and ``accuracy`` are a bin's means, NaN where ``count`` is 0.
    """

    count: Integers
    confidence: Floats
    accuracy: Floats

    @property
    def error(self) -> float:
        """Return the expected calibration error (Naeini et al. 2015)."""
        filled = self.count > 0
        gaps = np.abs(self.accuracy[filled] - self.confidence[filled])
        return float((gaps * self.count[filled]).sum() / self.count.sum())


@dataclass(frozen=True, eq=False, slots=True)
class ClassFigures:
    """Precision, recall, F1 and support of the ten digits, each array of shape (10,).

    A drawing that was refused counts as missed. What has no drawings to be taken of is NaN.
    """

    precision: Floats
    recall: Floats
    f1: Floats
    support: Integers

    @classmethod
    def of(cls, confusion: Integers) -> Self:
        """Take them from a confusion matrix, shape (10, 11), refused last."""
        hits = confusion.diagonal()
        support, answered = confusion.sum(axis=1), confusion.sum(axis=0)[:DIGITS]
        with np.errstate(invalid="ignore"):
            return cls(hits / answered, hits / support, 2 * hits / (answered + support), support)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The answers of ``model`` on ``data``: n labelled drawings, at least one.

    ``labels`` (n,) are digits; ``probabilities`` (n, 10) sum to 1 minus that of "not a digit",
    and are all 0 for a blank drawing; ``images`` (n, 28, 28) uint8 are what the model was shown. A
    digit is named as `thresholds` says for ``threshold`` and ``pen_down``.
    """

    model: str
    data: str
    labels: Integers
    probabilities: Floats
    images: npt.NDArray[np.uint8]
    threshold: float
    pen_down: bool = False

    def __len__(self) -> int:
        return len(self.labels)

    def where(self, chosen: npt.NDArray[np.bool_]) -> Self:
        """Return the answers to the drawings that are ``chosen`` (n,)."""
        return replace(
            self,
            labels=self.labels[chosen],
            probabilities=self.probabilities[chosen],
            images=self.images[chosen],
        )

    @cached_property
    def confidences(self) -> Floats:
        """Return the probability of each drawing's likeliest digit, shape (n,)."""
        likeliest: Floats = self.probabilities.max(axis=1)
        return likeliest

    @property
    def of_any_digit(self) -> Floats:
        """Return the probability that each drawing is a digit at all, shape (n,)."""
        any_digit: Floats = self.probabilities.sum(axis=1)
        return any_digit

    @cached_property
    def answers(self) -> Integers:
        """Return what was answered, shape (n,): a digit, or ``NOT_A_DIGIT`` where refused."""
        any_digit, likeliest = thresholds(self.threshold, pen_down=self.pen_down)
        named = (self.of_any_digit >= any_digit) & (self.confidences >= likeliest)
        refused = ~named | (self.confidences <= 0)
        return np.where(refused, NOT_A_DIGIT, self.probabilities.argmax(axis=1))

    @cached_property
    def right(self) -> npt.NDArray[np.bool_]:
        """Tell for each drawing whether its likeliest digit, refused or not, is its label."""
        likeliest = self.probabilities.argmax(axis=1)
        right: npt.NDArray[np.bool_] = (likeliest == self.labels) & (self.confidences > 0)
        return right

    @cached_property
    def losses(self) -> Floats:
        """Return the negative log-likelihood of each label, clipped, shape (n,)."""
        given = self.probabilities[np.arange(len(self)), self.labels]
        return -np.log(np.clip(given, _LEAST, 1.0))

    @property
    def accuracy(self) -> float:
        """Return the share of drawings whose likeliest digit is right, whether refused or not."""
        return float(self.right.mean())

    @property
    def loss(self) -> float:
        """Return the mean negative log-likelihood in nats."""
        return float(self.losses.mean())

    @property
    def kept(self) -> float:
        """Return the share of drawings that were answered with a digit at all."""
        return float((self.answers != NOT_A_DIGIT).mean())

    @property
    def calibration_error(self) -> float:
        return self.reliability.error

    @cached_property
    def bins(self) -> Integers:
        """Return the reliability bin of each drawing, shape (n,)."""
        return np.minimum((self.confidences * BINS).astype(np.int64), BINS - 1)

    @cached_property
    def reliability(self) -> Reliability:
        """Return how often the likeliest digit is right, by how sure the model was of it."""
        count = np.bincount(self.bins, minlength=BINS)
        with np.errstate(invalid="ignore"):
            confidence = np.bincount(self.bins, self.confidences, BINS) / count
            accuracy = np.bincount(self.bins, self.right, BINS) / count
        return Reliability(count, confidence, accuracy)

    @cached_property
    def confusion(self) -> Integers:
        """Return the drawings of each label (rows) by answer, shape (10, 11), refused last."""
        columns = DIGITS + 1
        cells = np.bincount(self.labels * columns + self.answers, minlength=DIGITS * columns)
        return cells.reshape(DIGITS, columns)

    @cached_property
    def confusion_shares(self) -> Floats:
        """Return the confusion matrix as shares of its rows; a label without drawings has 0."""
        drawings = np.maximum(self.confusion.sum(axis=1, keepdims=True), 1)
        shares: Floats = self.confusion / drawings
        return shares

    @cached_property
    def classes(self) -> ClassFigures:
        return ClassFigures.of(self.confusion)

    @cached_property
    def hardest(self) -> Integers:
        """Return the indices of all drawings, that of the greatest loss first."""
        return np.argsort(-self.losses, kind="stable")

    def hardest_where(self, chosen: npt.NDArray[np.bool_]) -> Integers:
        """Return the indices of the drawings that are ``chosen`` (n,), the hardest first."""
        return self.hardest[chosen[self.hardest]]

    def in_cell(self, label: int, answer: int) -> Integers:
        """Return the indices of the drawings in one cell of the matrix, the hardest first."""
        return self.hardest_where((self.labels == label) & (self.answers == answer))

    def save(self, path: Path) -> None:
        """Write everything to ``path`` as .npz, whole or not at all; raises StorageError."""
        stream = io.BytesIO()
        np.savez_compressed(
            stream,
            format=_FORMAT,
            model=self.model,
            data=self.data,
            labels=self.labels.astype(np.uint8),
            probabilities=self.probabilities.astype(np.float32),
            images=self.images,
            threshold=self.threshold,
            pen_down=self.pen_down,
        )
        write_atomically(path, stream.getvalue())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what ``save`` wrote; runs no code of the file. Raises InputError."""
        data = read_bytes(path)
        try:
            return cls._checked(_unpacked(data))
        except _FAULTS as error:
            raise InputError(
                f"{path} is damaged or not an evaluation: evaluate again.", repr(error)
            ) from error

    @classmethod
    def _checked(cls, parts: dict[str, Any]) -> Self:
        labels, images, threshold = parts["labels"], parts["images"], float(parts["threshold"])
        probabilities = parts["probabilities"].astype(np.float64)
        count = len(labels)
        sound = (
            int(parts["format"]) == _FORMAT
            and count > 0
            and (labels.dtype, labels.shape) == (np.uint8, (count,))
            and (images.dtype, images.shape) == (np.uint8, (count, SIDE, SIDE))
            and probabilities.shape == (count, DIGITS)
            and bool((labels < DIGITS).all())
            # NaN fails every comparison.
            and bool(((probabilities >= 0) & (probabilities <= 1)).all())
            and 0 <= threshold <= 1
        )
        if not sound:
            raise ValueError("its parts do not fit together")
        names = str(parts["model"]), str(parts["data"])
        # older versions saved whole drawings only, and did not say so
        pen_down = bool(parts.get("pen_down", False))
        return cls(*names, labels.astype(np.int64), probabilities, images, threshold, pen_down)


_FAULTS = (
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    OSError,
    MemoryError,
    RuntimeError,
    SyntaxError,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What numpy and zipfile raise on files that are damaged or not ours."""


def _unpacked(data: bytes) -> dict[str, Any]:
    stream = io.BytesIO(data)
    if sum(part.file_size for part in zipfile.ZipFile(stream).infolist()) > _MAX_UNPACKED:
        raise ValueError("it unpacks to too much")
    with np.load(stream, allow_pickle=False) as parts:
        return {name: parts[name] for name in parts.files}
