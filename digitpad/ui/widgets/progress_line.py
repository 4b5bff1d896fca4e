"""A thin line that fills or, where it is not known how far, shows that something goes on."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.ui.colours import Colours, mix

_HEIGHT = 6
_STEP_MS = 40
_STEP, _PIECE = 0.012, 0.22


class ProgressLine(QWidget):
    """Shows a share in 0..1, or None: a piece that wanders."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._share: float | None = 0.0
        self._place = 0.0
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._wander)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_share(0.0)

    @property
    def share(self) -> float | None:
        """What is shown."""
        return self._share

    def show_share(self, share: float | None) -> None:
        self._share = share
        said = "in progress" if share is None else f"{share:.0%}"
        self.setAccessibleName(f"{self._name}: {said}")
        self._run()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        area = self.rect().toRectF()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(colours.window, colours.text, 0.10))
        painter.drawRoundedRect(area, _HEIGHT / 2, _HEIGHT / 2)
        painter.setBrush(colours.accent)
        if self._share is None:
            left = (1 + _PIECE) * self._place - _PIECE
            filled = QRectF(left * area.width(), 0, _PIECE * area.width(), _HEIGHT)
        else:
            filled = QRectF(0, 0, min(self._share, 1.0) * area.width(), _HEIGHT)
        painter.drawRoundedRect(filled & area, _HEIGHT / 2, _HEIGHT / 2)
        painter.end()

    def _run(self) -> None:
        if self._share is None and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _wander(self) -> None:
        self._place = (self._place + _STEP) % 1.0
        self.update()
