"""How far the model can be trusted: its accuracy, by how sure it was."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.evaluation.evaluation import BINS, Evaluation, Reliability
from digitpad.ui.colours import Colours, mix
from digitpad.ui.evaluation.wording import share
from digitpad.ui.widgets.bar_chart import next_filled
from digitpad.ui.widgets.focus_ring import paint_focus_ring
from digitpad.ui.wording import drawings

_TICKS = [(part / 5, f"{part * 20}\u202f%") for part in range(6)]
_WIDEST_TICK, _LEAST_HEIGHT = "100 % ", 160
_BAR = 0.86 / BINS
_SIZE = QSize(430, 380)
_AIR = 6
"""Pixels around the number above a bar."""


class ReliabilityPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A bar per bin of confidence, as high as the share that was right; the diagonal is honesty.

    Signal ``bin_chosen(int)``: the bin that the person clicked or went to with the arrow keys.
    """

    bin_chosen = Signal(int)

    _built = False

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None, enableMenu=False)
        self._name = name
        self._reliability: Reliability | None = None
        self._chosen: int | None = None
        self._bars = pg.BarGraphItem(x=[], height=[], width=_BAR)
        self._means = pg.ScatterPlotItem(size=7)
        self._honest = pg.PlotCurveItem([0, 1], [0, 1])
        self._counts = [pg.TextItem(anchor=(0.5, 1.0)) for _ in range(BINS)]
        for item in (self._bars, self._honest, self._means, *self._counts):
            self.addItem(item, ignoreBounds=True)
        self._prepare_axes()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._built = True
        self._colour()

    def sizeHint(self) -> QSize:
        return _SIZE

    def minimumSizeHint(self) -> QSize:
        """Return room for the numbers along both axes."""
        number = self.fontMetrics().horizontalAdvance(_WIDEST_TICK)
        return QSize((len(_TICKS) + 2) * number, _LEAST_HEIGHT)

    def show_evaluation(self, evaluation: Evaluation) -> None:
        reliability = evaluation.reliability
        self._reliability, self._chosen = reliability, None
        filled = np.flatnonzero(reliability.count)
        self._means.setData(reliability.confidence[filled], reliability.accuracy[filled])
        for number, item in enumerate(self._counts):
            item.setVisible(bool(reliability.count[number]))
            item.setPlainText(_short(int(reliability.count[number])))
            item.setPos((number + 0.5) / BINS, np.nan_to_num(reliability.accuracy[number]))
        self.setAccessibleName(f"Reliability{self._name and f' of {self._name}'}")
        self.setAccessibleDescription(_described(evaluation))
        self._colour()

    def choose(self, number: int) -> None:
        """Go to a bin; one without drawings cannot be chosen."""
        if self._reliability is not None and self._reliability.count[number]:
            self._chosen = number
            self._colour()
            self.bin_chosen.emit(number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        scene = self.mapToScene(event.position().toPoint())
        point: QPointF = self.plotItem.vb.mapSceneToView(scene)
        if 0 <= point.x() <= 1 and event.button() == Qt.MouseButton.LeftButton:
            self.choose(min(int(point.x() * BINS), BINS - 1))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        counts = () if self._reliability is None else self._reliability.count.tolist()
        number = next_filled(counts, self._chosen, event)
        if number is None:
            event.ignore()
        else:
            self.choose(number)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Qt calls this from pyqtgraph's constructor too.
        if self._built and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self._chosen is None:
            paint_focus_ring(self)

    def _prepare_axes(self) -> None:
        view = self.plotItem.vb
        view.setMouseEnabled(x=False, y=False)
        view.disableAutoRange()
        view.setRange(xRange=(0, 1), padding=0)
        view.setFlag(view.GraphicsItemFlag.ItemClipsChildrenToShape, enabled=False)
        view.sigResized.connect(self._fit)
        self.plotItem.hideButtons()
        for side, label in (
            ("bottom", "Confidence"),
            ("left", "Accuracy"),
        ):
            axis = self.plotItem.getAxis(side)
            axis.setTicks([_TICKS])
            axis.setStyle(tickLength=0, tickTextOffset=8)
            axis.setLabel(label)

    def _fit(self) -> None:
        """Leave room for the numbers above full bars, and for half the last tick's text."""
        text = self.fontMetrics().size(0, _TICKS[-1][1])
        self.plotItem.layout.setContentsMargins(4, 0, text.width() // 2 + 4, 4)
        for side in ("bottom", "left"):
            self.plotItem.getAxis(side).setStyle(hideOverlappingLabels=text.width())
        height = max(self.plotItem.vb.height(), 2 * text.height())
        share = (text.height() + _AIR) / height
        self.plotItem.vb.setYRange(0, 1 / (1 - share), padding=0)

    def _colour(self) -> None:
        if self.plotItem is None:  # pyqtgraph has closed it
            return
        colours = Colours.of(self.palette())
        self.setBackground(colours.window)
        for side in ("bottom", "left"):
            axis = self.plotItem.getAxis(side)
            axis.setPen(colours.border if side == "bottom" else None)
            axis.setTextPen(colours.quiet)
            axis.setTickFont(self.font())
            axis.label.setFont(self.font())
            axis.label.setDefaultTextColor(colours.quiet)
        self._honest.setPen(pg.mkPen(colours.quiet, width=1.5, style=Qt.PenStyle.DashLine))
        self._means.setBrush(colours.accent)
        self._means.setPen(pg.mkPen(colours.window, width=1))
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.85)
        for number, item in enumerate(self._counts):
            item.setFont(small)
            item.setColor(colours.text if number == self._chosen else colours.quiet)
        self._colour_bars(colours)

    def _colour_bars(self, colours: Colours) -> None:
        if self._reliability is None:
            return
        quiet, strong = (mix(colours.window, colours.accent, part) for part in (0.28, 0.6))
        self._bars.setOpts(
            x=(np.arange(BINS) + 0.5) / BINS,
            height=np.nan_to_num(self._reliability.accuracy),
            width=_BAR,
            brushes=[strong if number == self._chosen else quiet for number in range(BINS)],
            pen=None,
        )


def _short(value: int) -> str:
    """Return a number in four letters at most, for there is no room for more."""
    thousands = value / 1000
    if thousands < 1:
        return str(value)
    return f"{thousands:.1f}k" if thousands < 9.95 else f"{thousands:.0f}k"


def _described(evaluation: Evaluation) -> str:
    reliability = evaluation.reliability
    bins = (
        f"{drawings(int(reliability.count[number]))} at "
        f"{share(float(reliability.confidence[number]))} confidence: "
        f"{share(float(reliability.accuracy[number]))} correct."
        for number in np.flatnonzero(reliability.count).tolist()
    )
    return " ".join((f"Calibration error {share(reliability.error)}.", *bins))
