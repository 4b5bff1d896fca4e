"""How many drawings there are of each class: a bar each, to be chosen by mouse or keys."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.survey import OTHERS
from digitpad.ui.widgets.bar_chart import BarChart
from digitpad.ui.widgets.focus_ring import paint_focus_ring
from digitpad.ui.wording import count, percent

OTHERS_NAME = "no digit"
ASIDE = 10
"""Space at the sides of the bars, as there is around the pictures of a wall."""
_SIZE = QSize(600, 200)
_WIDEST_SHARE = 0.8
"""Of the widest name, for each bar: the digit beside it leaves it some of its own."""


class ClassChart(BarChart):
    """A bar for each of the ten digits, and one for all that is no digit where ``others``.

    Signal ``class_chosen(object)``: the class (int) that the person went to; None where they went
    back to all, by choosing the same one again.
    """

    class_chosen = Signal(object)

    def __init__(self, *, others: bool, parent: QWidget | None = None) -> None:
        names = [str(digit) for digit in range(OTHERS)] + [OTHERS_NAME] * others
        super().__init__(names, parent, aside=ASIDE)
        self._counts: tuple[int, ...] = (0,) * len(names)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        widest = QFontMetrics(self._name_font(bold=True)).horizontalAdvance(OTHERS_NAME)
        self.setMinimumWidth(round(len(names) * widest * _WIDEST_SHARE))
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
            f"{name_of(place)}: {count(value)}, {percent(value / total)}"
            for place, value in enumerate(self._counts)
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
        filled = [place for place, value in enumerate(self._counts) if value]
        at = -1 if self._marked is None else self._marked
        match event.key():
            case Qt.Key.Key_Right:
                ahead = [place for place in filled if place > at][:1]
            case Qt.Key.Key_Left:
                ahead = [place for place in filled if at < 0 or place < at][-1:]
            case _:
                text = event.text()
                ahead = [int(text)] if text and text in "0123456789" else []
        for place in ahead:
            self._on_bar_clicked(place)
        if not ahead:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring the whole where the keyboard is, as long as no bar of it is chosen."""
        super().paintEvent(event)
        if self.hasFocus() and self._marked is None:
            paint_focus_ring(self)

    def _on_bar_clicked(self, place: int) -> None:
        self.choose(None if place == self._marked else place)


def name_of(number: int) -> str:
    """Return what a class is called."""
    return OTHERS_NAME if number == OTHERS else str(number)
