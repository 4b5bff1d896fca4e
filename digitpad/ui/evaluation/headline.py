"""The figures that matter, large; of two models, the better one of each is marked."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from digitpad.core.evaluation.chance import UNLIKELY
from digitpad.core.evaluation.comparison import Comparison
from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.wording import share
from digitpad.ui.widgets.labels import OneLine, quiet
from digitpad.ui.wording import drawings

_COLUMN_GAP = 36
_BETTER = "\N{CHECK MARK}"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of an evaluation: ``value`` to compare, ``text`` to read; more or less is better."""

    name: str
    value: float
    text: str
    more_is_better: bool
    about: str

    def beats(self, other: "_Figure") -> bool:
        if self.text == other.text:
            return False
        return (self.value > other.value) == self.more_is_better


class Headline(QWidget):
    """One row of figures per model and, of two, a sentence on where they differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[QLabel] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_COLUMN_GAP)
        self._grid.setVerticalSpacing(2)
        self.difference = quiet()
        self.difference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addWidget(self.difference)

    def show_exhibit(self, exhibit: Exhibit) -> None:
        self._clear()
        rows = [_figures(evaluation) for evaluation in exhibit.evaluations]
        for column, figure in enumerate(rows[0], start=1):
            label = quiet(figure.name, wrap=False)
            label.setToolTip(figure.about)
            self._put(label, 0, column)
        for row, (name, figures) in enumerate(zip(exhibit.titles, rows, strict=True), start=1):
            self._put(OneLine(name), row, 0)
            for column, figure in enumerate(figures, start=1):
                rivals = (others[column - 1] for others in rows)
                self._put_figure(name, figure, row, column, any(map(figure.beats, rivals)))
        self._grid.setColumnStretch(len(rows[0]) + 1, 1)
        comparison = exhibit.comparison()
        self.difference.setVisible(comparison is not None)
        if comparison is not None:
            self.difference.setText(difference(comparison, *exhibit.names))

    def _put_figure(self, name: str, figure: _Figure, row: int, column: int, better: bool) -> None:  # noqa: FBT001
        label = QLabel(f"{figure.text} {_BETTER}" if better else figure.text)
        if better:
            label.setForegroundRole(QPalette.ColorRole.Accent)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold if better else QFont.Weight.Normal)
        label.setFont(font)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setToolTip(figure.about)
        ending = ", the better one" if better else ""
        label.setAccessibleName(f"{figure.name} of {name}: {figure.text}{ending}")
        self._put(label, row, column)

    def _put(self, label: QLabel, row: int, column: int) -> None:
        self._labels.append(label)
        self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignBaseline)

    def _clear(self) -> None:
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []


def difference(comparison: Comparison, first: str, second: str) -> str:
    """Say in a sentence where two models differ, and what that is worth."""
    gained, lost = int(comparison.second.sum()), int(comparison.first.sum())
    first, second = f"\u201c{first}\u201d", f"\u201c{second}\u201d"
    if gained == lost == 0:
        return f"{first} and {second} are right on the same drawings."
    differ = (
        f"{second} is right on {drawings(gained)} where {first} is wrong, "
        f"and {first} on {drawings(lost)} where {second} is wrong."
    )
    if comparison.chance < UNLIKELY:
        better = second if gained > lost else first
        return f"{differ} The lead of {better} is unlikely to be due to chance."
    return f"{differ} This difference may well be due to chance."


def _figures(evaluation: Evaluation) -> tuple[_Figure, ...]:
    return (
        _Figure(
            "Accuracy",
            evaluation.accuracy,
            share(evaluation.accuracy),
            True,
            "How often the likeliest digit is correct",
        ),
        _Figure(
            "Refused",
            1 - evaluation.kept,
            share(1 - evaluation.kept),
            False,
            "The share of drawings, all of them digits, that were recognised as not a digit",
        ),
        _Figure(
            "Loss",
            evaluation.loss,
            f"{evaluation.loss:.4f}",
            False,
            "Mean negative log-likelihood of the label; 0 would be certain and always right",
        ),
        _Figure(
            "Calibration error",
            evaluation.calibration_error,
            share(evaluation.calibration_error),
            False,
            "How far apart confidence and accuracy are (ECE, 15 bins)",
        ),
    )
