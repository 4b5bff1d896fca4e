"""What came out of a network for one drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

DIGITS = 10

NOT_A_DIGIT = DIGITS
"""Index, after those of the digits, that says that a drawing is not a digit."""

CLASSES = DIGITS + 1
"""Ten digits and "not a digit": as many outputs as one answer takes."""

LIKELIER_THAN_NOT = 0.5
"""The least probability at which a digit is named while it is still being drawn."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer for one drawing.

    ``probabilities`` has one entry per digit; 1 minus their sum is the network's own probability
    that the drawing is not a digit. ``digit`` is None for a blank or for what is not a digit.
    With ``pen_down`` the drawing is unfinished, and this says what it is going to be.
    """

    probabilities: tuple[float, ...]
    digit: int | None
    pen_down: bool = False

    @classmethod
    def of(
        cls, probabilities: Sequence[float], threshold: float, *, pen_down: bool = False
    ) -> Self:
        """Answer with the likeliest digit, or with none below the `thresholds`.

        ``probabilities`` are those of the ten digits; more entries, if any, are not digits.
        """
        digits = tuple(float(p) for p in probabilities[:DIGITS])
        best = max(range(DIGITS), key=digits.__getitem__)
        any_digit, likeliest = thresholds(threshold, pen_down=pen_down)
        named = sum(digits) >= any_digit and digits[best] >= likeliest
        return cls(digits, best if named else None, pen_down)

    @classmethod
    def blank(cls) -> Self:
        return cls((0.0,) * DIGITS, None)

    @property
    def confidence(self) -> float:
        """Probability of the answer: of the digit or, without one, of not being a digit."""
        if self.digit is not None:
            return self.probabilities[self.digit]
        return max(1.0 - sum(self.probabilities), 0.0)


def thresholds(threshold: float, *, pen_down: bool) -> tuple[float, float]:
    """Return the least probabilities, of all ten digits and of the likeliest, to name a digit at.

    The likeliest digit is named where the ten together have the probability ``threshold``: that a
    drawing may be a 4 or a 9 is no reason to say that it is not a digit. While the pen is down,
    that digit also has to be likelier than not.
    """
    return threshold, LIKELIER_THAN_NOT if pen_down else 0.0
