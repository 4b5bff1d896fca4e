"""Retraining from the menu as a person does it: real windows, a stand-in for the trainer."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.app import App
from digitpad.children import child
from digitpad.children.recognition import LiveRecogniser
from digitpad.core.ink import Ink, Stroke
from digitpad.core.messages import Failed, Ready, encode
from digitpad.core.models.record import Model, ModelState
from digitpad.core.models.store import BUNDLED, Models
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import FILE_NAME, SampleStore, read_samples
from digitpad.launch import Launch
from digitpad.resources import Folders
from digitpad.ui.icons import Icons
from digitpad.ui.models.window import ModelsWindow
from digitpad.ui.retrain.window import RetrainWindow
from digitpad.ui.theme import Theme
from digitpad.ui.widgets.questions import Question
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.documents import KeptDrawing
from digitpad.workflows.model_library import ModelLibrary
from digitpad.workflows.quit_guard import QuitGuard
from digitpad.workflows.retraining import Retraining
from digitpad.workflows.saving import Saver
from tests.samples import sample_of
from tests.tables import names, texts


class Recogniser:
    """Notes which model it is told to use."""

    def __init__(self) -> None:
        self.used: list[Path] = []

    def use_model(self, model: Path) -> None:
        self.used.append(model)


class Bench:
    """The part of the app that retrains."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        icons = Icons(resources.icons())
        self.window = MainWindow(icons, Theme(application))
        self.recogniser = Recogniser()
        self.models = Models(folder / "models", resources.bundled_model())
        self.store = SampleStore(folder / FILE_NAME)
        recogniser = cast("LiveRecogniser", self.recogniser)
        self.library = ModelLibrary(self.window, icons, recogniser, self.models)
        self.retraining = Retraining(self.window, icons, self.library, self.models, self.store)
        self.saver = Saver(self.window, KeptDrawing(folder / "kept"))
        QuitGuard(self.window, (self.retraining.asks_to_quit, self.saver.asks_to_quit))
        self.window.show()

    def close(self) -> None:
        self.saver.close()
        self.retraining.close()
        self.library.close()
        self.window.close()
        self.window.deleteLater()

    @property
    def runs(self) -> list[Model]:
        return self.models.all()[1:]


@pytest.fixture
def bench(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    real_command = child.command

    def command(job: str, arguments: list[str]) -> tuple[str, list[str]]:
        if job != "train":
            return real_command(job, arguments)
        return sys.executable, ["-m", "tests.fake_trainer", *arguments]

    monkeypatch.setattr(child, "command", command)
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path / "data"))
    (tmp_path / "data" / "mnist").mkdir(parents=True)
    bench = Bench(qapp, tmp_path)
    qtbot.waitExposed(bench.window)
    yield bench
    bench.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def opened(bench: Bench, qtbot: QtBot) -> None:
    """Open the Retrain window as from the menu, and wait until it can be used."""
    bench.window.commands.retrain.trigger()
    start = bench.retraining.window.setup.start
    qtbot.waitUntil(start.isEnabled, timeout=20_000)


def trained(bench: Bench, qtbot: QtBot) -> Model:
    """Retrain with one click and return the new model, its result on show."""
    opened(bench, qtbot)
    window = bench.retraining.window
    window.setup.start.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.result, timeout=20_000)
    return bench.runs[0]


def running(bench: Bench, qtbot: QtBot, epochs: int = 2) -> None:
    """Begin a run that holds after some epochs."""
    opened(bench, qtbot)
    window = bench.retraining.window
    window.setup.start.click()
    step = window.running.step
    qtbot.waitUntil(lambda: step.text().startswith(f"Epoch {epochs + 1} of"), timeout=20_000)


def stopped(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> tuple[RetrainWindow, Model]:
    """Stop a run after two epochs and return the window, with the result on show, and the run."""
    monkeypatch.setenv("FAKE_TRAINER", "hold")
    running(bench, qtbot)
    window = bench.retraining.window
    window.running.stop.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.result, timeout=20_000)
    (model,) = bench.runs
    return window, model


def question(bench: Bench) -> Question:
    (box,) = (w for w in bench.window.findChildren(Question) if w.isVisible())
    return box


def answer(box: Question, words: str) -> None:
    next(b for b in box.buttons if words in b.text().replace("&", "")).click()


def models_window(bench: Bench) -> ModelsWindow:
    bench.window.commands.models.trigger()
    (window,) = bench.window.findChildren(ModelsWindow)
    return window


def test_one_click_retrains_and_nothing_is_replaced(bench: Bench, qtbot: QtBot) -> None:
    model = trained(bench, qtbot)
    assert (model.name, model.state, len(model.epochs)) == ("fast 1", ModelState.FINISHED, 3)
    assert model.options is not None
    assert model.options.data == (str(resources.data_folder() or "") + os.sep + "mnist",)
    assert bench.models.current().key == BUNDLED
    assert bench.recogniser.used == []


def test_use_it_switches_the_recogniser_now_and_after_a_restart(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    model = trained(bench, qtbot)
    bench.retraining.window.result.use.click()
    assert bench.recogniser.used == [model.file]
    again = Models(tmp_path / "models", resources.bundled_model())
    assert again.current().key == model.key
    assert not bench.retraining.window.isVisible()


def test_discard_leaves_everything_as_it_was(bench: Bench, qtbot: QtBot) -> None:
    trained(bench, qtbot)
    bench.retraining.window.result.discard.click()
    assert bench.runs == []
    assert bench.recogniser.used == []


@pytest.mark.parametrize(
    ("choice", "told"), [("use", "could not be saved"), ("discard", "cannot be created")]
)
def test_a_choice_that_fails_is_told_and_not_announced(
    bench: Bench, qtbot: QtBot, tmp_path: Path, choice: str, told: str
) -> None:
    model = trained(bench, qtbot)
    (tmp_path / "models" / "current").mkdir()  # where a file has to be
    (tmp_path / "models" / "trash").touch()  # where a folder has to be
    getattr(bench.retraining.window.result, choice).click()
    assert told in bench.window.board.messages.text.text()
    assert bench.runs == [model]
    assert bench.recogniser.used == []


def test_compare_asks_for_both_models(bench: Bench, qtbot: QtBot) -> None:
    model = trained(bench, qtbot)
    with qtbot.waitSignal(bench.retraining.compare_requested) as asked:
        bench.retraining.window.result.compare.click()
    assert asked.args == [bench.models.bundled(), model]


def test_stopped_then_resumed_from_the_models_window(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, model = stopped(bench, qtbot, monkeypatch)
    assert (model.state, model.resumable, model.usable) == (ModelState.STOPPED, True, True)
    window.result.later.click()
    monkeypatch.setenv("FAKE_TRAINER", "")
    models = models_window(bench)
    models.choose(model.key)
    models.resume.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.result, timeout=20_000)
    (model,) = bench.runs
    assert (model.state, model.resumable) == (ModelState.FINISHED, False)
    assert [epoch.epoch for epoch in model.epochs] == [1, 2, 3]


def test_a_resumed_run_that_is_cancelled_can_be_resumed_later(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, model = stopped(bench, qtbot, monkeypatch)
    monkeypatch.setenv("FAKE_TRAINER", "hold-early")
    models = models_window(bench)
    models.choose(model.key)
    models.resume.click()
    qtbot.waitUntil(window.running.stop.isEnabled, timeout=20_000)
    window.running.cancel.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.setup, timeout=20_000)
    (model,) = bench.runs
    assert (model.resumable, len(model.epochs)) == (True, 2)


def test_cancel_keeps_nothing(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "hold")
    running(bench, qtbot)
    window = bench.retraining.window
    window.running.cancel.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.setup, timeout=20_000)
    assert bench.runs == []
    assert list((tmp_path / "models").iterdir()) == []


def test_closing_the_window_asks_and_going_on_goes_on(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "hold")
    running(bench, qtbot)
    window = bench.retraining.window
    window.close()
    assert window.isVisible()
    answer(question(bench), "Continue")
    assert bench.retraining.is_running
    window.close()
    answer(question(bench), "Discard")
    qtbot.waitUntil(lambda: not bench.retraining.is_running, timeout=20_000)
    window.close()
    assert not window.isVisible()


def test_quitting_asks_and_the_run_can_be_resumed(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "hold")
    running(bench, qtbot)
    bench.window.close()
    assert bench.window.isVisible()
    answer(question(bench), "Cancel")
    bench.window.close()
    box = question(bench)
    assert "after epoch 2" in box.more.text()
    answer(box, "Quit")
    assert not bench.window.isVisible()
    bench.retraining.close()
    (left,) = Models(tmp_path / "models", resources.bundled_model()).all()[1:]
    assert (left.state, left.resumable, len(left.epochs)) == (ModelState.INTERRUPTED, True, 2)


def test_quitting_asks_about_the_run_and_then_about_a_drawing_that_would_be_lost(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "hold")
    running(bench, qtbot)
    (tmp_path / "kept").write_text("a file where a folder should be")
    bench.window.set_drawing(Ink((Stroke.of([(0, 0), (3, 40), (5, 90)]),)), "opening")
    for last in ("Cancel", "Quit anyway"):
        bench.window.close()
        assert "after epoch 2" in question(bench).more.text()
        answer(question(bench), "Quit")
        assert "cannot be written" in question(bench).more.text()
        answer(question(bench), last)
        assert bench.window.isVisible() == (last == "Cancel")
    assert bench.retraining.is_running


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_run_is_told_and_can_be_resumed(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "die")
    opened(bench, qtbot)
    window = bench.retraining.window
    window.setup.start.click()
    qtbot.waitUntil(window.setup.messages.isVisible, timeout=20_000)
    assert "Training crashed" in window.setup.messages.text.text()
    (model,) = bench.runs
    assert (model.state, model.resumable) == (ModelState.INTERRUPTED, True)
    assert "crashed" in model.message
    assert bench.models.current().key == BUNDLED


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_run_that_was_interrupted_is_offered_where_one_retrains(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "die")
    opened(bench, qtbot)
    window = bench.retraining.window
    assert not window.banner.isVisible()
    window.setup.start.click()
    qtbot.waitUntil(window.setup.messages.isVisible, timeout=20_000)
    bench.window.commands.retrain.trigger()
    assert "crashed" in window.setup.messages.text.text()
    (model,) = bench.runs
    assert f"{model.name}\u201d was interrupted after epoch 1." in window.banner.text.text()
    monkeypatch.setenv("FAKE_TRAINER", "")
    window.banner.button.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.result, timeout=20_000)
    (model,) = bench.runs
    assert [epoch.epoch for epoch in model.epochs] == [1, 2, 3]
    window.result.later.click()
    bench.window.commands.retrain.trigger()
    assert not window.banner.isVisible()
    assert not window.setup.messages.isVisible()


def test_a_worse_model_warns_and_is_not_the_default(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = {"t10k": {"accuracy": 0.999, "drawings": 10_000.0}}
    better = Model(
        "bundled", "best", ModelState.BUNDLED, resources.bundled_model(), figures=figures
    )
    monkeypatch.setattr(bench.models, "bundled", lambda: better)
    trained(bench, qtbot)
    result = bench.retraining.window.result
    assert result.banner.text.text().startswith("Worse than the current model: 98.10")
    assert not result.use.isDefault()
    assert texts(result.figures)[0] == [
        *("MNIST test", "correct", "10,000"), "98.10\u202f%", "99.90\u202f%", "\u22121.80"
    ]  # fmt: skip


def test_models_judged_on_other_drawings_are_to_be_compared_first(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = {"t10k": {"accuracy": 0.999, "drawings": 300.0}}
    other = Model("bundled", "best", ModelState.BUNDLED, resources.bundled_model(), figures=figures)
    monkeypatch.setattr(bench.models, "bundled", lambda: other)
    trained(bench, qtbot)
    result = bench.retraining.window.result
    assert "evaluated on different test drawings" in result.banner.text.text()
    assert result.compare.isDefault()
    assert not result.use.isDefault()


def test_own_drawings_are_learnt_from_as_they_were_at_the_start(bench: Bench, qtbot: QtBot) -> None:
    drawing = Ink((Stroke.of([(0, 0), (3, 40), (5, 90)]),))
    bench.store.keep(Sample.of(drawing, 1, None))
    model = trained(bench, qtbot)
    assert model.options is not None
    copy = Path(model.options.data[-1])
    assert copy.parent == model.file.parent
    assert [sample.caption.label for sample in read_samples(copy)] == [1]


@pytest.mark.parametrize("learnt", [True, False])
def test_the_result_says_how_both_models_read_ones_own_drawings(
    bench: Bench, qtbot: QtBot, *, learnt: bool
) -> None:
    bench.store.add(sample_of(number) for number in range(4))
    opened(bench, qtbot)
    window = bench.retraining.window
    offered = window.setup.data.list
    qtbot.waitUntil(lambda: offered.item(offered.count() - 1).text().startswith("My drawings"))
    own = offered.item(offered.count() - 1)
    own.setCheckState(Qt.CheckState.Checked if learnt else Qt.CheckState.Unchecked)
    trained(bench, qtbot)
    figures = window.result.figures
    name = "My drawings (partly trained on)" if learnt else "My drawings"
    unread = [f"{name}: evaluating\u2026", "correct", "4"]
    qtbot.waitUntil(lambda: texts(figures)[0][:3] == unread)
    qtbot.waitUntil(lambda: texts(figures)[0][3] != "\u2013", timeout=20_000)
    assert texts(figures)[0] == [
        *(name, "correct", "4"), "100.00\u202f%", "75.00\u202f%", "+25.00"
    ]  # fmt: skip
    assert texts(figures)[1][0] == "MNIST test"


def test_own_drawings_that_cannot_be_read_leave_a_row_without_figures(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_TRAINER", "unread")
    bench.store.keep(Sample.of(Ink((Stroke.of([(0, 0), (3, 40), (5, 90)]),)), 1, None))
    trained(bench, qtbot)
    figures = bench.retraining.window.result.figures
    qtbot.waitUntil(lambda: texts(figures)[0][0] == "My drawings (partly trained on)")
    assert texts(figures)[0][3:5] == ["\u2013", "\u2013"]


def test_a_result_can_be_left_before_ones_own_drawings_are_read(bench: Bench, qtbot: QtBot) -> None:
    bench.store.keep(Sample.of(Ink((Stroke.of([(0, 0), (3, 40), (5, 90)]),)), 1, None))
    trained(bench, qtbot)
    bench.retraining.window.result.discard.click()
    assert bench.runs == []
    trained(bench, qtbot)
    figures = bench.retraining.window.result.figures
    qtbot.waitUntil(lambda: texts(figures)[0][3] == "100.00\u202f%", timeout=20_000)


def test_deleting_the_model_in_use_can_be_taken_back(bench: Bench, qtbot: QtBot) -> None:
    model = trained(bench, qtbot)
    bench.retraining.window.result.use.click()
    models = models_window(bench)
    models.choose(model.key)
    models.delete.click()
    assert bench.models.current().key == BUNDLED
    assert bench.recogniser.used[-1] == resources.bundled_model()
    assert names(models.table) == [bench.models.bundled().name]
    models.messages.offer_button.click()
    assert bench.models.current().key == model.key
    assert bench.recogniser.used[-1] == model.file


def test_the_bundled_model_cannot_be_deleted_or_renamed(bench: Bench) -> None:
    models = models_window(bench)
    models.choose(BUNDLED)
    assert not models.delete.isEnabled()
    assert not models.rename.isEnabled()
    assert not models.use.isEnabled()
    bench.library.delete(BUNDLED)
    assert resources.bundled_model().exists()


def test_export_and_csv_write_whole_files(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    model = trained(bench, qtbot)
    models = models_window(bench)
    model_file, csv_file = tmp_path / "out.safetensors", tmp_path / "out.csv"
    png_file = tmp_path / "out.png"
    models.export_requested.emit(model.key, str(model_file))
    models.csv_requested.emit(model.key, str(csv_file))
    models.choose(model.key)
    models.png_requested.emit(models.details.curves.to_image(), str(png_file))
    qtbot.waitUntil(png_file.exists, timeout=5000)
    assert model_file.read_bytes() == model.file.read_bytes()
    assert csv_file.read_text().count("\n") == 4
    assert png_file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("works", [True, False])
def test_onnx_is_written_by_a_child_that_says_how_it_went(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, works: bool
) -> None:
    answer = encode(Ready("best") if works else Failed(None, "Not without onnx.", "details"))
    code = f"import sys; sys.stdout.write({answer.decode()!r})"
    asked: list[str] = []

    def command(job: str, arguments: list[str]) -> tuple[str, list[str]]:
        asked.extend([job, *arguments])
        return sys.executable, ["-c", code]

    monkeypatch.setattr(child, "command", command)
    models = models_window(bench)
    out = tmp_path / "out.onnx"
    models.onnx_requested.emit(BUNDLED, str(out))
    assert "out.onnx" in models.messages.text.text()
    expected = "Saved out.onnx." if works else "Not without onnx."
    qtbot.waitUntil(lambda: models.messages.text.text() == expected, timeout=20_000)
    assert asked == ["export-onnx", str(resources.bundled_model()), str(out)]


def test_renaming_in_the_list_is_kept(bench: Bench, qtbot: QtBot) -> None:
    model = trained(bench, qtbot)
    models = models_window(bench)
    models.table.renamed.emit(model.key, "my sevens")
    assert bench.runs[0].name == "my sevens"
    models.table.renamed.emit(model.key, "")
    assert names(models.table)[1:] == ["my sevens"]


def test_only_a_model_that_loads_is_imported(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    models = models_window(bench)
    content = resources.bundled_model().read_bytes()
    broken, whole = tmp_path / "broken.safetensors", tmp_path / "whole.safetensors"
    broken.write_bytes(content[:-100])
    whole.write_bytes(content)
    models.import_requested.emit(str(broken))
    assert models.messages.text.text() == "Checking broken.safetensors\u2026"
    qtbot.waitUntil(lambda: "Checking" not in models.messages.text.text(), timeout=30_000)
    assert "broken.safetensors" in models.messages.text.text()
    assert bench.runs == []
    models.import_requested.emit(str(whole))
    qtbot.waitUntil(lambda: len(bench.runs) == 1, timeout=30_000)
    qtbot.waitUntil(lambda: "Imported" in models.messages.text.text(), timeout=5000)
    assert bench.runs[0].state is ModelState.IMPORTED
    assert models.table.chosen_key() == bench.runs[0].key


def test_the_app_starts_with_the_chosen_model_and_names_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folders = Folders.below(tmp_path)
    models = Models(folders.models, resources.bundled_model())
    given = tmp_path / "my sevens.safetensors"
    given.write_bytes(resources.bundled_model().read_bytes())
    models.choose(models.add(given).key)
    launch = Launch(qapp, folders)
    with qtbot.waitSignal(launch.joined) as joined:
        launch.start()
    (app,) = joined.args or []
    assert isinstance(app, App)
    with qtbot.waitSignal(app.recogniser.ready, timeout=30_000):
        pass
    assert "my sevens" in app.window.status.state.text()
    with qtbot.waitSignal(app.recogniser.ready, timeout=30_000):
        app.library.use(BUNDLED)
    assert models.bundled().name in app.window.status.state.text()
    launch.window.close()
    launch.close()
    launch.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
