"""Samples as rows of the database, and back."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from digitpad.core.drawing import Drawing, Picture
from digitpad.core.errors import InputError
from digitpad.core.formats.ink_lines import format_ink_line, parse_ink_line
from digitpad.core.ink import Ink
from digitpad.core.prediction import Prediction
from digitpad.core.samples.sample import Caption, Sample

CAPTION = "label, writer, created, answer, probabilities"
DRAWING = "ink, png, width, height"


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


def to_caption(row: Sequence[Any], source: str) -> Caption:
    """Read the columns of CAPTION; raises InputError that names ``source``."""
    label, writer, created, digit, probabilities = row
    try:
        answer = None
        if probabilities is not None:
            answer = Prediction(tuple(map(float, json.loads(probabilities))), digit)
        return Caption(label, answer, datetime.fromisoformat(created), writer)
    except (ValueError, TypeError) as error:
        raise InputError(f"{source} is not a drawing of Digitpad: {error}.", repr(error)) from error


def to_sample(row: Sequence[Any], source: str, number: int) -> Sample:
    """Read the columns of CAPTION and DRAWING; raises InputError that names ``source``."""
    *caption, ink, png, width, height = row
    drawing: Drawing
    if png is not None:
        drawing = Picture(png, width, height)
    else:
        drawing = parse_ink_line(ink, source, number).ink
    return Sample(drawing, to_caption(caption, f"{source}, drawing {number}"))


def _ink_text(ink: Ink) -> str:
    return format_ink_line(ink).decode().rstrip()
