"""What stands in the place of the drawings where there are none: why, and what to do."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.ui.colours import Colours, mix
from digitpad.ui.icons import Icons
from digitpad.ui.samples.model import Filter
from digitpad.ui.widgets.labels import heading, quiet
from digitpad.ui.wording import drawings

_CARDS = 3
_CARD = QSize(72, 86)
_TEXT_WIDTH = 400


class EmptyView(QWidget):
    """A picture, a headline and a sentence in the middle."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = _Cards(icons, self)
        self.title, self.text = heading(), quiet()
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setFixedWidth(_TEXT_WIDTH)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_reason(self, total: int, unread: int, wanted: Filter) -> None:
        """Say why nothing is shown of ``total`` drawings, ``unread`` of which have no answer."""
        self.picture.setVisible(total == 0)
        digit = wanted.digit
        if total == 0:
            title = "No drawings yet"
            text = (
                "Draw a digit and label it: press its key, 0 to 9, or click its bar. It is saved "
                "here with its label and the network's answer, ready to review, train on or "
                "export. Drop files here to import them."
            )
        elif wanted.only_misread:
            title = f"{'Nothing' if digit is None else f'No {digit}'} was misread"
            text = "Drawings whose label differs from the network's answer are listed here."
            if unread:
                have = "has" if unread == 1 else "have"
                text += (
                    f" {drawings(unread)} {have} no answer yet: choose All, then Recognise again."
                )
        else:
            title = f"No drawing is labelled {digit}"
            text = f"Draw a {digit} and press {digit}: it will appear here."
        self.title.setText(title)
        self.text.setText(text)
        self.text.setFixedHeight(self.text.heightForWidth(_TEXT_WIDTH))


class _Cards(QWidget):
    """Three empty cards, a pen on the middle one."""

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons = icons
        self.setFixedSize(_CARD.width() * _CARDS + 2 * 14, _CARD.height() + 4)

    def changeEvent(self, event: QEvent) -> None:
        self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(_CARDS):
            card = QRectF(place * (_CARD.width() + 14) + 1, 2, _CARD.width() - 2, _CARD.height())
            middle = place == 1
            painter.setBrush(colours.paper if middle else mix(colours.window, colours.paper, 0.5))
            pen = QPen(colours.border if middle else mix(colours.window, colours.border, 0.7), 1)
            painter.setPen(pen)
            painter.drawRoundedRect(card, 8, 8)
            if middle:
                side = 28
                area = QRectF(0, 0, side, side)
                area.moveCenter(card.center())
                ratio = self.devicePixelRatioF()
                pen_icon = self._icons.pixmap("pen", side, ratio, colours.accent)
                painter.drawPixmap(area.topLeft(), pen_icon)
        painter.end()
