"""The drawings behind the figures: which ones, the one gone to at length, and all as a wall."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.ui.evaluation.detail import Detail
from digitpad.ui.evaluation.exhibit import Exhibit, Selection, standing
from digitpad.ui.evaluation.gallery import Gallery
from digitpad.ui.widgets.choice import Choice
from digitpad.ui.wording import count

_SIZE = QSize(412, 480)


class DrawingsPanel(QWidget):
    """Offers the standing selections of an exhibit, and the last one that was shown besides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exhibit: Exhibit | None = None
        self._selections: list[Selection] = []
        self._standing = 0
        self.choice = Choice("Which drawings", self)
        self.choice.currentIndexChanged.connect(self._on_choice_changed)
        self.detail = Detail(self)
        self.gallery = Gallery(self)
        self.gallery.picture_chosen.connect(self._on_drawing_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.choice)
        column.addWidget(self.detail)
        column.addWidget(self.gallery, 1)

    def sizeHint(self) -> QSize:
        return _SIZE

    def show_exhibit(self, exhibit: Exhibit) -> None:
        self._exhibit = exhibit
        self._selections = standing(exhibit)
        self._standing = len(self._selections)
        self._fill(0)

    def show_selection(self, selection: Selection) -> None:
        """Show ``selection`` now, in place of another one that was given before."""
        self._selections[self._standing :] = [selection]
        self._fill(self._standing)

    def selection(self) -> Selection:
        """Return what is shown."""
        return self._selections[self.choice.currentIndex()]

    def _fill(self, current: int) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        for selection in self._selections:
            self.choice.addItem(f"{selection.title} ({count(len(selection.rows))})")
        self.choice.setCurrentIndex(current)
        self.choice.blockSignals(False)
        self._on_choice_changed(current)

    def _on_choice_changed(self, index: int) -> None:
        if self._exhibit is None or index < 0:
            return
        selection = self._selections[index]
        evaluation = self._exhibit.evaluations[selection.index]
        if not len(selection.rows):
            self.detail.show_drawing(self._exhibit, selection.index, None)
        self.gallery.show_drawings(evaluation, selection.rows)

    def _on_drawing_chosen(self, row: int) -> None:
        if self._exhibit is not None:
            self.detail.show_drawing(self._exhibit, self.selection().index, row)
