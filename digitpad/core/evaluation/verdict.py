"""A new model's figures against those of the current one, and what to say about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from digitpad.core.evaluation import chance
from digitpad.core.models.card import AS_PICTURES, VALIDATION, Figures

_SHOWN = ("accuracy", "refused")


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

    What was measured on drawings that were turned, spoilt or cut short has no row.

    Test sets come first, then those of validation.
    """
    return [
        _row(name, measure, new[name], current.get(name, {}))
        for name in sorted(new, key=_is_validation)
        for measure in _SHOWN
        if measure in new[name]
    ]


def verdict(new: Figures, current: Figures) -> Verdict:
    """Compare the accuracies over all digits of the test sets that both were judged on.

    Figures tell how many digits each model misses, not which: they are compared as if none was
    missed by both, so that a difference is called chance too often rather than too seldom.
    """
    shared = [
        (name, row["accuracy"], current[name]["accuracy"], row.get("drawings", 0.0))
        for name, row in new.items()
        if not _is_validation(name)
        and not name.endswith(AS_PICTURES)
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


def _row(
    name: str, measure: str, new: Mapping[str, float], current: Mapping[str, float]
) -> FigureRow:
    same = new.get("drawings") == current.get("drawings")
    return FigureRow(
        name,
        measure,
        int(new.get("drawings", 0)),
        new.get(measure),
        current.get(measure) if same else None,
    )


def _outcome(new: float, current: float, drawings: float) -> Outcome:
    missed, missed_now = round((1 - new) * drawings), round((1 - current) * drawings)
    if chance.of_difference(missed, missed_now) >= chance.UNLIKELY:
        return Outcome.SAME
    return Outcome.BETTER if new > current else Outcome.WORSE


def _is_validation(name: str) -> bool:
    return name.startswith(VALIDATION)
