"""A hand for tests: sends real mouse, tablet and touch events to a widget."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

Place = tuple[float, float]
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.MouseButton.NoButton
_PLAIN = Qt.KeyboardModifier.NoModifier


def mouse(
    widget: QWidget,
    kind: QEvent.Type,
    place: Place,
    button: Qt.MouseButton = _LEFT,
) -> None:
    at = QPointF(*place)
    pressed = _NONE if kind == QEvent.Type.MouseButtonRelease else button
    changed = _NONE if kind == QEvent.Type.MouseMove else button
    event = QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at)), changed, pressed, _PLAIN)
    QCoreApplication.sendEvent(widget, event)


def press(widget: QWidget, place: Place, button: Qt.MouseButton = _LEFT) -> None:
    mouse(widget, QEvent.Type.MouseButtonPress, place, button)


def move(widget: QWidget, place: Place, button: Qt.MouseButton = _LEFT) -> None:
    mouse(widget, QEvent.Type.MouseMove, place, button)


def release(widget: QWidget, place: Place, button: Qt.MouseButton = _LEFT) -> None:
    mouse(widget, QEvent.Type.MouseButtonRelease, place, button)


def draw(widget: QWidget, places: Sequence[Place], button: Qt.MouseButton = _LEFT) -> None:
    press(widget, places[0], button)
    for place in places[1:]:
        move(widget, place, button)
    release(widget, places[-1], button)


def line(start: Place, end: Place, steps: int = 12) -> list[Place]:
    (x0, y0), (x1, y1) = start, end
    return [(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps) for i in range(steps + 1)]


def draw_with_tablet(
    widget: QWidget, samples: Sequence[tuple[float, float, float]], *, eraser: bool = False
) -> None:
    """Draw (x, y, pressure) samples with a tablet pen, or with its other end."""
    device = tablet_pen(eraser=eraser)
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(samples) - 1)]
    for kind, sample in zip(kinds, samples, strict=True):
        tablet(widget, device, kind, sample)
    tablet(widget, device, QEvent.Type.TabletRelease, samples[-1])


def tablet_pen(*, eraser: bool = False) -> QPointingDevice:
    ends = QPointingDevice.PointerType
    end = ends.Eraser if eraser else ends.Pen
    return QPointingDevice(
        "tablet",
        1,
        QInputDevice.DeviceType.Stylus,
        end,
        QInputDevice.Capability.Pressure,
        1,
        3,
        "",
        QPointingDeviceUniqueId(),
    )


def tablet(
    widget: QWidget,
    device: QPointingDevice,
    kind: QEvent.Type,
    sample: tuple[float, float, float],
) -> None:
    """Send one event of a tablet pen; ``sample`` is x, y and pressure."""
    x, y, pressure = sample
    at = QPointF(x, y)
    away = QPointF(widget.mapToGlobal(at))
    button = _NONE if kind == QEvent.Type.TabletMove else _LEFT
    pressed = _NONE if kind == QEvent.Type.TabletRelease else _LEFT
    event = QTabletEvent(kind, device, at, away, pressure, 0, 0, 0, 0, 0, _PLAIN, button, pressed)
    QCoreApplication.sendEvent(widget, event)


def drop(widget: QWidget, mime: QMimeData) -> bool:
    """Drag ``mime`` over ``widget`` and, if it is welcome, let it go; returns whether it is.

    The window gets the events, and passes them on to what accepts drops.
    """
    copy = Qt.DropAction.CopyAction
    window = widget.window()
    window.winId()
    at = widget.mapTo(window, QPoint(5, 5))
    enters = QDragEnterEvent(at, copy, mime, _LEFT, _PLAIN)
    enters.setAccepted(False)
    QCoreApplication.sendEvent(window.windowHandle(), enters)
    if enters.isAccepted():
        let_go = QDropEvent(QPointF(at), copy, mime, _LEFT, _PLAIN)
        QCoreApplication.sendEvent(window.windowHandle(), let_go)
    return enters.isAccepted()
