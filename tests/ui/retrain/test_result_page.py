from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from digitpad.core.models.record import Model, ModelState
from digitpad.core.models.store import BUNDLED
from digitpad.core.training.events import EpochEnded
from digitpad.core.training.options import FitOptions
from digitpad.ui.retrain.result_page import ResultPage

EPOCHS = (EpochEnded(1, 3, 0.5, 0.9, 0.4, 0.95, 8000.0, 7.5),)
NEW = Model(
    "new", "fast 1", ModelState.STOPPED, Path("/m"), "2026-11-20T16:20:00+00:00", "fast", 9,
    FitOptions("fast", ("/data",), 3, 128, 0.003), EPOCHS,
)  # fmt: skip
BEST = Model(BUNDLED, "best", ModelState.BUNDLED, Path("/b"), "2026-11-01", "best")


@pytest.fixture
def page(qtbot: QtBot) -> ResultPage:
    page = ResultPage()
    qtbot.addWidget(page)
    page.show()
    return page


def test_a_run_that_was_stopped_says_how_far_it_came(page: ResultPage) -> None:
    page.show_result(NEW, BEST)
    assert page.title.text() == "\u201cfast 1\u201d was stopped early"
    assert page.about.text().startswith("1 of 3 epochs of recipe fast.")
    assert page.curves.isVisible()


def test_before_the_first_epoch_is_over_there_are_no_curves_to_show(page: ResultPage) -> None:
    page.show_result(replace(NEW, epochs=()), BEST)
    assert page.about.text().startswith("Trained on part of the first epoch")
    assert not page.curves.isVisible()
