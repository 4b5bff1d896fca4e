"""How large windows open, and where: within the screen, and again as they were left."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)
"""About what the system puts around a window."""

_places: dict[str, QByteArray] = {}
"""Where the last window of each kind was."""


def resize_within_screen(window: QWidget, size: QSize) -> None:
    """Make ``window`` as large as ``size``, where its screen has room for that and a frame."""
    screen = (window.parentWidget() or window).screen()
    window.resize(size.boundedTo(screen.availableSize() - _FRAME))


def stand_beside(window: QWidget, other: QWidget) -> None:
    """Put ``window``, narrower if need be, to the right of ``other``, where there is room."""
    frame, room = other.frameGeometry(), other.screen().availableGeometry()
    width = min(window.width(), room.right() - frame.right() - _FRAME.width())
    if width >= window.minimumWidth():
        lowest = room.bottom() - window.height() - _FRAME.height()
        window.resize(width, window.height())
        window.move(frame.right() + 1, max(min(frame.top(), lowest), room.top()))


def keep_place(window: QWidget) -> None:
    """Remember size and place for the next window of this kind."""
    _places[type(window).__name__] = window.saveGeometry()


def take_place(window: QWidget) -> None:
    """Put ``window`` where the last one of its kind was left; a second one goes elsewhere."""
    place = _places.pop(type(window).__name__, None)
    if place is not None:
        window.restoreGeometry(place)


def kept_places() -> dict[str, QByteArray]:
    """Return all that is remembered, by the kind of window."""
    return dict(_places)


def restore_places(places: Mapping[str, QByteArray]) -> None:
    """Remember ``places`` and nothing else."""
    _places.clear()
    _places.update(places)
