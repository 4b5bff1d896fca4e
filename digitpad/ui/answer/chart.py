"""Ten live bars, one a digit: the winner in the accent colour, the others quiet."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSimpleTextItem, QSizePolicy, QWidget

from digitpad.core.prediction import DIGITS, Prediction
from digitpad.ui.colours import Colours
from digitpad.ui.wording import percent, spoken_list

_BAR_WIDTH = 0.72
_SHOWN_FROM = 0.05
_GAP = 4.0


class ProbabilityChart(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """The probabilities of the ten digits.

    Everything that costs time is switched off: one bar item whose heights are set, fixed ranges,
    no mouse, no menu; brushes change only with the winner.

    Signals:
        painted(): the bars have been painted after a call of show_prediction.
        bar_clicked(int): the digit whose column was clicked.
    """

    painted = Signal()
    bar_clicked = Signal(int)

    _built = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._heights = (0.0,) * DIGITS
        self._winner: int | None = None
        self._under: int | None = None
        self._bar_pixels = 0.0
        self._unpainted = False
        self._colours = Colours.of(self.palette())
        self._view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._view.disableAutoRange()
        self.setCentralItem(self._view)
        digits = list(range(DIGITS))
        self._tracks = _Bars(x=digits, height=1.0, width=_BAR_WIDTH, pen=None)
        self._bars = _Bars(x=digits, height=list(self._heights), width=_BAR_WIDTH)
        self._values = [self._text("") for _ in digits]
        self._digits = [self._text(str(digit)) for digit in digits]
        for item in (self._tracks, self._bars, *self._values, *self._digits):
            self._view.addItem(item, ignoreBounds=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 96)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Probabilities of the ten digits")
        self._built = True
        self._colour()

    def sizeHint(self) -> QSize:
        return QSize(300, 220)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Set the bars; None empties them."""
        heights = (0.0,) * DIGITS if prediction is None else prediction.probabilities
        winner = None if prediction is None else prediction.digit
        self._unpainted = True
        if prediction is None:
            self._point_at(None)
        if heights == self._heights and winner == self._winner:
            self.viewport().update()
            return
        self._heights = heights
        if winner != self._winner:
            self._winner = winner
            self._colour_bars()
        self._bars.setOpts(height=list(heights))
        self.setAccessibleDescription(spoken_list(heights))
        for digit, height in enumerate(heights):
            self._place_value(digit, height)

    def heights(self) -> tuple[float, ...]:
        """Return what is shown, one entry a digit."""
        return self._heights

    def winner(self) -> int | None:
        """Return the digit that is marked."""
        return self._winner

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self._is_whole():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._is_whole() and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unpainted:
            self._unpainted = False
            self.painted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        digit = self._digit_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and digit is not None:
            self.bar_clicked.emit(digit)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._digit_at(event.position()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _digit_at(self, position: QPointF) -> int | None:
        digit = round(self._view.mapSceneToView(self.mapToScene(position.toPoint())).x())
        return digit if 0 <= digit < DIGITS else None

    def _point_at(self, digit: int | None) -> None:
        """Show which digit a click would mean, where the pointer says that one means something."""
        clickable = self.cursor().shape() == Qt.CursorShape.PointingHandCursor
        under = digit if clickable else None
        if under != self._under:
            self._under = under
            self._colour_tracks()

    def _is_whole(self) -> bool:
        """Tell whether the items are there; Qt sends events before and after they are."""
        return self._built and not self.closed

    def _text(self, text: str) -> QGraphicsSimpleTextItem:
        item = QGraphicsSimpleTextItem(text)
        item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        return item

    def _lay_out(self) -> None:
        """Leave room in pixels for the digits below and the values above, whatever the height."""
        line = QFontMetricsF(self._digit_font()).height()
        below, above = line + 2 * _GAP, line + _GAP
        self._bar_pixels = self.width() * _BAR_WIDTH / (DIGITS - 1 + _BAR_WIDTH)
        usable = max(self.height() - below - above, 1.0)
        self._view.setRange(
            xRange=(-_BAR_WIDTH / 2, DIGITS - 1 + _BAR_WIDTH / 2),
            yRange=(-below / usable, 1 + above / usable),
            padding=0,
            disableAutoRange=True,
        )
        for digit, item in enumerate(self._digits):
            _place(item, digit, 0.0, _GAP)
            self._place_value(digit, self._heights[digit])

    def _place_value(self, digit: int, height: float) -> None:
        item = self._values[digit]
        shown = height >= _SHOWN_FROM
        item.setVisible(shown)
        if shown:
            item.setText(percent(height))
            _place(item, digit, height, -item.boundingRect().height() - _GAP / 2)
            self._keep_inside(item, digit)

    def _keep_inside(self, item: QGraphicsSimpleTextItem, digit: int) -> None:
        """Align the value of the first and the last bar, whose edges are the view's, with them."""
        over = (item.boundingRect().width() - self._bar_pixels) / 2
        if over > 0 and digit in (0, DIGITS - 1):
            aside = over if digit == 0 else -over
            item.setTransform(item.transform() * QTransform.fromTranslate(aside, 0))

    def _digit_font(self, *, bold: bool = False) -> QFont:
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
        brushes: list[QColor] = [self._colours.track] * DIGITS
        if self._under is not None:
            brushes[self._under] = self._colours.border
        self._tracks.setOpts(brushes=brushes, pen=None)

    def _colour_bars(self) -> None:
        colours = self._colours
        brushes: list[QColor] = [colours.bar] * DIGITS
        for digit, item in enumerate(self._digits):
            marked = digit == self._winner
            item.setFont(self._digit_font(bold=marked))
            item.setBrush(QBrush(colours.accent if marked else colours.quiet))
            _place(item, digit, 0.0, _GAP)
        if self._winner is not None:
            brushes[self._winner] = colours.accent
        self._bars.setOpts(brushes=brushes, pen=None)


class _Bars(pg.BarGraphItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Bars from 0 to 1, whose bounds need not be found anew at every repaint."""

    _BOUNDS = QRectF(-0.5, 0.0, DIGITS, 1.0)

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt calls it so
        return self._BOUNDS


def _place(item: QGraphicsSimpleTextItem, digit: int, y: float, down: float) -> None:
    """Centre ``item`` on a column, ``down`` pixels below the height ``y``."""
    item.setTransform(QTransform.fromTranslate(-item.boundingRect().width() / 2, down))
    item.setPos(digit, y)
