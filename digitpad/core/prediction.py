"""What came out of a network for one drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

DIGITS = 10

NOT_A_DIGIT = DIGITS
"""Index, after those of the digits, that says that a drawing is no digit."""

CLASSES = DIGITS + 1
"""Ten digits and "not a digit": as many outputs as one answer takes."""

LIKELIER_THAN_NOT = 0.5
"""The least probability at which a digit is named while it is still being drawn."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer for one drawing.

    ``probabilities`` has one entry a digit; what they lack to 1 is the network's own probability
    that the drawing is not a digit. ``digit`` is None for a blank or for what is not a digit.
    With ``pen_down`` it is said of a drawing that goes on: what it is going to be.
    """

    probabilities: tuple[float, ...]
    digit: int | None
    pen_down: bool = False

    @classmethod
    def of(
        cls, probabilities: Sequence[float], threshold: float, *, pen_down: bool = False
    ) -> Self:
        """Answer with the likeliest digit, or with none where it stays below ``threshold``.

        ``probabilities`` are those of the ten digits; more entries, if any, are not digits.
        """
        digits = tuple(float(p) for p in probabilities[:DIGITS])
        best = max(range(DIGITS), key=digits.__getitem__)
        named = digits[best] >= least(threshold, pen_down=pen_down)
        return cls(digits, best if named else None, pen_down)

    @classmethod
    def blank(cls) -> Self:
        return cls((0.0,) * DIGITS, None)

    @property
    def confidence(self) -> float:
        """Probability of the answer: of the digit or, without one, that no digit fits."""
        best = max(self.probabilities)
        return best if self.digit is not None else 1.0 - best


def least(threshold: float, *, pen_down: bool) -> float:
    """Return the probability below which no digit is named by a model with this threshold."""
    return max(threshold, LIKELIER_THAN_NOT) if pen_down else threshold
