"""Ink lines: one drawing per line as JSON, plain or gzipped (``.jsonl``, ``.jsonl.gz``).

``{"label": "7", "writer": "ann", "strokes": [[[x, y], ...], ...]}``, y growing downward. Points may
have a third number, the pressure; ``widths`` may give the pen's width for each stroke.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Sized
from dataclasses import dataclass
from itertools import repeat
from math import inf
from pathlib import Path
from typing import Any

from digitpad.core.errors import InputError
from digitpad.core.formats.files import reason
from digitpad.core.ink import MAX_COORDINATE, Ink, Stroke, refuse_endless

SUFFIXES = (".jsonl", ".jsonl.gz")
MAX_LINE_BYTES = 16 * 1024 * 1024
MAX_BYTES = 2**30
"""Of all lines, unpacked, where they are held in memory: about a million drawings."""
_MAX_EMPTY_BYTES = 2**20
"""Of empty lines in a row: more would keep whoever reads waiting, with nothing to show for it."""
UNKNOWN_WIDTH = 0.0
"""Pen width of strokes that were recorded without one."""


@dataclass(frozen=True, slots=True)
class LabelledInk:
    """A drawing of a file of ink lines; ``line`` counts from 1."""

    ink: Ink
    label: str | None
    writer: str | None
    line: int


def is_ink_lines(path: Path) -> bool:
    """Tell by its name whether ``path`` holds ink lines."""
    return path.name.lower().endswith(SUFFIXES)


def read_ink_lines(path: Path) -> Iterator[LabelledInk]:
    """Yield the drawings of a file; raises InputError at the first line that is not one.

    There are as many as can be held in memory.
    """
    for line, text in raw_lines(path, MAX_BYTES):
        yield parse_ink_line(text, str(path), line)


def raw_lines(path: Path, max_bytes: float = inf) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the text of every line that is not empty.

    Raises InputError where the file cannot be read or unpacked, a line or a row of empty ones never
    ends, or all of them take more than ``max_bytes``.
    """
    opener = gzip.open if path.name.lower().endswith(".gz") else open
    number = size = empty = 0
    try:
        with opener(path, "rb") as file:
            while text := file.readline(MAX_LINE_BYTES + 1):
                number += 1
                size += len(text)
                if size > max_bytes:
                    raise InputError(f"{path} has more than {max_bytes // 2**20} MB of drawings.")
                if len(text) > MAX_LINE_BYTES:
                    raise InputError(f"{path}, line {number} is too long for a drawing.")
                empty = 0 if text.strip() else empty + len(text)
                if empty > _MAX_EMPTY_BYTES:
                    raise InputError(f"{path} is empty for too long before line {number:,}.")
                if not empty:
                    yield number, text
    except (EOFError, zlib.error, gzip.BadGzipFile) as exc:
        raise InputError(
            f"{path} is truncated or not gzip (after line {number}): download it again.",
            repr(exc),
        ) from exc
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {reason(exc)}.", repr(exc)) from exc


def parse_ink_line(text: bytes | str, source: str, line: int) -> LabelledInk:
    """Read one line of ``source``; raises InputError that names both."""
    try:
        record = json.loads(text)
        # before they become strokes, which would take a minute for millions
        refuse_endless(_count_points(record), f"{source}, line {line}")
        ink, label, writer = _parts(record)
    except (ValueError, TypeError, RecursionError, OverflowError) as exc:
        raise InputError(
            f'{source}, line {line} is not an ink line: {exc}. Expected {{"strokes": [[[x, y], …], '
            "…]}.",
            repr(exc),
        ) from exc
    return LabelledInk(ink, label, writer, line)


def parse_ink(text: bytes | str) -> tuple[Ink, str | None, str | None]:
    """Read ink, its label and its writer from the text of one line.

    Raises ValueError, TypeError, RecursionError and OverflowError.
    """
    return _parts(json.loads(text))


def format_ink_line(ink: Ink, label: str | None = None, writer: str | None = None) -> bytes:
    """Return ``ink`` as one line that reads back as exactly the same ink."""
    record: dict[str, Any] = {}
    if label is not None:
        record["label"] = label
    if writer is not None:
        record["writer"] = writer
    record["strokes"] = [_rows(stroke) for stroke in ink.strokes]
    if any(stroke.width != UNKNOWN_WIDTH for stroke in ink.strokes):
        record["widths"] = [stroke.width for stroke in ink.strokes]
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _count_points(record: object) -> int:
    strokes = record.get("strokes") if isinstance(record, dict) else None
    return sum(len(s) for s in strokes if isinstance(s, Sized)) if isinstance(strokes, list) else 0


def _parts(record: Any) -> tuple[Ink, str | None, str | None]:  # noqa: ANN401
    return Ink(_strokes(record)), _text_or_none(record, "label"), _text_or_none(record, "writer")


def _strokes(record: object) -> tuple[Stroke, ...]:
    if not isinstance(record, dict) or not isinstance(record.get("strokes"), list):
        raise TypeError("it has no list of strokes")
    strokes = record["strokes"]
    widths = record.get("widths")
    if widths is None:
        return tuple(map(Stroke.of, strokes, repeat(UNKNOWN_WIDTH)))
    if not isinstance(widths, list) or len(widths) != len(strokes):
        raise ValueError("widths and strokes differ in number")
    return tuple(
        Stroke.of(points, _width(width)) for points, width in zip(strokes, widths, strict=True)
    )


def _width(value: Any) -> float:  # noqa: ANN401
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= value <= MAX_COORDINATE:
        raise ValueError(f"{value!r} is not a pen width")
    return float(value)


def _rows(stroke: Stroke) -> list[list[float]]:
    columns = 2 if (stroke.points[:, 2] == 1).all() else 3
    rows: list[list[float]] = stroke.points[:, :columns].tolist()
    return rows


def _text_or_none(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    text = str(value)
    text.encode()  # half a surrogate pair is not text, and no database keeps it
    return text
