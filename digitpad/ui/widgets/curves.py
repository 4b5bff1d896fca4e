"""Loss and accuracy over the epochs, as two curves each: training quiet, validation in colour."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.core.training.events import EpochEnded, Progress
from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.labels import heading
from digitpad.ui.wording import fine_percent

_LINE, _DOT = 2.0, 6.0
_MOST_TICKS = 8
_MOST_POINTS = 300
"""Of a run's fine curve; what is told more often is averaged."""
_BEGINNING = 0.5
"""Epochs whose steep fall need not fit in the plot once there is more to be seen."""
_GAP = 12
_OVERLAP = 4
_WIDEST_TICK = "100.00 % "
_WIDEST_LEGEND = "\N{BLACK CIRCLE} validation 100.00 %"
_WIDEST_TITLE = "Accuracy"
_HEAD_LINES, _LEAST_PLOT = 3, 105
_PICTURE_RATIO = 2.0
_PICTURE_MARGIN = 16


_Points = Sequence[tuple[float, float]]
"""Epochs, which may be broken, and values."""


@dataclass(slots=True)
class _Fine:
    """The mean of ``count`` pieces of training, the last of which ended ``at`` epochs."""

    at: float
    loss: float
    accuracy: float
    count: int = 1

    def join(self, piece: Progress) -> None:
        self.at, self.count = _at(piece), self.count + 1
        self.loss += (piece.loss - self.loss) / self.count
        self.accuracy += (piece.accuracy - self.accuracy) / self.count


class Curves(QWidget):
    """Two plots side by side, whose width is all the epochs from the start.

    While a run goes on its training curve is fine; the kept one has a point an epoch.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: list[EpochEnded] = []
        self._fine: list[_Fine] = []
        self._planned = 1
        self.loss = _Plot("Loss", _loss, "{:g}".format, self)
        self.accuracy = _Plot("Accuracy", fine_percent, _tick_percent, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.loss, 1)
        row.addWidget(self.accuracy, 1)

    def show_epochs(
        self, epochs: Sequence[EpochEnded], planned: int, *, live: bool = False
    ) -> None:
        """Show all of ``epochs``, with room for the ``planned`` number of them.

        ``live`` makes room for progress from the beginning of the first epoch, too.
        """
        self._epochs, self._fine = list(epochs), []
        self._planned = max(planned, len(epochs), 1)
        for plot in (self.loss, self.accuracy):
            plot.set_epochs(0 if live else 1, self._planned)
        self._draw()

    def add_progress(self, piece: Progress) -> None:
        """Go on with the training curve by what was learnt since the last call."""
        width = self._planned / _MOST_POINTS
        if self._fine and self._fine[-1].at // width == _at(piece) // width:
            self._fine[-1].join(piece)
        else:
            self._fine.append(_Fine(_at(piece), piece.loss, piece.accuracy))
        self._draw()

    def add_epoch(self, epoch: EpochEnded) -> None:
        self._epochs.append(epoch)
        self._draw()

    def epochs(self) -> list[EpochEnded]:
        """Return what is shown."""
        return list(self._epochs)

    def to_image(self) -> QImage:
        """Return the curves as a picture, in the colours of the window."""
        ratio = max(self.devicePixelRatioF(), _PICTURE_RATIO)
        around = QSize(2 * _PICTURE_MARGIN, 2 * _PICTURE_MARGIN)
        pixmap = QPixmap((self.size() + around) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Colours.of(self.palette()).window)
        self.render(pixmap, QPoint(_PICTURE_MARGIN, _PICTURE_MARGIN))
        return pixmap.toImage()

    def _draw(self) -> None:
        fine = {math.ceil(point.at) for point in self._fine}
        coarse = [e for e in self._epochs if e.epoch not in fine]
        self.loss.draw(
            [(e.epoch, e.loss) for e in coarse] + [(p.at, p.loss) for p in self._fine],
            [(e.epoch, e.validation_loss) for e in self._epochs],
            dotted=not fine,
        )
        self.accuracy.draw(
            [(e.epoch, e.accuracy) for e in coarse] + [(p.at, p.accuracy) for p in self._fine],
            [(e.epoch, e.validation_accuracy) for e in self._epochs],
            dotted=not fine,
        )


class _Plot(QWidget):
    """A name, a legend with the newest values, and the two lines below."""

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
        self._legend = QLabel()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._view = pg.PlotWidget(background=None, axisItems={"left": _ValueAxis(tick)})
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseEnabled(x=False, y=False)
        self._view.setMenuEnabled(False)
        self._view.hideButtons()
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._view.setAccessibleName(f"Curves of {name.lower()}")
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
        words = _HEAD_LINES * self.fontMetrics().lineSpacing()
        return QSize(max(240, self._legend_width()), words + _LEAST_PLOT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        title = self._title.fontMetrics().horizontalAdvance(_WIDEST_TITLE)
        narrow = self.width() < title + 2 * (_GAP + self._legend_width())
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._head.setSpacing(0 if narrow else _GAP)
        self._legend.setWordWrap(narrow)

    def set_epochs(self, first: int, count: int) -> None:
        step = -(-count // _MOST_TICKS)
        ticks = [(at, str(at)) for at in range(1, count + 1) if at % step == 0 or count == 1]
        self._view.getAxis("bottom").setTicks([ticks])
        self._view.setXRange(first - 0.03 * count, count + 0.04 * count, padding=0)

    def draw(self, training: _Points, kept: _Points, *, dotted: bool) -> None:
        """Draw both lines, without what is no number; the range is that of the points, with air.

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


def _at(piece: Progress) -> float:
    return piece.epoch - 1 + piece.share


def _loss(value: float) -> str:
    return f"{value:.3f}"


def _tick_percent(value: float) -> str:
    return f"{value * 100:.6g}\u202f%"
