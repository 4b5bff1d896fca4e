"""Loss and accuracy over the epochs, as two curves each: training quiet, validation in colour."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from digitpad.core.training.events import EpochEnded, Progress
from digitpad.ui.colours import Colours
from digitpad.ui.widgets.curve_plot import Plot
from digitpad.ui.wording import fine_percent

_MOST_POINTS = 300
"""Of a run's fine curve; what is told more often is averaged."""
_PICTURE_RATIO = 2.0
_PICTURE_MARGIN = 16


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

    While a run goes on its training curve is fine; the kept one has a point per epoch.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: list[EpochEnded] = []
        self._fine: list[_Fine] = []
        self._planned = 1
        self.loss = Plot("Loss", _loss, "{:g}".format, self)
        self.loss.setToolTip("Loss is over all images, accuracy over whole digits only")
        self.accuracy = Plot("Accuracy", fine_percent, _tick_percent, self)
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


def _at(piece: Progress) -> float:
    return piece.epoch - 1 + piece.share


def _loss(value: float) -> str:
    return f"{value:.3f}"


def _tick_percent(value: float) -> str:
    return f"{value * 100:.6g}\u202f%"
