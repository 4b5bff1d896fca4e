"""A new model's figures against those of the current one, and what to say about them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from digitpad.core.models.card import Figures

_VALIDATION = "validation: "
_CHANCE = 2.0
"""Standard errors within which two accuracies are called the same."""


class Outcome(StrEnum):
    """How the new model compares."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of both models; None where it was not measured. All are shares in 0..1."""

    name: str
    measure: str
    drawings: int
    new: float | None
    current: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, with the accuracies that it rests on, over ``drawings`` of the same sets."""

    outcome: Outcome
    new: float = 0.0
    current: float = 0.0
    drawings: int = 0


def figure_rows(new: Figures, current: Figures) -> list[FigureRow]:
    """Return a row for each of the new model's sets: the accuracy on digits, or the share refused.

    Test sets come first, then those of validation.
    """
    return [
        _row(name, new[name], current.get(name, {})) for name in sorted(new, key=_is_validation)
    ]


def verdict(new: Figures, current: Figures) -> Verdict:
    """Compare the accuracies over all digits of the test sets that both were judged on."""
    shared = [
        (name, row["accuracy"], current[name]["accuracy"], row.get("drawings", 0.0))
        for name, row in new.items()
        if not _is_validation(name)
        and "accuracy" in row
        and "accuracy" in current.get(name, {})
        and row.get("drawings") == current[name].get("drawings")
    ]
    total = sum(count for *_, count in shared)
    if total == 0:
        return Verdict(Outcome.UNKNOWN)
    mine = sum(accuracy * count for _, accuracy, _, count in shared) / total
    theirs = sum(accuracy * count for _, _, accuracy, count in shared) / total
    return Verdict(_outcome(mine, theirs, total), mine, theirs, int(total))


def headline_accuracy(figures: Figures) -> float | None:
    """Return the accuracy on the first test set of digits, None without one."""
    found = (
        row["accuracy"]
        for name, row in figures.items()
        if "accuracy" in row and not _is_validation(name)
    )
    return next(found, None)


def _row(name: str, new: Mapping[str, float], current: Mapping[str, float]) -> FigureRow:
    measure = "accuracy" if "accuracy" in new else "refused"
    same = new.get("drawings") == current.get("drawings")
    return FigureRow(
        name,
        measure,
        int(new.get("drawings", 0)),
        new.get(measure),
        current.get(measure) if same else None,
    )


def _outcome(new: float, current: float, drawings: float) -> Outcome:
    middle = (new + current) / 2
    error = math.sqrt(2 * middle * (1 - middle) / drawings)
    if abs(new - current) <= _CHANCE * error:
        return Outcome.SAME
    return Outcome.BETTER if new > current else Outcome.WORSE


def _is_validation(name: str) -> bool:
    return name.startswith(_VALIDATION)
