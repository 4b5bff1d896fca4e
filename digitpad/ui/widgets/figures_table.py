"""The figures of one model, or of two side by side, a row for each set of drawings."""

from collections.abc import Sequence

from digitpad.core.evaluation.verdict import FigureRow
from digitpad.ui.set_names import set_name
from digitpad.ui.widgets.tables import TextTable
from digitpad.ui.wording import count, fine_percent

_NONE = "\N{EN DASH}"
_MEASURES = {"accuracy": "correct", "refused": "refused"}


class FiguresTable(TextTable):
    """Shows FigureRows; with ``current``, the current model's column and the difference too."""

    def __init__(self, new: str, current: str = "") -> None:
        heads = ["Data set", "Measure", "Drawings", new]
        self._two = bool(current)
        if self._two:
            heads += [current, "Change"]
        super().__init__(heads, range(2, len(heads)), "Model figures")

    def show_figures(self, rows: Sequence[FigureRow]) -> None:
        self.show_rows([self._texts_of(row) for row in rows])

    def _texts_of(self, row: FigureRow) -> list[str]:
        measure = _MEASURES.get(row.measure, row.measure)
        number = count(row.drawings) if row.drawings else _NONE
        texts = [set_name(row.name), measure, number, _share(row.new)]
        return [*texts, _share(row.current), _change(row)] if self._two else texts


def _share(value: float | None) -> str:
    return _NONE if value is None else fine_percent(value)


def _change(row: FigureRow) -> str:
    if row.new is None or row.current is None:
        return ""
    points = (row.new - row.current) * 100
    return f"{points:+.2f}".replace("-", "\N{MINUS SIGN}") if abs(points) >= 0.005 else "="
