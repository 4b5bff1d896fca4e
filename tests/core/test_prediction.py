import pytest

from digitpad.core.prediction import Prediction

FOUR_OR_NINE = [0, 0, 0, 0, 0.48, 0, 0, 0, 0, 0.47, 0.05]
HARDLY_A_SEVEN = [0, 0.1, 0, 0, 0, 0, 0, 0.4, 0, 0, 0.5]


def test_which_digit_is_one_question_and_whether_it_is_any_another() -> None:
    assert Prediction.of(FOUR_OR_NINE, 0.9).digit == 4
    assert Prediction.of(HARDLY_A_SEVEN, 0.6).digit is None
    assert Prediction.of(HARDLY_A_SEVEN, 0.5).digit == 7


def test_while_the_pen_is_down_one_digit_has_to_be_likelier_than_not() -> None:
    assert Prediction.of(FOUR_OR_NINE, 0.9, pen_down=True).digit is None
    assert Prediction.of([0.5, 0.45, *[0] * 8], 0.9, pen_down=True).digit == 0
    assert Prediction.of([0.6, 0.1, *[0] * 8], 0.9, pen_down=True).digit is None


def test_an_answer_is_as_sure_as_it_is_likely() -> None:
    assert Prediction.of(FOUR_OR_NINE, 0.9).confidence == 0.48
    assert Prediction.of(HARDLY_A_SEVEN, 0.6).confidence == pytest.approx(0.5)
    assert Prediction.of([0.1] * 10, 0.0).confidence == 0.1
    assert Prediction.blank().confidence == 1.0
