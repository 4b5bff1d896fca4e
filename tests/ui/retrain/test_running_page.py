import pytest
from pytestqt.qtbot import QtBot

from digitpad.core.training.events import EpochEnded, Preparing, Progress, Started
from digitpad.ui.icons import Icons
from digitpad.ui.retrain.running_page import RunningPage
from digitpad.ui.retrain.window import RetrainWindow
from digitpad.ui.widgets.questions import Question


@pytest.fixture
def page(qtbot: QtBot) -> RunningPage:
    page = RunningPage()
    qtbot.addWidget(page)
    page.show_run("fast 2", [], 4)
    return page


def epoch(number: int) -> EpochEnded:
    return EpochEnded(number, 4, 0.5 / number, 0.9, 0.4 / number, 0.95, 8000.0, 7.5)


def begun(page: RunningPage) -> None:
    page.show_started(Started("fast", "stages", 70_395, 60_000, 4, "cuda:0", 1))


def test_until_data_are_read_there_is_nothing_to_keep(page: RunningPage) -> None:
    assert page.progress.share is None
    assert not page.stop.isEnabled()
    assert page.cancel.isEnabled()
    begun(page)
    assert page.stop.isEnabled()
    assert page.device.figure.text() == "GPU:0"


def test_it_is_told_how_far_the_images_are(page: RunningPage) -> None:
    page.show_preparing(Preparing(0.42, 75.0))
    assert page.step.text().endswith("42\u202f% done, 1\u202fmin 15\u202fs left")
    assert page.progress.share == 0.42
    begun(page)
    assert page.progress.share == 0


def test_progress_counts_all_epochs(page: RunningPage) -> None:
    begun(page)
    page.show_progress(Progress(2, 4, 0.5, 0.4, 0.9, 8123.4, 125.0, 812 * 2**20))
    assert page.progress.share == 0.375
    assert page.step.text() == "Epoch 2 of 4, 50\u202f% done"
    tiles = [tile.figure.text() for tile in (page.speed, page.left, page.memory)]
    assert tiles == ["8,123", "2\u202fmin 5\u202fs", "812\u202fMB"]


def test_each_epoch_is_a_point_of_each_curve(page: RunningPage) -> None:
    begun(page)
    page.add_epoch(epoch(1))
    page.add_epoch(epoch(2))
    for plot in (page.curves.loss, page.curves.accuracy):
        assert [line.getData()[0].tolist() for line in plot._lines] == [[1, 2], [1, 2]]
    assert page.progress.share == 0.5
    page.add_epoch(epoch(4))
    assert page.step.text().startswith("Finishing")
    assert not page.stop.isEnabled()


def test_the_first_epoch_shows_a_curve_while_it_goes_on(page: RunningPage) -> None:
    begun(page)
    for share, loss in ((0.25, 1.5), (0.5, 0.75)):
        page.show_progress(Progress(1, 4, share, loss, 0.9, 8123.4, 125.0, 812 * 2**20))
    assert "0.750" in page.curves.loss._legend.text()


def test_once_it_finishes_nothing_else_is_said(page: RunningPage) -> None:
    begun(page)
    page.show_finishing()
    said = page.step.text()
    page.show_progress(Progress(2, 4, 0.5, 0.4, 0.9, 8123.4, 125.0, 812 * 2**20))
    page.add_epoch(epoch(2))
    assert (page.step.text(), page.progress.share) == (said, None)
    assert not page.stop.isEnabled()
    assert page.cancel.isEnabled()


def test_a_long_notice_stays_on_its_line_and_all_can_be_read(page: RunningPage) -> None:
    page.show_notice("first")
    least = page.minimumSizeHint()
    page.show_notice("x" * 200)
    assert page.minimumSizeHint() == least
    assert page.notice.toolTip() == "first\n" + "x" * 200
    page.show_run("fast 3", [], 4)
    page.show_notice("of the next run")
    assert page.notice.toolTip() == "of the next run"


def test_a_resumed_run_says_where_it_goes_on_and_that_it_can_be_resumed_again(
    page: RunningPage,
) -> None:
    assert page.cancel.text() == "&Discard this run"
    page.show_run("fast 2", [epoch(1), epoch(2)], 4)
    begun(page)
    assert page.step.text() == "Epoch 3 of 4, 60,000 images per epoch"
    assert page.progress.share == 0.5
    assert page.cancel.text() == "Stop and &resume later"
    page.show_run("fast 3", [], 4)
    begun(page)
    assert page.step.text().startswith("Epoch 1 of 4")
    assert page.cancel.text() == "&Discard this run"


def test_closing_the_window_offers_what_will_happen(qtbot: QtBot, icons: Icons) -> None:
    def offered(epochs: list[EpochEnded]) -> list[str]:
        window = RetrainWindow(icons)
        qtbot.addWidget(window)
        window.show_run("fast 2", epochs, 4)
        window.close()
        (question,) = window.findChildren(Question)
        return [button.text() for button in question.buttons]

    assert offered([]) == ["&Continue training", "&Discard this run"]
    assert offered([epoch(1)]) == ["&Continue training", "Stop and &resume later"]
