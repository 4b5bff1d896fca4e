"""The answer, large enough to be read from across a room, and what stands there without one."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from digitpad.core.prediction import Prediction
from digitpad.ui.colours import Colours
from digitpad.ui.icons import Icons
from digitpad.ui.speech import announce
from digitpad.ui.states import RecogniserState
from digitpad.ui.wording import exact_percent, is_blank, refusal, spoken, verdict

_SPEAK_AFTER_MS = 700
_TICK_MS = 40
_GAP = 20.0
_LINE_GAP = 8.0
_SIGN_SHARE = 0.42
_LEAST_LINES = 5
_LEAST_POINTS = 6.0


class _Face(Enum):
    BLANK = auto()
    LOADING = auto()
    DIGIT = auto()
    NOT_A_DIGIT = auto()
    ERROR = auto()


class AnswerView(QLabel):
    """Shows a digit with its confidence, or in plain words why there is none.

    A QLabel because screen readers know what a label is: its accessible name always says the
    answer, and an answer that has stood still for a moment is announced.
    """

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._prediction: Prediction | None = None
        self._is_picture = False
        self._state = RecogniserState.LOADING
        self._problem = ""
        self._sign_font, self._sign_area = QFont(), QRectF()
        self._turn = 0
        self._speaker = QTimer(self, singleShot=True, interval=_SPEAK_AFTER_MS)
        self._speaker.timeout.connect(self._announce)
        self._spinner = QTimer(self, interval=_TICK_MS)
        self._spinner.timeout.connect(self._on_tick)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(300, 148)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, max(84, _LEAST_LINES * self.fontMetrics().lineSpacing()))

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Show the answer; None and a prediction of zeros are a blank sheet."""
        if prediction != self._prediction:
            self._prediction = prediction
            self._refresh()

    def show_source(self, *, is_picture: bool) -> None:
        """Take what is said without an answer to be about a picture, or else about ink."""
        if is_picture != self._is_picture:
            self._is_picture = is_picture
            self._refresh()

    def show_recogniser_state(self, text: str, state: RecogniserState) -> None:
        """Show that the recogniser loads, or failed as ``text`` says, until it is ready."""
        self._problem, self._state = text, state
        self._refresh()

    def text_lines(self) -> tuple[str, str, str]:
        """Return what is written: the large sign, the line beside it, and the quiet line."""
        prediction = self._prediction
        match self._face():
            case _Face.DIGIT if prediction is not None:
                sure = exact_percent(prediction.confidence)
                return str(prediction.digit), sure, verdict(prediction)
            case _Face.NOT_A_DIGIT if prediction is not None:
                return "?", *refusal(prediction)
            case _Face.LOADING:
                return "", "Starting", "You can already draw"
            case _Face.ERROR:
                return "", "No answer", self._problem
        return "\u2013", *self._without_answer()

    def _without_answer(self) -> tuple[str, str]:
        if not self._is_picture:
            return "No digit yet", "The answer appears as you draw"
        if self._prediction is None:
            return "No digit yet", "Reading the picture"
        return "No digit found", "The picture may be too faint"

    def _face(self) -> _Face:
        if self._state is RecogniserState.LOADING:
            return _Face.LOADING
        if self._state is RecogniserState.ERROR:
            return _Face.ERROR
        if self._prediction is None or is_blank(self._prediction):
            return _Face.BLANK
        return _Face.NOT_A_DIGIT if self._prediction.digit is None else _Face.DIGIT

    def _refresh(self) -> None:
        _, line, quiet = self.text_lines()
        face, said = self._face(), line
        unread = self._is_picture and face is _Face.BLANK
        if self._state is RecogniserState.READY and not unread:
            said = spoken(self._prediction)
        self.setAccessibleDescription(quiet)
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self._speaker.start()
        if face is _Face.LOADING:
            self._spinner.start()
        else:
            self._spinner.stop()
        self.update()

    def _announce(self) -> None:
        announce(self, self.accessibleName())

    def _on_tick(self) -> None:
        self._turn = (self._turn + 9) % 360
        self.update(self._sign_area.toAlignedRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fit()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = Colours.of(self.palette())
        face = self._face()
        match face:
            case _Face.BLANK:
                self._paint_dash(painter, colours)
            case _Face.LOADING:
                self._paint_spinner(painter, colours)
            case _Face.ERROR:
                self._paint_alert(painter, colours)
            case _:
                self._paint_sign(painter, face, colours)
        self._paint_lines(painter, face, colours)
        painter.end()

    def _fit(self) -> None:
        self._sign_font = self._fitting_font()
        width = QFontMetricsF(self._sign_font).horizontalAdvance("0")
        self._sign_area = QRectF(0, 0, width, self.height())
        self.update()

    def _fitting_font(self) -> QFont:
        """Return the font whose digits are as high as this widget, or leave room beside them."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(100)
        metrics = QFontMetricsF(font)
        by_height = (self.height() - 2) / metrics.tightBoundingRect("0").height()
        by_width = self.width() * _SIGN_SHARE / metrics.horizontalAdvance("0")
        font.setPixelSize(max(int(100 * min(by_height, by_width)), 8))
        return font

    def _confidence_font(self, room: float) -> QFont:
        """Return the largest font in which any confidence fits into ``room``."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(100)
        widest = QFontMetricsF(font).horizontalAdvance(exact_percent(1.0))
        font.setPixelSize(max(int(min(self.height() * 0.24, 100 * room / widest)), 8))
        return font

    def _paint_sign(self, painter: QPainter, face: _Face, colours: Colours) -> None:
        """Paint one sign in the place of a zero, so that none moves another."""
        font = QFont(self._sign_font)
        metrics, area = QFontMetricsF(font), self._sign_area
        zero = metrics.tightBoundingRect("0")
        baseline = area.center().y() - zero.center().y()
        if face is not _Face.DIGIT:
            font.setWeight(QFont.Weight.Normal)
        sign = self.text_lines()[0]
        x = area.center().x() - QFontMetricsF(font).horizontalAdvance(sign) / 2
        painter.setFont(font)
        painter.setPen(colours.text if face is _Face.DIGIT else colours.border)
        painter.drawText(QPointF(x, baseline), sign)

    def _paint_dash(self, painter: QPainter, colours: Colours) -> None:
        centre, half = self._sign_area.center(), QPointF(self.height() * 0.2, 0)
        pen = QPen(colours.border, max(self.height() * 0.06, 4))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(centre - half, centre + half)

    def _paint_spinner(self, painter: QPainter, colours: Colours) -> None:
        side = self.height() * 0.46
        ring = QRectF(0, 0, side, side)
        ring.moveCenter(self._sign_area.center())
        for colour, start, length in ((colours.border, 0, 360), (colours.accent, -self._turn, 90)):
            pen = QPen(colour, max(side * 0.08, 3))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, start * 16, length * 16)

    def _paint_alert(self, painter: QPainter, colours: Colours) -> None:
        side = round(self.height() * 0.58)
        area = QRectF(0, 0, side, side)
        area.moveCenter(self._sign_area.center())
        pixmap = self._icons.pixmap("alert", side, self.devicePixelRatioF(), colours.error)
        painter.drawPixmap(area.topLeft(), pixmap)

    def _paint_lines(self, painter: QPainter, face: _Face, colours: Colours) -> None:
        """Write the line on the middle and the quiet one below it, on more lines if need be."""
        _, line, quiet = self.text_lines()
        left, middle = self._sign_area.right() + _GAP, self.height() / 2
        above = QRectF(left, 0, self.width() - left, middle)
        below = QRectF(left, middle + _LINE_GAP, self.width() - left, middle - _LINE_GAP)
        large = _fitting(self.font(), 1.5, above, Qt.TextFlag.TextSingleLine, line)
        small = _fitting(self.font(), 1.1, below, Qt.TextFlag.TextWordWrap, quiet)
        if face is _Face.DIGIT:
            large = self._confidence_font(self.width() - left)
        painter.setFont(large)
        painter.setPen(colours.text)
        painter.drawText(QPointF(left, middle), line)
        painter.setFont(small)
        painter.setPen(colours.quiet)
        painter.drawText(below, Qt.TextFlag.TextWordWrap, quiet)


def _fitting(font: QFont, share: float, area: QRectF, flag: Qt.TextFlag, text: str) -> QFont:
    """Return ``font`` in ``share`` of its size or, where ``text`` overflows ``area``, smaller."""
    fitting, points = QFont(font), font.pointSizeF() * share
    fitting.setPointSizeF(points)
    while points > _LEAST_POINTS:
        if area.contains(QFontMetricsF(fitting).boundingRect(area, flag, text)):
            break
        points *= 0.95
        fitting.setPointSizeF(points)
    return fitting
