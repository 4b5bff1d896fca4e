"""Labelled drawings to test with."""

from digitpad.core.drawing import Picture
from digitpad.core.ink import Ink, Stroke
from digitpad.core.prediction import DIGITS, Prediction
from digitpad.core.samples.sample import Sample


def ink_of(number: int) -> Ink:
    """Return a drawing that differs from that of any other number."""
    return Ink((Stroke.of([(0, number, 1), (50, 3, 1), (40, 80, 0.5), (10.25, 100, 1)], 9.5),))


def answer_of(digit: int | None, confidence: float = 0.9) -> Prediction:
    rest = (1 - confidence) / DIGITS
    return Prediction(tuple(confidence if d == digit else rest for d in range(DIGITS)), digit)


def sample_of(number: int, label: int = 7, read_as: int | None = 7) -> Sample:
    return Sample.of(ink_of(number), label, answer_of(read_as))


def unread_picture(png: bytes = b"\x89PNG, or so") -> Sample:
    return Sample.of(Picture(png, 30, 40), 3)
