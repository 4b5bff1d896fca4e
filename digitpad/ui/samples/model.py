"""The drawings that the browser lists, filtered; knows what is said of them, not their ink."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, QStringListModel, Qt

from digitpad.core.prediction import DIGITS
from digitpad.core.samples.sample import Caption
from digitpad.ui.samples.wording import summary
from digitpad.ui.widgets.indexes import Index


class Role(IntEnum):
    """What the delegate asks for: the drawing's number and its Caption."""

    NUMBER = Qt.ItemDataRole.UserRole + 1
    CAPTION = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Filter:
    """Which drawings are shown; the default is all."""

    only_misread: bool = False
    digit: int | None = None

    def passes(self, caption: Caption) -> bool:
        return (caption.misread or not self.only_misread) and self.digit in (None, caption.label)


class SampleModel(QStringListModel):
    """The captions that pass a filter, under their drawings' numbers, in the order given.

    Its strings are empty. They are there for Qt to count: to lay out thousands of cells it asks
    twice for each how many there are, which is a hundred times as slow where Python answers.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._captions: dict[int, Caption] = {}
        self._numbers: list[int] = []
        self._filter = Filter()

    @property
    def filter(self) -> Filter:
        return self._filter

    def show_captions(self, captions: Mapping[int, Caption]) -> None:
        self._captions = dict(captions)
        self._sift()

    def set_filter(self, wanted: Filter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self._sift()

    def numbers(self) -> list[int]:
        """Return the numbers of what is shown."""
        return list(self._numbers)

    def rows_of(self, numbers: set[int]) -> list[int]:
        """Return the rows of those of ``numbers`` that are shown."""
        return [row for row, number in enumerate(self._numbers) if number in numbers]

    def total(self) -> int:
        """Return how many drawings there are, shown or not."""
        return len(self._captions)

    def misread(self) -> int:
        """Return how many of all drawings were misread."""
        return sum(caption.misread for caption in self._captions.values())

    def unread(self) -> int:
        """Return how many of all drawings the network never saw: those that were imported."""
        return sum(caption.answer is None for caption in self._captions.values())

    def counts(self) -> list[int]:
        """Return how many drawings of each digit there would be without the filter by digit."""
        only_misread, counts = self._filter.only_misread, [0] * DIGITS
        for caption in self._captions.values():
            if not only_misread or caption.misread:
                counts[caption.label] += 1
        return counts

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) & (Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number = self._numbers[index.row()]
        match role:
            case Role.NUMBER:
                return number
            case Role.CAPTION:
                return self._captions[number]
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return summary(self._captions[number])
        return None

    def _sift(self) -> None:
        passes = self._filter.passes
        self._numbers = [n for n, caption in self._captions.items() if passes(caption)]
        self.setStringList([""] * len(self._numbers))
