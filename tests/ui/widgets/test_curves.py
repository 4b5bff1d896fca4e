import math
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.core.training.events import EpochEnded, Progress
from digitpad.ui.theme import Theme, ThemeMode
from digitpad.ui.widgets.curves import Curves


def epochs(count: int) -> list[EpochEnded]:
    return [
        EpochEnded(n, 9, 1 / n, 1 - 0.2 / n, 0.5 / n, 1 - 0.1 / n, 8000.0, 7.5)
        for n in range(1, count + 1)
    ]


def progress(at: float, loss: float) -> Progress:
    """Some way ``at`` epochs into a run of nine."""
    epoch = math.ceil(at)
    return Progress(epoch, 9, at - epoch + 1, loss, 0.5, 8000.0, 60.0, 0)


def training_curve(curves: Curves) -> list[tuple[float, float]]:
    x, y = curves.loss._lines[0].getData()
    return [] if x is None else list(zip(x.tolist(), y.tolist(), strict=True))


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    curves = Curves()
    qtbot.addWidget(curves)
    curves.resize(760, 300)
    curves.show()
    return curves


def different(first: QImage, second: QImage) -> bool:
    return first.size() == second.size() and first != second


def test_points_come_without_moving_the_frame(curves: Curves) -> None:
    curves.show_epochs(epochs(3), 9)
    before = curves.loss._view.viewRange()[0]
    curves.add_epoch(epochs(4)[-1])
    assert curves.loss._view.viewRange()[0] == before
    low, high = curves.loss._view.viewRange()[1]
    assert low < 0.125
    assert high > 1.0


def test_what_loss_and_accuracy_are_taken_over_is_told(curves: Curves) -> None:
    assert "accuracy over whole digits only" in curves.loss.toolTip()


def test_the_newest_values_are_written_out(curves: Curves) -> None:
    curves.show_epochs(epochs(2), 9)
    assert "95.00\u202f%" in curves.accuracy._legend.text()
    assert "0.250" in curves.loss._legend.text()


def test_a_run_draws_its_curve_before_the_first_epoch_is_over(curves: Curves) -> None:
    curves.show_epochs([], 9, live=True)
    for at, loss in ((0.25, 1.5), (0.5, 0.75), (0.75, 0.5)):
        curves.add_progress(progress(at, loss))
    assert training_curve(curves) == [(0.25, 1.5), (0.5, 0.75), (0.75, 0.5)]
    assert "0.500" in curves.loss._legend.text()
    assert curves.loss._view.viewRange()[0][0] < 0


def test_what_is_told_within_an_epoch_takes_the_place_of_its_mean(curves: Curves) -> None:
    curves.show_epochs(epochs(1), 9, live=True)
    curves.add_progress(progress(1.5, 0.4))
    curves.add_progress(progress(1.9, 0.3))
    curves.add_epoch(epochs(2)[1])
    assert training_curve(curves) == [(1, 1.0), (1.5, 0.4), (1.9, 0.3)]


def test_a_long_run_is_averaged_into_few_points(curves: Curves) -> None:
    curves.show_epochs([], 9, live=True)
    for step in range(1, 1201):
        curves.add_progress(progress(9 * step / 1200, step % 2))
    points = training_curve(curves)
    assert 250 <= len(points) <= 301
    assert all(value == pytest.approx(0.5, abs=0.2) for _, value in points[1:-1])


def test_the_steep_beginning_does_not_squeeze_what_comes_after(curves: Curves) -> None:
    curves.show_epochs([], 9, live=True)
    curves.add_progress(progress(0.1, 2.3))
    assert curves.loss._view.viewRange()[1][1] >= 2.3
    for at in (1.0, 2.0, 3.0):
        curves.add_progress(progress(at, 0.1 / at))
    assert curves.loss._view.viewRange()[1][1] < 0.2


def test_one_epoch_and_none_and_equal_and_lost_values_can_be_shown(curves: Curves) -> None:
    flat = [EpochEnded(n, 2, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0) for n in (1, 2)]
    lost = [replace(epochs(1)[0], loss=math.nan, validation_loss=math.inf), epochs(2)[1]]
    for shown in ([], epochs(1), flat, lost, lost[:1]):
        curves.show_epochs(shown, 1)
        assert not curves.grab().isNull()


def test_curves_follow_the_theme_and_can_be_saved_sharp(curves: Curves, theme: Theme) -> None:
    curves.show_epochs(epochs(5), 9)
    light = curves.to_image()
    assert light.width() >= 2 * curves.width()
    theme.apply(ThemeMode.DARK)
    QApplication.processEvents()
    assert different(light, curves.to_image())
    theme.apply(ThemeMode.LIGHT)
