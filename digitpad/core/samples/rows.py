"""Samples as rows of the database, and back."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from digitpad.core.drawing import Drawing, Picture
from digitpad.core.errors import InputError
from digitpad.core.formats.ink_lines import format_ink_line, parse_ink
from digitpad.core.ink import Ink
from digitpad.core.prediction import DIGITS, Prediction
from digitpad.core.samples.sample import Caption, Sample

CAPTION = "label, writer, created, answer, probabilities"
DRAWING = "ink, png, width, height"

_MOST = 1.001
"""The largest probability, with what rounding adds."""
_LATEST = datetime(3000, 1, 1, tzinfo=UTC).timestamp()
"""Windows knows the local time from 1970 until then."""
_PNG = b"\x89PNG"
_LONGEST_SIDE = 2**16


def digest(drawing: Drawing) -> bytes:
    """Return what two drawings share only where they are the same to the last bit."""
    data = drawing.png if isinstance(drawing, Picture) else _ink_text(drawing).encode()
    return hashlib.sha256(data).digest()


def to_row(sample: Sample) -> tuple[Any, ...]:
    """Return the digest and the values of the columns of CAPTION and DRAWING."""
    caption, drawing = sample.caption, sample.drawing
    answer = caption.answer
    if isinstance(drawing, Picture):
        content: tuple[Any, ...] = (None, drawing.png, drawing.width, drawing.height)
        data = drawing.png
    else:
        text = _ink_text(drawing)
        content, data = (text, None, None, None), text.encode()
    return (
        hashlib.sha256(data).digest(),
        caption.label,
        caption.writer,
        caption.created.astimezone(UTC).isoformat(),
        *to_answer_columns(answer),
        *content,
    )


def to_answer_columns(answer: Prediction | None) -> tuple[int | None, str | None]:
    """Return the values of the columns ``answer`` and ``probabilities``."""
    return (None, None) if answer is None else (answer.digit, json.dumps(answer.probabilities))


def to_caption(row: Sequence[Any], source: str, number: int) -> Caption:
    """Read the columns of CAPTION; raises InputError that names ``source`` and ``number``."""
    with _in_words(source, number):
        return _caption(*row)


def to_sample(row: Sequence[Any], source: str, number: int) -> Sample:
    """Read the columns of CAPTION and DRAWING; raises InputError as `to_caption` does."""
    *caption, ink, png, width, height = row
    with _in_words(source, number):
        drawing = parse_ink(ink)[0] if png is None else _picture(png, width, height)
        return Sample(drawing, _caption(*caption))


@contextmanager
def _in_words(source: str, number: int) -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InputError(
            f"{source}, drawing {number} is not a Digitpad drawing: {error}.", repr(error)
        ) from error


def _caption(label: Any, writer: Any, created: Any, digit: Any, probabilities: Any) -> Caption:  # noqa: ANN401
    if not _is_digit(label):
        raise ValueError("its label is not a digit")
    if not isinstance(writer, str):
        raise TypeError("its writer is not text")
    answer = None if probabilities is None else _answer(digit, probabilities)
    return Caption(label, answer, _time(created), writer)


def _answer(digit: Any, probabilities: str) -> Prediction:  # noqa: ANN401
    values = tuple(map(float, json.loads(probabilities)))
    if not (digit is None or _is_digit(digit)):
        raise ValueError("its answer is not a digit")
    if len(values) != DIGITS or not all(0 <= value <= _MOST for value in values):
        raise ValueError("its answer does not have ten probabilities")
    return Prediction(values, digit)


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None or not 0 <= time.timestamp() < _LATEST:
        raise ValueError("its date is impossible")
    return time


def _picture(png: Any, width: Any, height: Any) -> Picture:  # noqa: ANN401
    if not isinstance(png, bytes) or not png.startswith(_PNG):
        raise ValueError("its picture is not a PNG")
    if not all(isinstance(side, int) and 0 < side <= _LONGEST_SIDE for side in (width, height)):
        raise ValueError("its picture has an impossible size")
    return Picture(png, width, height)


def _is_digit(value: object) -> bool:
    return isinstance(value, int) and 0 <= value < DIGITS


def _ink_text(ink: Ink) -> str:
    return format_ink_line(ink).decode().rstrip()
