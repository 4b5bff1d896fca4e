"""Loss and accuracy over the epochs, as two curves each: training quiet, validation in colour."""

import math
from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.core.training.events import EpochEnded
from digitpad.ui.colours import Colours, mix
from digitpad.ui.widgets.labels import heading
from digitpad.ui.wording import fine_percent

_LINE, _DOT = 2.0, 6.0
_MOST_TICKS = 8
_WIDE = 350
_PICTURE_RATIO = 2.0
_PICTURE_MARGIN = 16


class Curves(QWidget):
    """Two plots side by side, whose width is all the epochs from the start."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: list[EpochEnded] = []
        self.loss = _Plot("Loss", _loss, "{:g}".format, self)
        self.accuracy = _Plot("Accuracy", fine_percent, _tick_percent, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.loss, 1)
        row.addWidget(self.accuracy, 1)

    def show_epochs(self, epochs: Sequence[EpochEnded], planned: int) -> None:
        """Show all of ``epochs``, with room for the ``planned`` number of them."""
        self._epochs = list(epochs)
        self.loss.set_epochs(max(planned, len(epochs)))
        self.accuracy.set_epochs(max(planned, len(epochs)))
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
        at = [epoch.epoch for epoch in self._epochs]
        self.loss.draw(
            at, [e.loss for e in self._epochs], [e.validation_loss for e in self._epochs]
        )
        self.accuracy.draw(
            at, [e.accuracy for e in self._epochs], [e.validation_accuracy for e in self._epochs]
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
        self._newest: tuple[float, float] | None = None
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
        self._lines = [self._view.plot(antialias=True) for _ in range(2)]
        title = heading(name, 1.1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(title, 1)
        self._head.addWidget(self._legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addWidget(self._view, 1)
        self.set_epochs(1)
        self.draw([], [], [])
        self._colour()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _WIDE
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._head.setSpacing(0 if narrow else 12)

    def set_epochs(self, count: int) -> None:
        step = -(-count // _MOST_TICKS)
        ticks = [(at, str(at)) for at in range(1, count + 1) if at % step == 0 or count == 1]
        self._view.getAxis("bottom").setTicks([ticks])
        self._view.setXRange(1 - 0.03 * count, count + 0.03 * count, padding=0)

    def draw(self, at: Sequence[int], training: Sequence[float], kept: Sequence[float]) -> None:
        """Draw both lines, without what is no number; the range is that of all points, with air."""
        shown: list[float] = []
        for line, values in zip(self._lines, (training, kept), strict=True):
            points = [(x, y) for x, y in zip(at, values, strict=True) if math.isfinite(y)]
            line.setData([x for x, _ in points], [y for _, y in points])
            shown += [y for _, y in points]
        low, high = min(shown, default=0.0), max(shown, default=1.0)
        air = max((high - low) * 0.12, 1e-4)
        self._view.setYRange(low - air, high + air, padding=0)
        self._newest = (training[-1], kept[-1]) if at else None
        self._show_legend()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()

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
            axis.setStyle(tickLength=0, maxTickLevel=0, tickTextOffset=8)
        self._view.getAxis("left").setWidth(56)
        self._view.showGrid(x=False, y=True, alpha=0.16)
        for line, colour in zip(self._lines, self._colours(), strict=True):
            line.setPen(pg.mkPen(colour, width=_LINE * self.devicePixelRatioF()))
            line.setSymbol("o")
            line.setSymbolSize(_DOT)
            line.setSymbolBrush(colour)
            line.setSymbolPen(None)
        self._show_legend()

    def _show_legend(self) -> None:
        names = ("training", "validation")
        values = ("", "") if self._newest is None else map(self._form, self._newest)
        quiet = Colours.of(self.palette()).quiet.name()
        parts = [
            f'<span style="color:{colour.name()}">\N{BLACK CIRCLE}</span> '
            f'<span style="color:{quiet}">{name}</span> <b>{value}</b>'
            for name, value, colour in zip(names, values, self._colours(), strict=True)
        ]
        self._legend.setText("&nbsp;&nbsp;&nbsp;".join(parts))


class _ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis whose numbers are no longer than they have to be."""

    def __init__(self, form: Callable[[float], str]) -> None:
        super().__init__("left")
        self._form = form

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802
        return [self._form(value) for value in values]


def _loss(value: float) -> str:
    return f"{value:.3f}"


def _tick_percent(value: float) -> str:
    return f"{value * 100:.6g}\u2009%"
