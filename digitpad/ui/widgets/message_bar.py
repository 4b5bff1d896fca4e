"""Errors and notices, laid over a widget's lower edge: never in the way, nothing moves."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMargins, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from digitpad.ui.colours import Colours, mix
from digitpad.ui.icons import Icons
from digitpad.ui.speech import announce
from digitpad.ui.states import MessageKind, Offer
from digitpad.ui.widgets.buttons import Button
from digitpad.ui.widgets.labels import Wrapped

_NOTICE_MS = 6000
_ICON = 20
_RADIUS = 8.0
_NARROW = 360


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    details: str
    kind: MessageKind
    offer: Offer | None = None


class MessageBar(QWidget):
    """One message at a time, its details folded, with a button that dismisses it.

    It lies over the lower edge of ``over``, beside which it is a child of the same parent, within
    ``margins``, and follows it.
    """

    def __init__(self, icons: Icons, over: QWidget, margins: QMargins) -> None:
        super().__init__(over.parentWidget())
        self._over, self._margins = over, margins
        over.installEventFilter(self)
        self._icons = icons
        self._message = _Message("", "", MessageKind.NOTICE)
        self._lasting: _Message | None = None
        self._timer = QTimer(self, singleShot=True, interval=_NOTICE_MS)
        self._timer.timeout.connect(self.dismiss)
        self._icon = QLabel(self)
        self.text = Wrapped()
        self.offer_button = Button("", self)
        self.offer_button.clicked.connect(self._on_offer_clicked)
        self.details_button = Button("Details", self)
        self.details_button.clicked.connect(self._on_details_clicked)
        self.close_button = QToolButton(self)
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setAccessibleName("Dismiss message")
        self.close_button.setToolTip("Dismiss")
        self.close_button.clicked.connect(self.dismiss)
        self.details = QPlainTextEdit(self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Details of the message")
        self.details.setFixedHeight(120)
        self.details.hide()
        self._buttons = QWidget(self)
        self._grid = QGridLayout(self)
        self._lay_out()
        self._colour()
        self.hide()

    def show_message(
        self, text: str, details: str, kind: MessageKind, offer: Offer | None = None
    ) -> None:
        """Show ``text`` as long as ``kind`` says."""
        message = _Message(text, details, kind, offer)
        if kind is MessageKind.LASTING:
            self._lasting = message
        self._show(message)
        announce(self, text)

    def dismiss(self) -> None:
        """Take away what is shown; what lasts and had to make room for it comes back."""
        if self._message is self._lasting:
            self._lasting = None
        if self._lasting is not None:
            self._show(self._lasting)
        else:
            self._timer.stop()
            self._return_keyboard()
            self.hide()

    def end_lasting(self, text: str) -> None:
        """Take away the message ``text`` that lasted, for it is over."""
        if self._lasting is not None and self._lasting.text == text:
            if self._message is self._lasting:
                self.dismiss()
            self._lasting = None

    def give_way(self) -> None:
        """Leave to whoever draws here, unless what is said lasts."""
        if self._message.kind is not MessageKind.LASTING:
            self.dismiss()

    def drop_error(self) -> None:
        """Take away an error: the person went on, and it is about what was before."""
        if self._message.kind is MessageKind.ERROR:
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let a press beside the buttons clear the way, except where the text can be selected."""
        if self._message.kind is MessageKind.NOTICE:
            self.dismiss()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        accent = colours.error if self._is_problem() else colours.accent
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mix(colours.window, accent, 0.55), 1))
        painter.setBrush(mix(colours.window, accent, 0.10))
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), *(_RADIUS,) * 2
        )
        painter.end()

    def _show(self, message: _Message) -> None:
        self._message = message
        text, details, offer = message.text, message.details, message.offer
        self.offer_button.setVisible(offer is not None)
        self.offer_button.setText(offer.text if offer else "")
        problem = self._is_problem()
        self.text.show_text(text, selectable=problem)
        self.setAccessibleName(text)
        self.details.setPlainText(details)
        self._fold(folded=True)
        self.details_button.setVisible(bool(details))
        self._buttons.setVisible(offer is not None or bool(details))
        self._colour()
        self.show()
        self.raise_()
        self._place()
        if problem:
            self._timer.stop()
        else:
            self._timer.start()

    def _return_keyboard(self) -> None:
        """Give the keyboard, if it is here, back to where it was in what this lies over."""
        here = self.focusWidget()
        if here is not None and here.hasFocus():
            (self._over.focusWidget() or self._over).setFocus()

    def _is_problem(self) -> bool:
        return self._message.kind is not MessageKind.NOTICE

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.offer_button, self.details_button):
            row.addWidget(button)
        row.addStretch(1)
        grid = self._grid
        grid.setContentsMargins(14, 8, 8, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._icon, 0, 0)
        grid.addWidget(self.text, 0, 1)
        grid.addWidget(self.close_button, 0, 3)
        grid.addWidget(self.details, 2, 0, 1, 4)

    def _place(self) -> None:
        """Be as high as needed; where it is narrow, the buttons go below the text."""
        area = self._over.geometry().marginsRemoved(self._margins)
        below = area.width() < _NARROW
        self._grid.addWidget(self._buttons, *((1, 0, 1, 4) if below else (0, 2, 1, 1)))
        height = self._grid.totalHeightForWidth(area.width())
        self.setGeometry(area.left(), area.bottom() + 1 - height, area.width(), height)

    def _colour(self) -> None:
        colours = Colours.of(self.palette())
        problem = self._is_problem()
        name, colour = ("alert", colours.error) if problem else ("info", colours.accent)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._icons.pixmap(name, _ICON, ratio, colour))
        self.close_button.setIcon(self._icons.icon("close", self.palette(), ratio))
        self.update()

    def _on_offer_clicked(self) -> None:
        offer = self._message.offer
        self.dismiss()
        if offer is not None:
            offer.accept()

    def _on_details_clicked(self) -> None:
        self._fold(folded=not self.details.isHidden())
        self._timer.stop()
        self._place()

    def _fold(self, *, folded: bool) -> None:
        self.details.setHidden(folded)
        self.details_button.setText("Details" if folded else "Hide details")
