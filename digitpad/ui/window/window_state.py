"""What the window remembers, to bytes and back."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray

from digitpad.ui.canvas.canvas import Tool
from digitpad.ui.theme import ThemeMode
from digitpad.ui.widgets.tool_window import ToolWindow
from digitpad.ui.widgets.window_places import keep_place, kept_places, restore_places

if TYPE_CHECKING:
    from digitpad.ui.window.main_window import MainWindow


def save(window: "MainWindow") -> bytes:
    """Return the state as JSON."""
    commands = window.commands
    for other in window.findChildren(ToolWindow):
        if other.isVisible():
            keep_place(other)
    values = {
        "geometry": _text(window.saveGeometry()),
        "windows": {kind: _text(place) for kind, place in kept_places().items()},
        "bars": _text(window.saveState()),
        "theme": window.theme_mode,
        "tool": window.canvas.tool,
        "pen_width": window.tool_bar.pen_width.width_value(),
        "overlay": commands.overlay.isChecked(),
        "network_view": commands.network_view.isChecked(),
        "folder": window.exchange.folder,
    }
    return json.dumps(values).encode()


def restore(window: "MainWindow", state: bytes) -> None:
    """Take over what ``state`` says; whatever in it makes no sense is passed over."""
    try:
        values = json.loads(state)
    except (ValueError, RecursionError):
        return
    if not isinstance(values, dict):
        return
    setters: dict[str, Callable[[Any], object]] = {
        "geometry": lambda value: window.restoreGeometry(_bytes(value)),
        "windows": lambda value: restore_places(
            {kind: _bytes(place) for kind, place in dict(value).items()}
        ),
        "bars": lambda value: window.restoreState(_bytes(value)),
        "theme": lambda value: window.choose_theme(ThemeMode(value)),
        "tool": lambda value: window.choose_tool(Tool(value)),
        "pen_width": lambda value: window.tool_bar.pen_width.set_width_value(int(value)),
        "overlay": window.commands.overlay.setChecked,
        "network_view": window.commands.network_view.setChecked,
        "folder": lambda value: setattr(window.exchange, "folder", str(value)),
    }
    for name, put in setters.items():
        with suppress(ValueError, TypeError, KeyError, OverflowError):
            put(values[name])


def _text(value: QByteArray) -> str:
    return b64encode(value.data()).decode()


def _bytes(value: Any) -> QByteArray:  # noqa: ANN401 - from a file, of any kind
    return QByteArray(b64decode(value))
