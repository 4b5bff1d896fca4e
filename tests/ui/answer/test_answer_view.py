import pytest
from PySide6.QtGui import QAccessible, QAccessibleEvent
from pytestqt.qtbot import QtBot

from digitpad.core.prediction import Prediction
from digitpad.ui.answer.answer_view import AnswerView
from digitpad.ui.icons import Icons
from digitpad.ui.states import RecogniserState
from digitpad.ui.theme import Theme

_NOT_A_DIGIT = Prediction((0.02,) * 10, None)


@pytest.fixture
def answer(qtbot: QtBot, theme: Theme, icons: Icons) -> AnswerView:  # noqa: ARG001
    view = AnswerView(icons)
    qtbot.addWidget(view)
    view.resize(320, 140)
    view.show()
    qtbot.waitExposed(view)
    view.show_recogniser_state("Ready", RecogniserState.READY)
    return view


def test_digit_is_shown_with_its_confidence(answer: AnswerView, seven: Prediction) -> None:
    answer.show_prediction(seven)
    sign, line, quiet = answer.text_lines()
    assert sign == "7"
    assert line.replace("\u202f", " ") == "98.0 %"
    assert quiet == "Sure"


def test_unsure_names_the_runner_up(answer: AnswerView) -> None:
    answer.show_prediction(Prediction((0, 0.4, 0, 0, 0, 0, 0, 0.5, 0.05, 0.05), 7))
    assert answer.text_lines()[2] == "Unsure, maybe 1"


@pytest.mark.parametrize("blank", [None, Prediction.blank()])
def test_blank_is_no_answer(answer: AnswerView, seven: Prediction, blank: Prediction) -> None:
    answer.show_prediction(seven)
    answer.show_prediction(blank)
    assert answer.text_lines()[1] == "No digit yet"
    assert answer.accessibleName() == "Nothing drawn yet"


def test_not_a_digit_is_said_in_plain_words(answer: AnswerView) -> None:
    answer.show_prediction(_NOT_A_DIGIT)
    assert answer.text_lines() == ("?", "Not a digit", "It matches none of the ten")
    assert answer.accessibleName() == "This is not a digit"


def test_what_is_not_a_digit_but_has_a_bar_is_said_to_be_closest_to_it(answer: AnswerView) -> None:
    answer.show_prediction(_NOT_A_DIGIT)
    answer.show_prediction(Prediction((0.0,) * 7 + (0.73, 0.05, 0.0), None))
    assert answer.text_lines() == ("?", "Not a digit", "Closest to 7")
    assert answer.accessibleDescription() == "Closest to 7"


def test_a_picture_is_being_read_and_then_may_hold_no_digit(answer: AnswerView) -> None:
    answer.show_source(is_picture=True)
    assert answer.text_lines()[1:] == ("No digit yet", "Reading the picture")
    answer.show_prediction(Prediction.blank())
    assert answer.text_lines()[1:] == ("No digit found", "The picture may be too faint")
    assert answer.accessibleName() == "No digit found"
    answer.show_source(is_picture=False)
    assert answer.text_lines()[1] == "No digit yet"


def test_while_the_pen_is_down_it_is_no_digit_yet_and_says_what_it_may_become(
    answer: AnswerView,
) -> None:
    likely = (0.0, 0.4, 0.0, 0.0, 0.1, 0.0, 0.0, 0.3, 0.0, 0.2)
    answer.show_prediction(Prediction(likely, None, pen_down=True))
    assert answer.text_lines() == ("?", "Not a digit yet", "Perhaps 1 or 7")
    assert answer.accessibleName() == "Not a digit yet"
    answer.show_prediction(Prediction((0.02,) * 10, None, pen_down=True))
    assert answer.text_lines()[1:] == ("Not a digit yet", "Nothing like one so far")


def test_loading_and_error_stand_before_an_answer(answer: AnswerView, seven: Prediction) -> None:
    answer.show_prediction(seven)
    answer.show_recogniser_state("Starting", RecogniserState.LOADING)
    assert answer.text_lines()[1] == "Starting"
    answer.show_recogniser_state("No model file", RecogniserState.ERROR)
    assert answer.text_lines()[1:] == ("No answer", "No model file")
    answer.show_recogniser_state("Ready", RecogniserState.READY)
    assert answer.text_lines()[0] == "7"


def test_every_state_looks_different_and_none_moves_the_layout(
    answer: AnswerView, seven: Prediction
) -> None:
    looks, sizes = [], set()
    for state, prediction in (
        (RecogniserState.LOADING, None),
        (RecogniserState.ERROR, None),
        (RecogniserState.READY, None),
        (RecogniserState.READY, seven),
        (RecogniserState.READY, _NOT_A_DIGIT),
    ):
        answer.show_prediction(prediction)
        answer.show_recogniser_state("No model file", state)
        looks.append(answer.grab().toImage())
        sizes.add((answer.sizeHint().toTuple(), answer.minimumSizeHint().toTuple()))
    assert all(a != b for i, a in enumerate(looks) for b in looks[i + 1 :])
    assert len(sizes) == 1


def test_spinner_turns_only_while_loading(answer: AnswerView, qtbot: QtBot) -> None:
    answer.show_recogniser_state("Starting", RecogniserState.LOADING)
    first = answer.grab().toImage()
    qtbot.waitUntil(lambda: answer.grab().toImage() != first)
    answer.show_recogniser_state("Ready", RecogniserState.READY)
    assert not answer._spinner.isActive()


def test_screen_reader_hears_an_answer_that_stands_still(
    answer: AnswerView, seven: Prediction, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[QAccessible.Event, str]] = []

    def hear(event: QAccessibleEvent) -> None:
        said.append((event.type(), answer.accessibleName()))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    for share in (0.5, 0.6, 0.7):
        answer.show_prediction(Prediction((share,) + (0.0,) * 9, 0))
    answer.show_prediction(seven)
    answer._speaker.setInterval(20)
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(100)
    assert [event for event, _ in said] == [QAccessible.Event.Announcement]
    assert said[0][1].startswith("7, 98.0")


def test_it_is_a_label_with_a_name_for_assistive_technology(
    answer: AnswerView, seven: Prediction
) -> None:
    answer.show_prediction(seven)
    interface = QAccessible.queryAccessibleInterface(answer)
    assert interface.role() == QAccessible.Role.StaticText
    assert interface.text(QAccessible.Text.Name).startswith("7, 98.0")
