"""A drawing that the person labelled: what they say it is, and what the network made of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from digitpad.core.drawing import Drawing
from digitpad.core.prediction import Prediction

OWN_WRITER = "me"


@dataclass(frozen=True, slots=True)
class Caption:
    """What is known about a drawing.

    ``label`` is the digit that the person says it is, ``answer`` what the network made of it when
    it was last asked, None where it never was. ``writer`` is empty where unknown.
    """

    label: int
    answer: Prediction | None
    created: datetime
    writer: str = OWN_WRITER

    @property
    def misread(self) -> bool:
        """Whether the network was asked and said something else."""
        return self.answer is not None and self.answer.digit != self.label


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawing and what is known about it."""

    drawing: Drawing
    caption: Caption

    @classmethod
    def of(cls, drawing: Drawing, label: int, answer: Prediction | None = None) -> Self:
        """Return a sample of this moment."""
        return cls(drawing, Caption(label, answer, datetime.now(UTC)))
