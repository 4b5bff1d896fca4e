"""The models as a person handles them, with the Models window and without."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.children import child
from digitpad.children.asking import OnnxExport
from digitpad.children.recognition import LiveRecogniser
from digitpad.core.messages import Ready, encode
from digitpad.core.models.store import BUNDLED, Models
from digitpad.core.training.options import FitOptions
from digitpad.ui.icons import Icons
from digitpad.ui.models.window import ModelsWindow
from digitpad.ui.theme import Theme
from digitpad.ui.widgets.message_bar import MessageBar
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows import model_files
from digitpad.workflows.model_library import ModelLibrary
from tests.tables import names


class Recogniser:
    """Notes which model it is told to use."""

    def __init__(self) -> None:
        self.used: list[Path] = []

    def use_model(self, model: Path) -> None:
        self.used.append(model)


class Shelf:
    """A library with the bundled model and one of the person's, ``mine``, which is in use."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.folder = folder
        self.icons = Icons(resources.icons())
        self.window = MainWindow(self.icons, Theme(application))
        self.recogniser = Recogniser()
        self.models = Models(folder, resources.bundled_model())
        self.mine = self.models.add(resources.bundled_model())
        self.models.choose(self.mine.key)
        recogniser = cast("LiveRecogniser", self.recogniser)
        self.library = ModelLibrary(self.window, self.icons, recogniser, self.models)
        self.window.show()

    @property
    def messages(self) -> MessageBar:
        """The main window's."""
        return self.window.board.messages

    def opened(self) -> ModelsWindow:
        self.library.open()
        (window,) = self.window.findChildren(ModelsWindow)
        return window

    def forbid_choosing(self) -> None:
        (self.folder / "current").unlink()
        (self.folder / "current").mkdir()

    def forbid_deleting(self) -> None:
        (self.folder / "trash").write_text("in the way")

    def in_the_way_of_mine(self) -> Path:
        """Return a file that keeps ``mine`` from coming back for as long as it is there."""
        self.mine.file.parent.mkdir()
        self.mine.file.write_text("in the way")
        return self.mine.file


@pytest.fixture
def shelf(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(qapp, tmp_path / "models")
    qtbot.waitExposed(shelf.window)
    yield shelf
    shelf.library.close()
    shelf.window.close()
    shelf.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_deletion_that_cannot_be_taken_back_is_offered_again(shelf: Shelf) -> None:
    window = shelf.opened()
    window.choose(shelf.mine.key)
    window.delete.click()
    assert shelf.models.current().key == BUNDLED
    obstacle = shelf.in_the_way_of_mine()
    window.messages.offer_button.click()
    assert "cannot be moved" in window.messages.text.text()
    obstacle.unlink()
    window.messages.offer_button.click()
    assert shelf.models.current() == shelf.mine
    assert not window.messages.isVisible()
    assert shelf.recogniser.used == [resources.bundled_model(), shelf.mine.file]


def test_without_its_window_a_deletion_is_told_in_the_main_one_and_taken_back_there(
    shelf: Shelf,
) -> None:
    shelf.opened().close()
    shelf.library.delete(shelf.mine.key)
    assert shelf.messages.text.text() == f"Deleted \u201c{shelf.mine.name}\u201d."
    shelf.messages.offer_button.click()
    assert shelf.models.current() == shelf.mine


def test_a_model_that_cannot_be_chosen_is_not_used_and_that_is_told(shelf: Shelf) -> None:
    shelf.forbid_choosing()
    assert not shelf.library.use(shelf.mine.key)
    assert shelf.recogniser.used == []
    assert "could not be saved" in shelf.messages.text.text()
    window = shelf.opened()
    window.choose(BUNDLED)
    window.use.click()
    assert "could not be saved" in window.messages.text.text()


def test_a_model_that_is_gone_is_not_used_and_that_is_told(shelf: Shelf) -> None:
    shelf.models.erase(shelf.mine.key)
    assert not shelf.library.use(shelf.mine.key)
    assert "no longer exists" in shelf.messages.text.text()


def test_a_model_stays_where_the_bundled_one_cannot_take_its_place(shelf: Shelf) -> None:
    shelf.forbid_choosing()
    shelf.library.delete(shelf.mine.key)
    assert shelf.models.get(shelf.mine.key) == shelf.mine
    assert "could not be saved" in shelf.messages.text.text()


def test_what_cannot_be_deleted_is_told(shelf: Shelf) -> None:
    shelf.forbid_deleting()
    shelf.library.delete(shelf.mine.key)
    assert shelf.models.get(shelf.mine.key) == shelf.mine
    assert "cannot be created" in shelf.messages.text.text()


def test_what_was_deleted_is_gone_once_the_app_has_ended(shelf: Shelf) -> None:
    shelf.library.delete(shelf.mine.key)
    assert list(shelf.folder.rglob(shelf.mine.file.name))
    shelf.library.close()
    assert not list(shelf.folder.rglob(shelf.mine.file.name))


def test_one_copy_of_the_app_leaves_what_another_deleted(shelf: Shelf) -> None:
    shelf.library.delete(shelf.mine.key)
    other = ModelLibrary(
        shelf.window,
        shelf.icons,
        cast("LiveRecogniser", shelf.recogniser),
        Models(shelf.folder, resources.bundled_model()),
    )
    other.close()
    shelf.messages.offer_button.click()
    assert shelf.models.current() == shelf.mine


@pytest.fixture
def endless_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose check never ends."""
    code = "import time; time.sleep(600)"
    monkeypatch.setattr(child, "command", lambda *_: (sys.executable, ["-c", code]))


@pytest.mark.usefixtures("endless_check")
def test_an_import_is_told_at_once_and_a_second_one_is_answered(
    shelf: Shelf, tmp_path: Path
) -> None:
    window = shelf.opened()
    window.import_requested.emit(str(tmp_path / "one.safetensors"))
    assert window.messages.text.text() == "Checking one.safetensors\u2026"
    window.import_requested.emit(str(tmp_path / "two.safetensors"))
    assert "Import two.safetensors when that is done" in window.messages.text.text()


@pytest.mark.usefixtures("endless_check")
def test_an_export_that_goes_on_holds_back_another_and_ends_with_the_app(
    shelf: Shelf, tmp_path: Path
) -> None:
    window = shelf.opened()
    for name in ("one.onnx", "two.onnx"):
        window.onnx_requested.emit(shelf.mine.key, str(tmp_path / name))
    assert "Export two.onnx when that is done" in window.messages.text.text()
    (export,) = shelf.library.findChildren(OnnxExport)
    assert export._child.process_id
    shelf.library.close()
    assert not export._child.process_id


def test_one_model_can_be_brought_in_and_given_out_after_the_other(
    shelf: Shelf, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = f"print({encode(Ready('best')).decode().rstrip()!r})"
    monkeypatch.setattr(child, "command", lambda *_: (sys.executable, ["-c", code]))
    window = shelf.opened()

    def told(text: str) -> bool:
        return text in window.messages.text.text()

    for name in ("one.onnx", "two.onnx"):
        window.import_requested.emit(str(resources.bundled_model()))
        qtbot.waitUntil(partial(told, "Imported"))
        window.onnx_requested.emit(shelf.mine.key, str(tmp_path / name))
        qtbot.waitUntil(partial(told, f"Saved {name}."))


@pytest.mark.usefixtures("endless_check")
def test_a_check_that_does_not_end_is_given_up(
    shelf: Shelf, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_files, "_PATIENCE_MS", 200)
    window = shelf.opened()
    window.import_requested.emit(str(tmp_path / "one.safetensors"))
    qtbot.waitUntil(lambda: "was not imported" in window.messages.text.text())
    window.import_requested.emit(str(tmp_path / "two.safetensors"))
    assert window.messages.text.text() == "Checking two.safetensors\u2026"


def test_a_run_under_way_keeps_its_name(shelf: Shelf) -> None:
    run = shelf.models.begin(FitOptions("fast", ("/data/mnist",), 3, 128, 0.003))
    window = shelf.opened()
    window.choose(run.key)
    QTest.keyClick(window.table, Qt.Key.Key_F2)
    assert not window.table.findChildren(QLineEdit)
    window.table.renamed.emit(run.key, "my sevens")  # as if editing had begun before the run
    assert "once training has finished" in window.messages.text.text()
    assert shelf.models.get(run.key) == run
    assert names(window.table)[1] == run.name
    shelf.models.erase(run.key)
