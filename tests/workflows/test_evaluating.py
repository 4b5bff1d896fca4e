"""Evaluating as the app does it: a real child, the bundled model, a window with the result."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.children.assessing import AssessmentRun
from digitpad.core.data_source import DataSource
from digitpad.core.evaluation.cache import FOLDER
from digitpad.core.evaluation.events import Assessed
from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.models.record import Model, ModelState
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import FILE_NAME, SampleStore
from digitpad.core.training.options import FitOptions
from digitpad.resources import Folders
from digitpad.ui.datasets.data_dialog import DataDialog
from digitpad.ui.evaluation.window import EvaluationWindow
from digitpad.ui.icons import Icons
from digitpad.ui.theme import Theme
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.background import Background
from digitpad.workflows.evaluating import Evaluating
from digitpad.workflows.trial import Trial
from tests.core.evaluation.test_evaluation import WORKED
from tests.drawings import sample_digits

W = TypeVar("W", DataDialog, EvaluationWindow)
BEST = Model("bundled", "best", ModelState.BUNDLED, resources.bundled_model())


def mine(file: Path) -> Model:
    return Model("mine", "mine", ModelState.FINISHED, file)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders.below(tmp_path / "user")


@pytest.fixture
def evaluating(
    qtbot: QtBot, qapp: QApplication, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Evaluating]:
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    icons = Icons(resources.icons())
    window = MainWindow(icons, Theme(qapp))
    qtbot.addWidget(window)
    evaluating = Evaluating(window, icons, folders, lambda: BEST)
    yield evaluating
    evaluating.close()


class FakeRun(AssessmentRun):
    """Writes an evaluation without reading anything, and counts how often it is started."""

    started: ClassVar[list[Path]] = []

    def __init__(
        self, model: Path, data: Sequence[str], out: Path, name: str, parent: QObject
    ) -> None:
        super().__init__(model, data, out, name, parent)
        self._model, self._out = model, out

    def start(self) -> None:
        self.started.append(self._model)
        WORKED.save(self._out)
        self.finished.emit(Assessed(str(self._out), WORKED.data, len(WORKED), WORKED.accuracy))


@pytest.fixture
def ink(tmp_path: Path) -> DataSource:
    path = tmp_path / "digits.jsonl"
    lines = [format_ink_line(ink, str(digit)) for digit, ink in enumerate(sample_digits())]
    path.write_bytes(b"".join(lines))
    return DataSource(str(path), "Samples", "")


def shown(evaluating: Evaluating, kind: type[W]) -> W:
    window = evaluating.parent()
    assert window is not None
    (found,) = window.findChildren(kind)
    return found


def wait_until_judged(qtbot: QtBot, view: EvaluationWindow) -> None:
    qtbot.waitUntil(lambda: view.content is not None, timeout=60_000)


def test_the_model_in_use_is_judged_on_the_persons_own_drawings(
    qtbot: QtBot, evaluating: Evaluating, folders: Folders
) -> None:
    assert [source.checked for source in evaluating.sources([BEST])] == [False]
    folders.data.mkdir(parents=True)
    samples = (Sample.of(ink, digit, None) for digit, ink in enumerate(sample_digits()))
    SampleStore(folders.data / FILE_NAME).add(samples)
    evaluating.ask()
    shown(evaluating, DataDialog).go.click()
    view = shown(evaluating, EvaluationWindow)
    wait_until_judged(qtbot, view)
    assert view.content is not None
    assert view.content.title.text() == "My drawings"
    evaluation = view.content.exhibit.evaluations[0]
    assert evaluation.accuracy == 1.0
    assert len(list((folders.data / FOLDER).iterdir())) == 1
    view.close()


def test_two_models_are_compared_and_not_read_twice(
    qtbot: QtBot,
    qapp: QApplication,
    evaluating: Evaluating,
    folders: Folders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("digitpad.workflows.trial.AssessmentRun", FakeRun)
    own = tmp_path / "models" / "mine" / "model.safetensors"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"other weights")
    folders.data.mkdir(parents=True)
    SampleStore(folders.data / FILE_NAME).add([Sample.of(sample_digits()[0], 0)])
    for _ in range(2):
        evaluating.compare(BEST, mine(own))
        shown(evaluating, DataDialog).go.click()
        view = shown(evaluating, EvaluationWindow)
        wait_until_judged(qtbot, view)
        assert view.content is not None
        assert view.content.exhibit.names == ("best", "mine")
        assert "are right on the same drawings" in view.content.headline.difference.text()
        view.close()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert FakeRun.started == [BEST.file, own]
    assert len(list((own.parent / FOLDER).iterdir())) == 1


def test_closing_the_window_stops_the_child(
    qtbot: QtBot, evaluating: Evaluating, ink: DataSource, folders: Folders
) -> None:
    evaluating.evaluate(BEST, [ink])
    view = shown(evaluating, EvaluationWindow)
    (trial,) = evaluating.findChildren(Trial)
    qtbot.waitUntil(lambda: trial._run is not None)
    with qtbot.waitSignal(trial.destroyed, timeout=10_000):
        view.close()
    assert list((folders.data / FOLDER).iterdir()) == []


def test_nothing_is_told_of_a_judgement_that_was_stopped(
    qtbot: QtBot, ink: DataSource, tmp_path: Path
) -> None:
    background = Background()
    trial = Trial((BEST,), [ink], background, tmp_path / "digits.jsonl" / "no folder")
    failures: list[str] = []
    trial.failed.connect(lambda reason, _: failures.append(reason))
    trial.begin()
    with qtbot.waitSignal(trial.destroyed):
        trial.stop()
    assert not failures
    background.close()


def test_what_goes_wrong_is_told_in_the_window(
    qtbot: QtBot, evaluating: Evaluating, ink: DataSource, folders: Folders
) -> None:
    folders.data.mkdir(parents=True)
    (folders.data / FOLDER).write_text("in the way")
    evaluating.evaluate(BEST, [ink])
    view = shown(evaluating, EvaluationWindow)
    qtbot.waitUntil(lambda: "cannot be used" in view.waiting.text.text())
    view.close()


def test_an_export_is_written_and_a_failure_told(
    qtbot: QtBot, evaluating: Evaluating, ink: DataSource, tmp_path: Path
) -> None:
    evaluating.evaluate(BEST, [ink])
    view = shown(evaluating, EvaluationWindow)
    view.export_requested.emit(str(tmp_path / "table.csv"), b"a,b")
    qtbot.waitUntil(lambda: view.messages.text.text() == "Saved table.csv.")
    assert (tmp_path / "table.csv").read_bytes() == b"a,b"
    view.export_requested.emit(str(tmp_path / "no" / "table.csv"), b"a,b")
    qtbot.waitUntil(lambda: "could not be saved" in view.messages.text.text())
    view.close()


def test_drawings_that_a_model_learnt_from_are_said_to_be_such_and_not_checked(
    evaluating: Evaluating, folders: Folders
) -> None:
    folders.data.mkdir(parents=True)
    SampleStore(folders.data / FILE_NAME).add([Sample.of(sample_digits()[0], 0)])
    options = FitOptions("fast", (f"/models/mine/{FILE_NAME}",), 3, 128, 0.003)
    evaluating.compare(BEST, replace(mine(Path("mine")), options=options))
    dialog = shown(evaluating, DataDialog)
    assert not dialog.go.isEnabled()
    own = dialog.data.list.item(dialog.data.list.count() - 1)
    assert own.text().startswith("My drawings (partly trained on)\n")
    dialog.reject()


def test_a_cached_evaluation_is_called_as_its_source_is_now(
    qtbot: QtBot, ink: DataSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.workflows.trial.AssessmentRun", FakeRun)
    background = Background()
    for name in ("Samples", "Samples (partly trained on)"):
        trial = Trial((BEST,), [replace(ink, name=name)], background, tmp_path)
        with qtbot.waitSignal(trial.evaluated) as judged:
            trial.begin()
        ((exhibit,),) = judged.args or []
    assert exhibit.data == "Samples (partly trained on)"
    background.close()


def test_test_sets_of_the_data_folder_are_offered(
    evaluating: Evaluating, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path))
    for name in ("mnist/t10k-images-idx3-ubyte.gz", "ink/pendigits-test.jsonl.gz"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    sources = evaluating.sources([BEST])
    assert [source.name for source in sources] == ["MNIST test", "Pen digits test"]
    assert all(source.checked and Path(source.value).exists() for source in sources)
