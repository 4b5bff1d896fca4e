"""One drawing at length: its picture large, its label, and what each model made of it."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from digitpad.core.drawing import SIDE, Image
from digitpad.core.prediction import NOT_A_DIGIT, Prediction
from digitpad.ui.answer.chart import ProbabilityChart
from digitpad.ui.colours import Colours
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.wording import answered, sentence, told
from digitpad.ui.widgets.labels import Wrapped, heading
from digitpad.ui.widgets.pixels import crisp_square, paint_framed, tinted

_PICTURE = 5 * SIDE + 2
_LEAST_CHART = 160


class Detail(QWidget):
    """Shows a drawing of an exhibit; the bars are those of the evaluation looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = _Picture(self)
        self.label, self.answers = heading(size=1.3), Wrapped()
        for label in (self.label, self.answers):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chart = ProbabilityChart(self)
        self.chart.setMaximumHeight(110)
        self.chart.setMinimumWidth(_LEAST_CHART)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.label)
        words.addWidget(self.answers)
        words.addStretch(1)
        words.addWidget(self.chart, 3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_drawing(self, exhibit: Exhibit, index: int, row: int | None) -> None:
        """Show the drawing ``row``; None shows that there is none."""
        if row is None:
            self.picture.show_image(None)
            self.label.setText("No drawings")
            self.answers.setText("")
            self.chart.show_prediction(None)
            return
        evaluation = exhibit.evaluations[index]
        self.picture.show_image(evaluation.images[row])
        self.picture.setAccessibleName(told(evaluation, row))
        self.label.setText(f"Labelled {evaluation.labels[row]}")
        compared = len(exhibit.names) > 1
        lines = (
            f"{name}: {answered(one, row)}" if compared else sentence(answered(one, row))
            for name, one in zip(exhibit.titles, exhibit.evaluations, strict=True)
        )
        self.answers.setText("\n".join(lines))
        given = int(evaluation.answers[row])
        probabilities = tuple(evaluation.probabilities[row].tolist())
        self.chart.show_prediction(
            Prediction(probabilities, None if given == NOT_A_DIGIT else given)
        )


class _Picture(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grey: Image | None = None
        self.setFixedSize(QSize(_PICTURE, _PICTURE))

    def show_image(self, grey: "Image | None") -> None:
        self._grey = grey
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = Colours.of(self.palette())
        painter = QPainter(self)
        area = crisp_square(QRectF(self.rect()).adjusted(1, 1, -1, -1), self.devicePixelRatioF())
        grey = self._grey
        image = None if grey is None else tinted(grey, colours.paper, colours.ink)
        paint_framed(painter, area, image, colours)
        painter.end()
