import pytest

from digitpad.core.prediction import Prediction
from digitpad.ui.wording import exact_percent, percent, spoken, verdict


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0"), (0.004, "1"), (0.29, "29"), (0.57, "57"), (0.996, "99"), (1.0, "100")],
)
def test_only_the_certain_is_100_and_only_nothing_is_0(share: float, said: str) -> None:
    assert percent(share) == f"{said}\u202f%"


@pytest.mark.parametrize(
    ("share", "said"), [(0.9996, "99.9"), (1.0, "100.0"), (0.98, "98.0"), (0.58, "58.0")]
)
def test_exact_percentages_are_never_rounded_up(share: float, said: str) -> None:
    assert exact_percent(share) == f"{said}\u202f%"


@pytest.mark.parametrize("share", [0.898, 0.9996, 0.57, 1.0])
def test_a_whole_percentage_is_how_the_exact_one_begins(share: float) -> None:
    assert exact_percent(share).split(".")[0] == percent(share).split("\u202f")[0]


def test_answers_are_said_as_sentences() -> None:
    assert spoken(None) == "Nothing drawn yet"
    assert spoken(Prediction((0.05,) * 10, None)) == "This is not a digit"
    assert spoken(Prediction((0.0,) * 9 + (0.9,), 9)) == "9, 90.0\u202f% sure"


@pytest.mark.parametrize(
    ("two", "seven", "said"),
    [(0.02, 0.97, "Sure"), (0.2, 0.75, "Fairly sure"), (0.3, 0.6, "Unsure, maybe 2")],
)
def test_the_less_sure_the_more_is_said(two: float, seven: float, said: str) -> None:
    probabilities = [0.0] * 10
    probabilities[2], probabilities[7] = two, seven
    assert verdict(Prediction.of(probabilities, 0.3)) == said
