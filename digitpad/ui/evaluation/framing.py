"""A view as a picture that explains itself: with its title above and its legend below."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from digitpad.ui.colours import Colours

_SCALE = 2.0
_MARGIN, _LINE = 20, 36


def framed(view: QWidget, size: QSize, title: str, legend: str) -> QImage:
    """Return ``view``, laid out for ``size``, as a picture with two pixels to each of its units."""
    before = view.size()
    view.resize(size)
    whole = QSize(size.width() + 2 * _MARGIN, size.height() + 2 * _LINE)
    colours = Colours.of(QPalette())
    image = QImage(whole * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(colours.window)
    view.render(image, QPoint(_MARGIN, _LINE))
    view.resize(before)
    painter = QPainter(image)
    font = QFont(view.font())
    painter.setPen(colours.quiet)
    line = QRectF(_MARGIN, _LINE + size.height(), size.width(), _LINE)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, legend)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colours.text)
    line.moveTop(0)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
    painter.end()
    return image
