"""The tables of an evaluation as CSV, for spreadsheets and papers."""

import csv
import io
import math
from collections.abc import Iterable, Sequence

from digitpad.core.evaluation.evaluation import BINS, Evaluation
from digitpad.core.prediction import DIGITS

Named = Sequence[tuple[str, Evaluation]]
"""Evaluations with the names they are shown under; the first column says which a row is of."""


def confusion_csv(named: Named, *, shares: bool) -> bytes:
    """Return the confusion matrix, a row per label, as counts or as shares of the row."""
    head = ["model", "label", *(f"answer {digit}" for digit in range(DIGITS)), "not a digit"]
    return _csv(
        head,
        (
            [name, label, *cells]
            for name, e in named
            for label, cells in enumerate((e.confusion_shares if shares else e.confusion).tolist())
        ),
    )


def reliability_csv(named: Named) -> bytes:
    """Return the reliability bins; what an empty bin has no mean of is left empty."""
    head = ["model", "from", "to", "drawings", "mean confidence", "accuracy"]
    return _csv(
        head,
        (
            [name, i / BINS, (i + 1) / BINS, int(r.count[i]), r.confidence[i], r.accuracy[i]]
            for name, r in ((name, e.reliability) for name, e in named)
            for i in range(BINS)
        ),
    )


def classes_csv(named: Named) -> bytes:
    """Return precision, recall, F1 and support of each digit."""
    return _csv(
        ["model", "digit", "precision", "recall", "f1", "support"],
        (
            [name, i, c.precision[i], c.recall[i], c.f1[i], int(c.support[i])]
            for name, c in ((name, e.classes) for name, e in named)
            for i in range(DIGITS)
        ),
    )


def _csv(head: list[str], rows: Iterable[list[object]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([_field(value) for value in row] for row in rows)
    return stream.getvalue().encode()


def _field(value: object) -> object:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return value
