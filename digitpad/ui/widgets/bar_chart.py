"""Upright bars with a name below and a value above each; one may be marked in the accent colour."""

from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSimpleTextItem, QSizePolicy, QWidget

from digitpad.ui.colours import Colours

_BAR_WIDTH = 0.72
_GAP = 4.0


class BarChart(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A bar from 0 to 1 for each of ``names``, with ``aside`` units of space on either side.

    Everything that costs time is switched off: one bar item whose heights are set, fixed ranges,
    no mouse, no menu; brushes change only with the mark.

    Signal ``bar_clicked(int)``: the bar whose column was clicked.
    """

    bar_clicked = Signal(int)

    _built = False

    def __init__(
        self, names: Sequence[str], parent: QWidget | None = None, *, aside: int = 0
    ) -> None:
        super().__init__(parent, background=None)
        self._aside = aside
        self._count = len(names)
        self._heights = (0.0,) * self._count
        self._texts: Callable[[int], str] = lambda _: ""
        self._marked: int | None = None
        self._under: int | None = None
        self._bar_pixels = 0.0
        self._colours = Colours.of(self.palette())
        self._view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._view.disableAutoRange()
        self.setCentralItem(self._view)
        places = list(range(self._count))
        self._tracks = _Bars(self._count, x=places, height=1.0, width=_BAR_WIDTH, pen=None)
        self._bars = _Bars(self._count, x=places, height=list(self._heights), width=_BAR_WIDTH)
        self._values = [self._text("") for _ in names]
        self._names = [self._text(name) for name in names]
        for item in (self._tracks, self._bars, *self._values, *self._names):
            self._view.addItem(item, ignoreBounds=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 96)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._built = True
        self._colour()

    def sizeHint(self) -> QSize:
        return QSize(300, 220)

    def show_bars(self, heights: Sequence[float], text: Callable[[int], str]) -> None:
        """Set the bars to ``heights`` in 0..1, and above each what ``text`` says of it, if any."""
        self._heights, self._texts = tuple(heights), text
        self._bars.setOpts(height=list(heights))
        for place in range(self._count):
            self._place_value(place)

    def mark(self, place: int | None) -> None:
        """Mark one bar, or none."""
        if place != self._marked:
            self._marked = place
            self._colour_bars()

    def point_at(self, place: int | None) -> None:
        """Show which bar a click would mean, where the pointer says that one means something."""
        clickable = self.cursor().shape() == Qt.CursorShape.PointingHandCursor
        under = place if clickable else None
        if under != self._under:
            self._under = under
            self._colour_tracks()

    def heights(self) -> tuple[float, ...]:
        """Return what is shown, one entry per bar."""
        return self._heights

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self._is_whole():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._is_whole() and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()
            self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.bar_clicked.emit(place)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point_at(self._place_at(event.position()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _place_at(self, position: QPointF) -> int | None:
        place = round(self._view.mapSceneToView(self.mapToScene(position.toPoint())).x())
        return place if 0 <= place < self._count else None

    def _is_whole(self) -> bool:
        """Tell whether the items are there; Qt sends events before and after they are."""
        return self._built and not self.closed

    def _text(self, text: str) -> QGraphicsSimpleTextItem:
        item = QGraphicsSimpleTextItem(text)
        item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        return item

    def _lay_out(self) -> None:
        """Leave room in pixels for the names below and the values above, whatever the height."""
        line = QFontMetricsF(self._name_font()).height()
        below, above = line + 2 * _GAP, line + _GAP
        whole = self._count - 1 + _BAR_WIDTH
        room = max(self.width() - 2 * self._aside, 1)
        self._bar_pixels = room * _BAR_WIDTH / whole
        left = -_BAR_WIDTH / 2 - self._aside * whole / room
        usable = max(self.height() - below - above, 1.0)
        self._view.setRange(
            xRange=(left, self._count - 1 - left),
            yRange=(-below / usable, 1 + above / usable),
            padding=0,
            disableAutoRange=True,
        )
        for place in range(self._count):
            self._place_name(place)
            self._place_value(place)

    def _place_name(self, place: int) -> None:
        _place(self._names[place], place, 0.0, _GAP)
        self._keep_inside(self._names[place], place)

    def _place_value(self, place: int) -> None:
        item, text = self._values[place], self._texts(place)
        item.setVisible(bool(text))
        if text:
            item.setText(text)
            _place(item, place, self._heights[place], -item.boundingRect().height() - _GAP / 2)
            self._keep_inside(item, place)

    def _keep_inside(self, item: QGraphicsSimpleTextItem, place: int) -> None:
        """Align the text of the first and the last bar, whose edges are the view's, with them."""
        if place not in (0, self._count - 1):
            return
        over = (item.boundingRect().width() - self._bar_pixels) / 2
        if over > 0:
            aside = over if place == 0 else -over
            item.setTransform(item.transform() * QTransform.fromTranslate(aside, 0))

    def _name_font(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(bold)
        return font

    def _colour(self) -> None:
        self._colours = Colours.of(self.palette())
        self.setBackground(self._colours.window)
        self._colour_tracks()
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.9)
        for value in self._values:
            value.setFont(small)
            value.setBrush(QBrush(self._colours.quiet))
        self._colour_bars()

    def _colour_tracks(self) -> None:
        brushes: list[QColor] = [self._colours.track] * self._count
        if self._under is not None:
            brushes[self._under] = self._colours.border
        self._tracks.setOpts(brushes=brushes, pen=None)

    def _colour_bars(self) -> None:
        colours = self._colours
        brushes: list[QColor] = [colours.bar] * self._count
        for place, item in enumerate(self._names):
            marked = place == self._marked
            item.setFont(self._name_font(bold=marked))
            item.setBrush(QBrush(colours.accent if marked else colours.quiet))
            self._place_name(place)
        if self._marked is not None:
            brushes[self._marked] = colours.accent
        self._bars.setOpts(brushes=brushes, pen=None)


def next_filled(counts: Sequence[int], at: int | None, event: QKeyEvent) -> int | None:
    """Return the bar an arrow key leads to: the next that is not empty, from None the first ahead.

    None where there is none, and for other keys.
    """
    step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
    if step is None:
        return None
    filled = [place for place, count in enumerate(counts) if count]
    ahead = (place for place in filled[::step] if at is None or (place - at) * step > 0)
    return next(ahead, None)


class _Bars(pg.BarGraphItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Bars from 0 to 1, whose bounds need not be computed at every repaint."""

    def __init__(self, count: int, **options: object) -> None:
        self._bounds = QRectF(-0.5, 0.0, count, 1.0)
        super().__init__(**options)

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt calls it so
        return self._bounds


def _place(item: QGraphicsSimpleTextItem, place: int, y: float, down: float) -> None:
    """Centre ``item`` on a column, ``down`` pixels below the height ``y``."""
    item.setTransform(QTransform.fromTranslate(-item.boundingRect().width() / 2, down))
    item.setPos(place, y)
