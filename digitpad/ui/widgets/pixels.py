"""Grey levels as the window shows them: ink in the theme's ink colour, every pixel crisp."""

from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from digitpad.core.drawing import SIDE, Image
from digitpad.core.lazy import np
from digitpad.ui.colours import Colours, mix


def tinted(grey: Image, paper: QColor, ink: QColor) -> QImage:
    """Return ``grey`` (height, width) in the shades from ``paper``, which is 0, to ``ink``, 255."""
    levels = np.ascontiguousarray(grey)
    height, width = levels.shape
    image = QImage(levels.data, width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable(_shades(paper.rgb(), ink.rgb()))
    return image


def paint_framed(painter: QPainter, area: QRectF, image: QImage | None, colours: Colours) -> None:
    """Paint ``image``, or an empty sheet, into ``area`` with a thin frame around it."""
    painter.fillRect(area, colours.paper)
    if image is not None:
        painter.drawImage(area, image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.border, 1))
    painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))


def crisp_square(area: QRectF, ratio: float) -> QRectF:
    """Return the largest square in the middle of ``area`` that shows 28x28 pixels evenly.

    Each takes a whole number of the screen's pixels, of which there are ``ratio`` to a unit.
    """
    room = min(area.width(), area.height()) * ratio
    side = max(int(room) // SIDE, 1) * SIDE / ratio
    left = round((area.center().x() - side / 2) * ratio) / ratio
    top = round((area.center().y() - side / 2) * ratio) / ratio
    return QRectF(left, top, side, side)


@lru_cache(maxsize=8)
def _shades(paper: int, ink: int) -> list[int]:
    """Return the 256 shades from one colour to the other, kept as every painting asks."""
    ends = QColor.fromRgb(paper), QColor.fromRgb(ink)
    return [mix(*ends, level / 255).rgb() for level in range(256)]
