"""The round cursor that shows how wide the pen or the eraser is."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap


def ring_cursor(diameter: float, ratio: float, ink: QColor, paper: QColor) -> QCursor:
    """Return a ring of ``diameter`` logical pixels, visible on ink and on paper alike."""
    side = round(diameter) + 6
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = QRectF(0, 0, diameter, diameter)
    ring.moveCenter(QRectF(0, 0, side, side).center())
    for colour, width in ((paper, 2.6), (ink, 1.2)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(ring)
    painter.end()
    return QCursor(pixmap, side // 2, side // 2)
