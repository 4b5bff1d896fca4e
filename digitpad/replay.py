"""Draws ink on a widget with real mouse events, at the pace of a hand."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.ink import Ink

EVENTS_PER_SECOND = 120


class Replay(QObject):
    """Replays the strokes of ``ink``, whose units are the widget's logical pixels.

    Signals: ``finished()`` after the last stroke's release.
    """

    finished = Signal()

    def __init__(self, widget: QWidget, ink: Ink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._widget = widget
        self._events = iter(_events(ink))
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1000 // EVENTS_PER_SECOND)
        self._timer.timeout.connect(self._send_next)

    def start(self) -> None:
        self._timer.start()

    def _send_next(self) -> None:
        following = next(self._events, None)
        if following is None:
            self._timer.stop()
            self.finished.emit()
            return
        send_mouse(self._widget, *following)


def send_mouse(widget: QWidget, kind: QEvent.Type, x: float, y: float) -> None:
    """Deliver one event of the left button at (x, y), in the widget's logical pixels."""
    position = QPointF(x, y)
    released = kind == QEvent.Type.MouseButtonRelease
    moved = kind == QEvent.Type.MouseMove
    event = QMouseEvent(
        kind,
        position,
        QPointF(widget.mapToGlobal(position)),
        Qt.MouseButton.NoButton if moved else Qt.MouseButton.LeftButton,
        Qt.MouseButton.NoButton if released else Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QCoreApplication.sendEvent(widget, event)


def _events(ink: Ink) -> list[tuple[QEvent.Type, float, float]]:
    events: list[tuple[QEvent.Type, float, float]] = []
    for stroke in ink.strokes:
        points = [(float(x), float(y)) for x, y in stroke.points[:, :2]]
        events.append((QEvent.Type.MouseButtonPress, *points[0]))
        events.extend((QEvent.Type.MouseMove, *point) for point in points[1:])
        events.append((QEvent.Type.MouseButtonRelease, *points[-1]))
    return events
