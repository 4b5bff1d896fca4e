"""Drawings as a wall of small pictures, each with its label, the answer, and how sure that was."""

from PySide6.QtWidgets import QWidget

from digitpad.core.evaluation.evaluation import Evaluation, Integers
from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.ui.evaluation.wording import answer, told
from digitpad.ui.widgets.picture_wall import PictureWall, Words
from digitpad.ui.wording import percent

_SCALE = 2
_WIDEST = "8\N{RIGHTWARDS ARROW}8", " 88 %"


class Gallery(PictureWall):
    """A wall of an evaluation's drawings.

    Signal ``picture_chosen(int)``: the row, in the evaluation, that the person went to.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_SCALE, _WIDEST, parent)
        self.setAccessibleName("Drawings")

    def show_drawings(self, evaluation: Evaluation, rows: Integers) -> None:
        """Show the drawings ``rows`` of ``evaluation`` and go to the first one."""
        self.show_pictures(evaluation.images, rows.tolist(), lambda row: _words(evaluation, row))


def _words(evaluation: Evaluation, row: int) -> Words:
    """Return label and answer; on the right how sure, or what came nearest."""
    label, given = int(evaluation.labels[row]), int(evaluation.answers[row])
    left = str(label) if given == label else f"{label}\N{RIGHTWARDS ARROW}{answer(given)}"
    nearest = evaluation.probabilities[row].argmax()
    right = f"{nearest}?" if given == NOT_A_DIGIT else percent(float(evaluation.confidences[row]))
    wrong = not evaluation.right[row]
    return Words(left, told(evaluation, row), right, warns=wrong)
