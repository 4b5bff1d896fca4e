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
        """Answer with the likeliest digit, or with none where they are less than is `needed`.

        ``probabilities`` are those of the ten digits; more entries, if any, are not digits.
        """
        digits = tuple(float(p) for p in probabilities[:DIGITS])
        best = max(range(DIGITS), key=digits.__getitem__)
        any_digit, likeliest = needed(threshold, pen_down=pen_down)
        named = sum(digits) >= any_digit and digits[best] >= likeliest
        return cls(digits, best if named else None, pen_down)

    @classmethod
    def blank(cls) -> Self:
        return cls((0.0,) * DIGITS, None)

    @property
    def confidence(self) -> float:
        """Probability of the answer: of the digit or, without one, that it is none."""
        if self.digit is not None:
            return self.probabilities[self.digit]
        return max(1.0 - sum(self.probabilities), 0.0)


def needed(threshold: float, *, pen_down: bool) -> tuple[float, float]:
    """Return from which probability of all ten digits, and of the likeliest, that one is named.

    A drawing is called a digit where it is one with the probability ``threshold``, whichever of
    them: that it may be a 4 or a 9 is no reason to say that it is none. While the pen is down, one
    of them has to be likelier than not, too.
    """
    return threshold, LIKELIER_THAN_NOT if pen_down else 0.0
