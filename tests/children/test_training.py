"""Training runs as children: what they tell, and every way in which they can end."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from digitpad.children import child
from digitpad.children.asking import CatalogueQuestion
from digitpad.children.training import TrainingRun
from digitpad.core.training.events import EpochEnded, Finished, Started
from digitpad.core.training.options import FitOptions
from tests import fake_trainer

OPTIONS = FitOptions("fast", ("/data/mnist",), 3, 128, 0.003, seed=5)


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the stand-in where the trainer would be started; return where its model goes."""

    def command(_: str, arguments: list[str]) -> tuple[str, list[str]]:
        return sys.executable, ["-m", "tests.fake_trainer", *arguments]

    monkeypatch.setattr(child, "command", command)
    return tmp_path / "model.safetensors"


def test_tells_of_every_epoch_and_of_the_end(qtbot: QtBot, out: Path) -> None:
    run = TrainingRun(OPTIONS, out)
    started: list[Started] = []
    epochs: list[EpochEnded] = []
    run.started.connect(started.append)
    run.epoch_ended.connect(epochs.append)
    with qtbot.waitSignal(run.finished, timeout=20_000) as finished:
        run.start()
    assert [event.seed for event in started] == [5]
    assert [event.epoch for event in epochs] == [1, 2, 3]
    assert finished.args is not None
    assert isinstance(finished.args[0], Finished)
    assert out.exists()
    run.deleteLater()


def test_stopping_keeps_the_best_so_far(
    qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "hold")
    run = TrainingRun(OPTIONS, out)
    with qtbot.waitSignal(
        run.epoch_ended, timeout=20_000, check_params_cb=lambda event: event.epoch == 2
    ):
        run.start()
    with qtbot.waitSignal(run.finished, timeout=20_000):
        run.stop_and_keep()
    assert out.exists()
    run.deleteLater()


def test_it_can_be_stopped_at_once(
    qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "hold-early")
    run = TrainingRun(OPTIONS, out)
    with qtbot.waitSignal(run.started, timeout=20_000):
        run.start()
    with qtbot.assertNotEmitted(run.failed), qtbot.waitSignal(run.stopped, timeout=5000):
        run.stop()
    assert not out.exists()
    run.deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(("how", "told"), [("die", "memory"), ("abort", "no data at nowhere")])
def test_what_went_wrong_is_told_in_words(
    qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch, how: str, told: str
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", how)
    run = TrainingRun(OPTIONS, out)
    with qtbot.waitSignal(run.failed, timeout=20_000) as failed:
        run.start()
    assert failed.args is not None
    assert told in failed.args[0]
    run.deleteLater()


def test_says_which_recipes_and_devices_there_are(qtbot: QtBot, out: Path) -> None:  # noqa: ARG001
    question = CatalogueQuestion()
    with qtbot.waitSignal(question.answered, timeout=20_000) as answer:
        question.start()
    assert answer.args == [fake_trainer.CATALOGUE]


def test_the_trainer_itself_says_which_recipes_and_devices_there_are(qtbot: QtBot) -> None:
    question = CatalogueQuestion()
    with qtbot.waitSignal(question.answered, timeout=60_000) as answer:
        question.start()
    assert answer.args is not None
    catalogue = answer.args[0]
    fast = catalogue.recipe("fast")
    assert fast is not None
    assert sum(layer.parameters for layer in fast.layers) == fast.parameters > 10_000
    assert catalogue.devices[0].key == "auto"
    assert catalogue.devices[-1].key == "cpu"
