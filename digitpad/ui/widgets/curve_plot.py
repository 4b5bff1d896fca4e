"""A plot of a training run: its name, a legend with the newest values, and two lines below."""

import math
from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.labels import heading

Points = Sequence[tuple[float, float]]
"""Epochs, which may be broken, and values."""

_LINE, _DOT = 2.0, 6.0
_MOST_TICKS = 8
_BEGINNING = 0.5
"""Epochs whose steep fall need not fit in the plot once there is more to be seen."""
_GAP = 12
_OVERLAP = 4
_WIDEST_TICK = "100.00 % "
_WIDEST_LEGEND = "\N{BLACK CIRCLE} validation 100.00 %"
_WIDEST_TITLE = "Accuracy"
_LINES, _LEAST_PLOT = 5, 105


class Plot(QWidget):
    """A name, a legend with the newest values, and the two lines below.

    ``form`` says a value of the legend, ``tick`` one of the axis.
    """

    def __init__(
        self,
        name: str,
        form: Callable[[float], str],
        tick: Callable[[float], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._newest: list[float | None] = [None, None]
        self._count = 1
        self._legend = QLabel()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        left = _ValueAxis(tick)
        self._view = pg.PlotWidget(background=None, enableMenu=False, axisItems={"left": left})
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseEnabled(x=False, y=False)
        self._view.hideButtons()
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._view.setAccessibleName(f"{name} curves")
        self._lines = [self._view.plot(antialias=True, symbol="o") for _ in range(2)]
        self._title = heading(name, 1.1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addWidget(self._view, 1)
        self.set_epochs(1, 1)
        self.draw([], [], dotted=True)
        self._colour()

    def minimumSizeHint(self) -> QSize:
        words = _LINES * self.fontMetrics().lineSpacing()
        return QSize(max(240, self._legend_width()), words + _LEAST_PLOT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        title = self._title.fontMetrics().horizontalAdvance(_WIDEST_TITLE)
        narrow = self.width() < title + 2 * (_GAP + self._legend_width())
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._head.setSpacing(0 if narrow else _GAP)
        self._legend.setWordWrap(narrow)
        self._number_epochs()

    def set_epochs(self, first: int, count: int) -> None:
        self._count = count
        self._number_epochs()
        self._view.setXRange(first - 0.03 * count, count + 0.04 * count, padding=0)

    def draw(self, training: Points, kept: Points, *, dotted: bool) -> None:
        """Draw both lines, without what is not a number; the range is that of the points, with air.

        Only the curve of training may begin outside, where it falls steepest.
        """
        lines = [[(x, y) for x, y in line if math.isfinite(y)] for line in (training, kept)]
        for curve, line in zip(self._lines, lines, strict=True):
            curve.setData([x for x, _ in line], [y for _, y in line])
        self._lines[0].setSymbol("o" if dotted else None)
        newest = max((x for x, _ in training), default=0.0)
        begin = min(_BEGINNING, newest / 4)
        shown = [y for line in lines for x, y in line if x >= begin]
        low, high = min(shown, default=0.0), max(shown, default=1.0)
        air = max((high - low) * 0.12, 1e-4) if high > low else abs(high) / 10 or 1.0
        self._view.setYRange(low - air, high + air, padding=0)
        self._newest = [line[-1][1] if line else None for line in (training, kept)]
        self._show_legend()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()

    def _number_epochs(self) -> None:
        """Number as many epochs as there is room for."""
        widest = 2 * self.fontMetrics().horizontalAdvance(str(self._count))
        room = max(self.width() - self._view.getAxis("left").width(), widest)
        step = -(-self._count // min(_MOST_TICKS, int(room / widest)))
        numbers = [(at, str(at)) for at in range(step, self._count + 1, step)]
        self._view.getAxis("bottom").setTicks([numbers])

    def _legend_width(self) -> int:
        strong = QFont(self.font())
        strong.setBold(True)
        return QFontMetrics(strong).horizontalAdvance(_WIDEST_LEGEND)

    def _colours(self) -> tuple[QColor, QColor]:
        colours = Colours.of(self.palette())
        return mix(colours.window, colours.text, 0.5), colours.accent

    def _colour(self) -> None:
        colours = Colours.of(self.palette())
        self._view.setBackground(None)
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.9)
        for side in ("left", "bottom"):
            axis = self._view.getAxis(side)
            axis.setPen(None if side == "left" else pg.mkPen(colours.border))
            axis.setTickPen(pg.mkPen(mix(colours.window, colours.text, 0.5)))
            axis.setTextPen(pg.mkPen(colours.quiet))
            axis.setTickFont(small)
            axis.setStyle(
                tickLength=0, maxTickLevel=0, tickTextOffset=8, hideOverlappingLabels=_OVERLAP
            )
        size = {"font-size": f"{small.pointSizeF()}pt"}
        self._view.getAxis("bottom").setLabel("Epoch", color=colours.quiet.name(), **size)
        self._view.getAxis("left").setWidth(QFontMetrics(small).horizontalAdvance(_WIDEST_TICK))
        self._view.showGrid(x=False, y=True, alpha=0.16)
        for line, colour in zip(self._lines, self._colours(), strict=True):
            line.setPen(pg.mkPen(colour, width=_LINE * self.devicePixelRatioF()))
            line.setSymbolSize(_DOT)
            line.setSymbolBrush(colour)
            line.setSymbolPen(None)
        self._show_legend()

    def _show_legend(self) -> None:
        names = ("training", "validation")
        values = ["" if value is None else self._form(value) for value in self._newest]
        quiet = Colours.of(self.palette()).quiet.name()
        parts = [
            f'<span style="color:{colour.name()}">\N{BLACK CIRCLE}</span>&nbsp;'
            f'<span style="color:{quiet}">{name}</span>&nbsp;<b>{value}</b>'
            for name, value, colour in zip(names, values, self._colours(), strict=True)
        ]
        self._legend.setText("&nbsp;&nbsp; ".join(parts))


class _ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis whose numbers are no longer than they have to be."""

    def __init__(self, form: Callable[[float], str]) -> None:
        super().__init__("left")
        self._form = form

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802
        return [self._form(value) for value in values]
