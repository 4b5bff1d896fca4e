"""The grid of drawings: choose with mouse or keys, a digit key relabels what is chosen."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QWidget

from digitpad.core.samples.sample import Caption
from digitpad.ui.colours import Colours
from digitpad.ui.samples.cell import CellDelegate, least_size
from digitpad.ui.samples.model import Filter, Role, SampleModel
from digitpad.ui.samples.thumbnails import Look, Thumbnails

_Flag = QItemSelectionModel.SelectionFlag
_DIGITS = tuple("0123456789")
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class SampleGrid(QListView):
    """Shows the drawings of ``samples`` as cards in columns that fill its width.

    Signals: ``digit_typed(int)``; ``delete_pressed()``; ``chosen(int)``: the number of a drawing,
    by a double click or the enter key.
    """

    digit_typed = Signal(int)
    delete_pressed = Signal()
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples = SampleModel(self)
        self.thumbnails = Thumbnails(self)
        self._delegate = CellDelegate(self.thumbnails, self)
        self.setModel(self.samples)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName("Your drawings")
        self.thumbnails.changed.connect(self.viewport().update)
        self.doubleClicked.connect(self._on_chosen)

    def look(self) -> Look:
        """Return how thumbnails have to be painted for this screen and theme."""
        return Look(self.devicePixelRatioF(), Colours.of(self.palette()).ink)

    def selected(self) -> list[int]:
        """Return the numbers of what is selected, in the order shown."""
        numbers = self.samples.numbers()
        return [numbers[row] for row in self._selected_rows()]

    def selected_count(self) -> int:
        return sum(len(rows) for rows in self._selected_ranges())

    def show_captions(self, captions: Mapping[int, Caption]) -> None:
        """List these drawings; what is selected and in sight stays so."""
        with self._kept_in_place():
            self.samples.show_captions(captions)

    def show_filtered(self, wanted: Filter) -> None:
        """List those that pass ``wanted``, from the first."""
        self.samples.set_filter(wanted)
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, modifiers = event.text(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if text in _DIGITS and not modifiers:
            self.digit_typed.emit(int(text))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen(self.currentIndex())
        elif event.key() in (*_ARROWS, Qt.Key.Key_Home) and not self.selected_count():
            self._select_ringed(first=event.key() == Qt.Key.Key_Home)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt lays out as if the scroll bar were always there.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        width = self.maximumViewportSize().width() - bar - 1
        least = least_size(self.font())
        columns = max(width // least.width(), 1)
        self.setGridSize(QSize(width // columns, least.height()))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self.thumbnails.forget()
        return super().event(event)

    def _select_ringed(self, *, first: bool) -> None:
        """Select the drawing where the keyboard is already, or the ``first`` one."""
        current = self.currentIndex()
        self.setCurrentIndex(self.samples.index(0) if first or not current.isValid() else current)
        self.selectionModel().select(self.currentIndex(), _Flag.ClearAndSelect)

    def _selected_rows(self) -> list[int]:
        return sorted(row for rows in self._selected_ranges() for row in rows)

    def _selected_ranges(self) -> list[range]:
        selection = self.selectionModel().selection()
        areas = [selection.at(place) for place in range(selection.count())]
        return [range(area.top(), area.bottom() + 1) for area in areas]

    @contextmanager
    def _kept_in_place(self) -> Iterator[None]:
        """Keep what is selected, or select what has taken its place; scroll nowhere."""
        rows, chosen = self._selected_rows(), self.selected()
        current, scrolled = self.currentIndex().data(Role.NUMBER), self.verticalScrollBar().value()
        yield
        count = self.samples.rowCount()
        left = self.samples.rows_of(set(chosen))
        if rows and not left and count:
            left = [min(rows[0], count - 1)]
        selection = QItemSelection()
        for row in left:
            selection.select(self.samples.index(row), self.samples.index(row))
        for row in self.samples.rows_of({current}) or left[:1]:
            self.selectionModel().setCurrentIndex(self.samples.index(row), _Flag.NoUpdate)
        self.selectionModel().select(selection, _Flag.ClearAndSelect)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scrolled)

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(Role.NUMBER))
