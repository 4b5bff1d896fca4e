from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.children.recognition import LiveRecogniser
from digitpad.core.messages import Failed, Recognised
from digitpad.core.prediction import Prediction
from digitpad.ui.icons import Icons
from digitpad.ui.states import RecogniserState
from digitpad.ui.theme import Theme
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows import live_answer
from digitpad.workflows.live_answer import LiveAnswer
from tests.samples import answer_of, unread_picture
from tests.ui import hand

PERHAPS_FOUR = Prediction((0.1, 0, 0, 0, 0.4, 0, 0, 0, 0, 0), None, pen_down=True)
STROKE = hand.line((60, 60), (200, 200))


class Desk:
    """A window with live answers; the recogniser's part is played by hand."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self.window = MainWindow(Icons(resources.icons()), Theme(application))
        self.recogniser = LiveRecogniser(Path("none"), self.window)
        self.live = LiveAnswer(self.window, self.recogniser)
        self.requests: list[int] = []
        self.recogniser.requested.connect(self.requests.append)
        qtbot.addWidget(self.window)
        self.window.show_recogniser_state("Ready", RecogniserState.READY)
        self.window.show()
        qtbot.waitExposed(self.window)

    def stroke(self, *, before_the_end: Prediction = PERHAPS_FOUR) -> None:
        """Draw a stroke, answered with ``before_the_end`` while the pen is down."""
        hand.press(self.window.canvas, STROKE[0])
        for point in STROKE[1:]:
            hand.move(self.window.canvas, point)
        self.answer(before_the_end)
        hand.release(self.window.canvas, STROKE[-1])

    def answer(self, prediction: Prediction) -> None:
        self.recogniser.recognised.emit(Recognised(self.requests[-1], prediction, None))

    def line(self) -> str:
        return self.window.board.answer.text_lines()[1]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(live_answer, "_NEXT_STROKE_MS", 100)
    return Desk(qtbot, qapp)


def test_a_refusal_after_a_stroke_waits_for_the_next_one(qtbot: QtBot, desk: Desk) -> None:
    desk.stroke()
    begun = desk.line()
    assert begun == "Not a digit yet"
    desk.answer(answer_of(None))
    assert desk.line() == begun
    qtbot.waitUntil(lambda: desk.line() == "Not a digit")


def test_a_refusal_is_never_shown_once_the_next_stroke_is_there(qtbot: QtBot, desk: Desk) -> None:
    desk.stroke()
    desk.answer(answer_of(None))
    hand.press(desk.window.canvas, STROKE[0])
    qtbot.wait(200)
    assert desk.line() == "Not a digit yet"


def test_a_late_refusal_gives_way_to_the_next_stroke(qtbot: QtBot, desk: Desk) -> None:
    desk.stroke()
    late = desk.requests[-1]
    hand.press(desk.window.canvas, STROKE[0])
    desk.recogniser.recognised.emit(Recognised(late, answer_of(None), None))
    desk.answer(PERHAPS_FOUR)
    qtbot.wait(200)
    assert desk.line() == "Not a digit yet"


def test_a_digit_is_shown_at_once(desk: Desk) -> None:
    desk.stroke()
    desk.answer(answer_of(4))
    assert desk.window.board.answer.text_lines()[0] == "4"


def test_a_refusal_without_a_stroke_before_it_is_shown_at_once(desk: Desk) -> None:
    desk.stroke()
    desk.window.canvas.clear()
    desk.window.canvas.undo()
    desk.answer(answer_of(None))
    assert desk.line() == "Not a digit"


def test_the_time_of_an_answer_is_shown(qtbot: QtBot, desk: Desk) -> None:
    desk.stroke()
    desk.answer(answer_of(4))
    qtbot.waitUntil(lambda: "ms" in desk.window.status.latency.text())


@pytest.mark.parametrize(
    ("signal", "told"),
    [("loading", ()), ("ready", (None,)), ("request_failed", (None,)), ("given_up", ("", ""))],
)
def test_what_had_to_wait_for_the_recogniser_tells_no_time(
    qtbot: QtBot, desk: Desk, signal: str, told: tuple[object, ...]
) -> None:
    hand.press(desk.window.canvas, STROKE[0])
    getattr(desk.recogniser, signal).emit(*told)
    with (
        qtbot.assertNotEmitted(desk.live.pen_to_bars_measured),
        qtbot.waitSignal(desk.window.answer_painted),
    ):
        desk.answer(PERHAPS_FOUR)


def test_of_a_picture_it_is_said_whether_it_is_being_read_or_holds_nothing(desk: Desk) -> None:
    said = desk.window.board.answer.text_lines
    desk.window.set_drawing(unread_picture().drawing, "pasting")
    assert said()[2] == "Reading the picture"
    desk.answer(Prediction.blank())
    assert said()[1] == "No digit found"
    desk.window.commands.undo.trigger()
    desk.window.commands.redo.trigger()
    assert said()[2] == "Reading the picture"
    desk.recogniser.request_failed.emit(Failed(desk.requests[-1], "No memory.", ""))
    assert said()[1] == "No digit found"
