"""Figures as tables: as text for a terminal, in Markdown for a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from digitpad.core.evaluation.evaluation import ClassFigures
from digitpad.core.models.card import VALIDATION, Confusions, Figures

_COUNT = "drawings"
_TITLES = {
    "accuracy": "right",
    "kept": "answered",
    "answered_right": "answered and right",
    "auroc": "AUROC",
    "calibration_error": "calibration error",
    "redrawn_right": "right",
    "likeliest_right": "right",
    "right_of_answered": "right of these",
}
_REFUSED = "none"

Cells = list[str]


def as_text(figures: Figures) -> str:
    """Return one table for each kind of figures, their columns aligned."""
    return "\n\n".join("\n".join(_aligned(table)) for table in _tables(figures))


def as_markdown(figures: Figures, confusions: Confusions) -> str:
    """Return the tables of figures, of the classes, and the confusion matrices of tests."""
    tables = [_markdown(table) for table in _tables(figures)]
    tests = {name: m for name, m in confusions.items() if not name.startswith(VALIDATION)}
    for name, matrix in tests.items():
        tables.append(_markdown(_classes(name, matrix)))
        tables.append(_markdown(_matrix(name, matrix)))
    return "\n\n".join(tables)


def _tables(figures: Figures) -> Iterator[list[Cells]]:
    """Yield a table for each kind of row, the kinds as they first come; heads first."""
    kinds = list(dict.fromkeys(tuple(row) for row in figures.values()))
    ordered = sorted(figures.items(), key=lambda item: kinds.index(tuple(item[1])))
    for kind, found in groupby(ordered, key=lambda item: tuple(item[1])):
        keys = [key for key in kind if key != _COUNT]
        head = ["", _COUNT, *(_TITLES.get(key, key.replace("_", " ")) for key in keys)]
        yield [head, *(_cells(name, row.get(_COUNT), keys, row) for name, row in found)]


def _cells(name: str, count: float | None, keys: Iterable[str], row: Mapping[str, float]) -> Cells:
    return [name, "" if count is None else f"{count:,.0f}", *(_value(k, row[k]) for k in keys)]


def _value(key: str, value: float) -> str:
    return f"{value:.4f}" if key == "auroc" else f"{value:.2%}"


def _classes(name: str, matrix: Sequence[Sequence[int]]) -> list[Cells]:
    classes = ClassFigures.of(np.array(matrix))
    lines = [("precision", classes.precision), ("recall", classes.recall)]
    return [
        [name, *map(str, range(len(matrix)))],
        *([title, *(f"{value:.2%}" for value in values)] for title, values in lines),
    ]


def _matrix(name: str, matrix: Sequence[Sequence[int]]) -> list[Cells]:
    head = [f"{name}: label, recognised as", *map(str, range(len(matrix))), _REFUSED]
    return [head, *([str(digit), *map(_number, line)] for digit, line in enumerate(matrix))]


def _number(count: int) -> str:
    return str(count) if count else ""


def _aligned(table: Sequence[Cells]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        first, *rest = (
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        yield "  ".join([first, *rest])


def _markdown(table: Sequence[Cells]) -> str:
    head, *lines = table
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *lines))
