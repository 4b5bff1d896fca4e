import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.core.prediction import Prediction
from digitpad.ui.answer.chart import ProbabilityChart
from digitpad.ui.colours import Colours
from digitpad.ui.theme import Theme, ThemeMode
from tests.ui import hand


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> ProbabilityChart:  # noqa: ARG001 - for its palette
    chart = ProbabilityChart()
    qtbot.addWidget(chart)
    chart.resize(320, 240)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def column(chart: ProbabilityChart, digit: int) -> int:
    """Return the x of the middle of a digit's column, in pixels."""
    place: QPoint = chart.mapFromScene(chart._view.mapViewToScene(QPointF(digit, 0)))
    return place.x()


def row(chart: ProbabilityChart, height: float) -> int:
    place: QPoint = chart.mapFromScene(chart._view.mapViewToScene(QPointF(0, height)))
    return place.y()


def colour_at(chart: ProbabilityChart, digit: int, height: float) -> str:
    image: QImage = chart.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(
        round(column(chart, digit) * ratio), round(row(chart, height) * ratio)
    ).name()


def test_bars_are_as_high_as_the_probabilities_and_the_winner_is_marked(
    chart: ProbabilityChart,
) -> None:
    chart.show_prediction(Prediction((0.0, 0.3, 0, 0, 0, 0, 0, 0.6, 0, 0.1), 7))
    colours = Colours.of(chart.palette())
    assert colour_at(chart, 7, 0.5) == colours.accent.name()
    assert colour_at(chart, 7, 0.9) == colours.track.name()
    assert colour_at(chart, 1, 0.25) == colours.bar.name()
    assert colour_at(chart, 1, 0.6) == colours.track.name()
    assert colour_at(chart, 0, 0.1) == colours.track.name()
    assert chart.winner() == 7


def test_winner_changes(chart: ProbabilityChart, seven: Prediction) -> None:
    chart.show_prediction(seven)
    chart.show_prediction(Prediction((0.0, 0.9, 0, 0, 0, 0, 0, 0.1, 0, 0), 1))
    colours = Colours.of(chart.palette())
    assert colour_at(chart, 1, 0.5) == colours.accent.name()
    assert colour_at(chart, 7, 0.05) == colours.bar.name()


def test_not_a_digit_marks_none(chart: ProbabilityChart) -> None:
    chart.show_prediction(Prediction((0.4,) + (0.0,) * 9, None))
    assert colour_at(chart, 0, 0.2) == Colours.of(chart.palette()).bar.name()


def test_blank_has_no_bars(chart: ProbabilityChart, seven: Prediction) -> None:
    chart.show_prediction(seven)
    chart.show_prediction(None)
    assert chart.heights() == (0.0,) * 10
    assert colour_at(chart, 7, 0.3) == Colours.of(chart.palette()).track.name()


def test_painted_tells_once_for_each_prediction(
    chart: ProbabilityChart, seven: Prediction, qtbot: QtBot
) -> None:
    painted: list[bool] = []
    chart.painted.connect(lambda: painted.append(True))
    chart.viewport().repaint()
    assert not painted
    for _ in range(2):  # the second time nothing has changed, yet the answer has been shown
        painted.clear()
        chart.show_prediction(seven)
        qtbot.waitUntil(lambda: bool(painted))
        chart.viewport().repaint()
        assert painted == [True]


def test_theme_reaches_the_bars_and_the_ground(
    chart: ProbabilityChart, theme: Theme, seven: Prediction, qtbot: QtBot
) -> None:
    chart.show_prediction(seven)
    theme.apply(ThemeMode.DARK)
    qtbot.waitUntil(lambda: chart.palette().window().color().lightness() < 80)
    assert chart.grab().toImage().pixelColor(1, 1) == Colours.of(chart.palette()).window
    assert colour_at(chart, 7, 0.5) == QApplication.palette().accent().color().name()


@pytest.mark.parametrize("digit", [0, 4, 9])
def test_click_tells_the_digit(chart: ProbabilityChart, digit: int, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chart.bar_clicked) as caught:
        QTest.mouseClick(
            chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(column(chart, digit), 100)
        )
    assert caught.args == [digit]


def test_dragging_and_the_wheel_move_nothing(chart: ProbabilityChart) -> None:
    before = chart._view.viewRange()
    QTest.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 100))
    QTest.mouseMove(chart.viewport(), QPoint(200, 50))
    QTest.mouseRelease(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 50))
    assert chart._view.viewRange() == before


@pytest.mark.parametrize("size", [(230, 100), (320, 240), (440, 700)])
def test_values_and_digits_stay_inside_at_every_size(
    chart: ProbabilityChart, size: tuple[int, int]
) -> None:
    chart.resize(*size)
    chart.show_prediction(Prediction((0.5,) + (0.0,) * 8 + (0.5,), 0))
    chart.grab()  # pyqtgraph brings its transforms up to date only then
    inside = chart.viewport().rect().toRectF().adjusted(-1, -1, 1, 1)
    for item in (*chart._values, *chart._names):
        if item.isVisible():
            seen = item.deviceTransform(chart.viewportTransform()).mapRect(item.boundingRect())
            assert inside.contains(seen)


def test_screen_readers_get_the_numbers(chart: ProbabilityChart, seven: Prediction) -> None:
    chart.show_prediction(seven)
    assert chart.accessibleDescription().replace("\u202f", " ") == "1: 1 %, 7: 98 %, 9: 1 %"


@pytest.mark.parametrize("clickable", [True, False])
def test_the_bar_that_a_click_would_choose_is_marked(
    chart: ProbabilityChart, seven: Prediction, *, clickable: bool
) -> None:
    chart.show_prediction(seven)
    chart.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
    hand.move(chart.viewport(), (column(chart, 3), 100))
    colours = Colours.of(chart.palette())
    wanted = colours.border if clickable else colours.track
    assert colour_at(chart, 3, 0.5) == wanted.name()
    assert colour_at(chart, 4, 0.5) == colours.track.name()
    chart.show_prediction(None)
    assert colour_at(chart, 3, 0.5) == colours.track.name()
