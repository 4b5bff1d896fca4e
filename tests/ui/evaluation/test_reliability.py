import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.core.evaluation.evaluation import BINS
from digitpad.ui.evaluation.exhibit import Exhibit
from digitpad.ui.evaluation.reliability import ReliabilityPlot
from digitpad.ui.theme import Theme


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme, one: Exhibit) -> ReliabilityPlot:  # noqa: ARG001
    plot = ReliabilityPlot("best")
    qtbot.addWidget(plot)
    plot.show_evaluation(one.evaluations[0])
    plot.resize(500, 400)
    plot.show()
    qtbot.waitExposed(plot)
    plot.grab()
    return plot


def chosen_bins(plot: ReliabilityPlot) -> list[int]:
    bins: list[int] = []
    plot.bin_chosen.connect(bins.append)
    return bins


def click(plot: ReliabilityPlot, confidence: float) -> None:
    scene: QPointF = plot.plotItem.vb.mapViewToScene(QPointF(confidence, 0.2))
    place: QPoint = plot.mapFromScene(scene)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_bar_chooses_it_and_an_empty_place_nothing(plot: ReliabilityPlot) -> None:
    bins = chosen_bins(plot)
    click(plot, 0.83)
    click(plot, 0.5)
    assert bins == [12]


def test_the_arrow_keys_go_from_bar_to_bar(plot: ReliabilityPlot) -> None:
    bins = chosen_bins(plot)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(plot, key)
    assert bins == [BINS - 1, 12, BINS - 1]


def test_the_first_key_to_the_right_goes_to_the_first_bar(plot: ReliabilityPlot) -> None:
    bins = chosen_bins(plot)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert bins == [0]


def test_it_is_told_in_words(plot: ReliabilityPlot) -> None:
    assert plot.accessibleName() == "Reliability of best"
    told = plot.accessibleDescription()
    assert told.startswith("Calibration error 8.6")
    assert "37 drawings at 95.00\u202f% confidence: 100.00\u202f% correct." in told
