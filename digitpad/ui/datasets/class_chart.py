"""How many drawings there are of each class: a bar each, to be chosen by mouse or keys."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.prediction import DIGITS
from digitpad.ui.widgets.bar_chart import BarChart, next_filled
from digitpad.ui.widgets.focus_ring import paint_focus_ring
from digitpad.ui.wording import count, percent

OTHERS_NAME = "other"
ASIDE = 10
"""Space at the sides of the bars, as there is around the pictures of a wall."""
_SIZE = QSize(600, 200)


class ClassChart(BarChart):
    """A bar for each of the ten digits, and one for all that is not a digit where ``others``.

    Signal ``class_chosen(object)``: the class (int) that the person went to; None where they went
    back to all, by choosing the same one again.
    """

    class_chosen = Signal(object)

    def __init__(self, *, others: bool, parent: QWidget | None = None) -> None:
        names = [str(digit) for digit in range(DIGITS)] + [OTHERS_NAME] * others
        super().__init__(names, parent, aside=ASIDE)
        self._class_names = names
        self._counts: tuple[int, ...] = (0,) * len(names)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        widest = QFontMetrics(self._name_font(bold=True)).horizontalAdvance(OTHERS_NAME)
        self.setMinimumWidth(len(names) * widest)
        self.bar_clicked.connect(self._on_bar_clicked)

    def sizeHint(self) -> QSize:
        return _SIZE

    def show_counts(self, title: str, counts: Sequence[int]) -> None:
        """Show the drawings of each class in what is called ``title``."""
        self._counts = tuple(counts[: len(self._counts)])
        most, total = max(self._counts), max(sum(self._counts), 1)
        heights = [value / max(most, 1) for value in self._counts]
        self.show_bars(heights, lambda place: count(self._counts[place]))
        self.setAccessibleName(f"Classes of {title}")
        told = (
            f"{name}: {count(value)}, {percent(value / total)}"
            for name, value in zip(self._class_names, self._counts, strict=True)
        )
        self.setAccessibleDescription("; ".join(told))

    def chosen(self) -> int | None:
        return self._marked

    def choose(self, number: int | None) -> None:
        """Go to a class, or back to all; one without drawings cannot be gone to."""
        if number is None or self._counts[number]:
            self.mark(number)
            self.class_chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the bars, or to one by its digit; the same digit again goes back to all."""
        text = event.text()
        if text and text in "0123456789":
            place: int | None = int(text)
        else:
            place = next_filled(self._counts, self._marked, event)
        if place is None:
            event.ignore()
        else:
            self._on_bar_clicked(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring the whole where the keyboard is, as long as no bar of it is chosen."""
        super().paintEvent(event)
        if self.hasFocus() and self._marked is None:
            paint_focus_ring(self)

    def _on_bar_clicked(self, place: int) -> None:
        self.choose(None if place == self._marked else place)
