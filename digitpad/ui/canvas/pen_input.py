"""Mouse, tablet and touch events -> the movements of one pen."""

from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QPointingDevice, QTabletEvent, QTouchEvent


class Phase(Enum):
    """What the pen does."""

    DOWN = auto()
    MOVE = auto()
    UP = auto()
    CANCEL = auto()


class PenSample(NamedTuple):
    """One report of the pen: position in the widget's logical pixels, pressure from 0 to 1."""

    phase: Phase
    position: QPointF
    pressure: float = 1.0
    erasing: bool = False


class PenInput:
    """Reads pointer events as one pen: while one device draws, the others are not heard.

    The right mouse button and a tablet pen's other end erase. Of several fingers the first draws,
    so that a palm that comes down later adds nothing.
    """

    def __init__(self) -> None:
        self._device: type[QEvent] | None = None
        self._finger = -1
        self._button = Qt.MouseButton.NoButton

    def read(self, event: QEvent) -> PenSample | None:
        """Return what ``event`` says about the pen, None where it says nothing."""
        if self._device is not None and not isinstance(event, self._device):
            return None
        sample: PenSample | None = None
        if isinstance(event, QTabletEvent):
            sample = _tablet_sample(event)
        elif isinstance(event, QMouseEvent):
            sample = self._mouse_sample(event)
        elif isinstance(event, QTouchEvent):
            sample = self._touch_sample(event)
        if sample is None or (self._device is None and sample.phase is not Phase.DOWN):
            return None
        self._device = type(event) if sample.phase in (Phase.DOWN, Phase.MOVE) else None
        return sample

    def release(self) -> bool:
        """Forget the movement under way, so that its rest is not heard; tell if there was one."""
        device, self._device = self._device, None
        return device is not None

    def _mouse_sample(self, event: QMouseEvent) -> PenSample | None:
        erasing = self._button == Qt.MouseButton.RightButton
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                if self._device is not None or event.button() not in _MOUSE_BUTTONS:
                    return None
                self._button = event.button()
                erasing = self._button == Qt.MouseButton.RightButton
                return PenSample(Phase.DOWN, event.position(), erasing=erasing)
            case QEvent.Type.MouseMove:
                return PenSample(Phase.MOVE, event.position(), erasing=erasing)
            case QEvent.Type.MouseButtonRelease if event.button() == self._button:
                return PenSample(Phase.UP, event.position(), erasing=erasing)
        return None

    def _touch_sample(self, event: QTouchEvent) -> PenSample | None:
        if event.type() == QEvent.Type.TouchCancel:
            return PenSample(Phase.CANCEL, QPointF())
        points = {point.id(): point for point in event.points()}
        goes_on = self._device is not None and self._finger in points
        if event.type() == QEvent.Type.TouchBegin and not goes_on:
            self._finger = event.points()[0].id()
        if self._finger not in points:
            return None
        point = points[self._finger]
        phase = _TOUCH_PHASES[point.state()]
        if goes_on and phase is Phase.DOWN:  # a palm came down, and Qt tells of the beginning again
            phase = Phase.MOVE
        return PenSample(phase, point.position())


_MOUSE_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
_TOUCH_PHASES = {
    QEventPoint.State.Pressed: Phase.DOWN,
    QEventPoint.State.Updated: Phase.MOVE,
    QEventPoint.State.Stationary: Phase.MOVE,
    QEventPoint.State.Released: Phase.UP,
}
_TABLET_PHASES = {
    QEvent.Type.TabletPress: Phase.DOWN,
    QEvent.Type.TabletMove: Phase.MOVE,
    QEvent.Type.TabletRelease: Phase.UP,
}


def _tablet_sample(event: QTabletEvent) -> PenSample:
    erasing = event.pointerType() == QPointingDevice.PointerType.Eraser
    return PenSample(_TABLET_PHASES[event.type()], event.position(), event.pressure(), erasing)
