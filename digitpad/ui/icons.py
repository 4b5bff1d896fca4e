"""The icons: SVG files of one family, drawn in the palette's colours."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from digitpad.ui.colours import Colours, mix

_SIZES = (16, 20)
_APP_SIZES = (16, 32, 48, 128, 256)


class Icons:
    """Makes QIcons of the SVG files in a folder; ``currentColor`` in them is the text colour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}

    def icon(self, name: str, palette: QPalette, ratio: float) -> QIcon:
        """Return the icon ``name``, grey where disabled and in the accent colour where checked.

        It is crisp on a screen of ``ratio`` pixels to a logical one.
        """
        colours = Colours.of(palette)
        faint = mix(colours.window, colours.text, 0.32)
        icon = QIcon()
        for colour, mode, state in (
            (colours.text, QIcon.Mode.Normal, QIcon.State.Off),
            (colours.accent, QIcon.Mode.Normal, QIcon.State.On),
            (faint, QIcon.Mode.Disabled, QIcon.State.Off),
        ):
            for size in _SIZES:
                icon.addPixmap(self.pixmap(name, size, ratio, colour), mode, state)
        return icon

    def app_icon(self) -> QIcon:
        """Return the application's own icon, in its own colours."""
        icon = QIcon()
        for size in _APP_SIZES:
            icon.addPixmap(self.pixmap("digitpad", size, 1.0, QColor()))
        return icon

    def pixmap(self, name: str, size: int, ratio: float, colour: QColor) -> QPixmap:
        """Return the icon ``name``, ``size`` logical pixels square, in one colour."""
        source = self._source(name).replace("currentColor", colour.name())
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source.encode())).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            path = self._folder / f"{name}.svg"
            self._sources[name] = path.read_text(encoding="utf-8")
        return self._sources[name]
