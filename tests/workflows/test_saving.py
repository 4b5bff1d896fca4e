"""Keeping the drawing unasked, and what happens where that fails: a real window, real files."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.core.drawing import Drawing
from digitpad.core.errors import StorageError
from digitpad.core.ink import Ink, Stroke
from digitpad.ui.icons import Icons
from digitpad.ui.theme import Theme
from digitpad.ui.widgets.questions import Question
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows import saving
from digitpad.workflows.documents import KeptDrawing
from digitpad.workflows.quit_guard import QuitGuard
from digitpad.workflows.saving import Saver
from tests.samples import unread_picture

INK = Ink((Stroke.of([(10, 20), (30, 80)], 7.0),))


class Desk:
    """A window whose drawing is kept in ``folder``, where that lets itself be made."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.folder = folder
        self.window = MainWindow(Icons(resources.icons()), Theme(application))
        self.saver = Saver(self.window, KeptDrawing(folder))
        QuitGuard(self.window, (self.saver.asks_to_quit,))
        self.window.show()

    @property
    def message(self) -> str:
        bar = self.window.board.messages
        return "" if bar.isHidden() else bar.text.text()

    @property
    def question(self) -> Question:
        (box,) = (w for w in self.window.findChildren(Question) if w.isVisible())
        return box

    def answer(self, words: str) -> None:
        next(b for b in self.question.buttons if words in b.text().replace("&", "")).click()

    def break_disk(self) -> None:
        self.folder.write_text("a file where a folder should be")

    def mend_disk(self) -> None:
        self.folder.unlink()

    def keep_after_a_failure(self, qtbot: QtBot) -> None:
        self.break_disk()
        self.window.set_drawing(INK, "opening")
        qtbot.waitUntil(lambda: "cannot be saved" in self.message)
        self.mend_disk()
        self.window.set_drawing(INK.transformed(2, 0, 0), "opening")
        qtbot.waitUntil(lambda: self.message == "")


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qapp, tmp_path / "kept")
    qtbot.waitExposed(desk.window)
    yield desk
    desk.saver.close()
    desk.window.close()
    desk.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_quitting_at_once_keeps_what_was_drawn_without_a_question(desk: Desk) -> None:
    desk.window.set_drawing(INK, "opening")
    assert desk.window.close()
    desk.saver.close()
    assert KeptDrawing(desk.folder).load() == desk.window.canvas.drawing()


def test_ink_that_cannot_be_kept_is_asked_about_before_it_is_lost(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.break_disk()
    desk.window.set_drawing(INK, "opening")
    assert not desk.window.close()
    assert "cannot be written to" in desk.question.more.text()
    desk.answer("Cancel")
    assert desk.window.isVisible()
    target = tmp_path / "saved.inkml"
    monkeypatch.setattr("digitpad.ui.window.exchange.ask_save", lambda *a: a[-1](str(target)))
    desk.window.close()
    desk.answer("Save")
    qtbot.waitUntil(lambda: desk.message == "Saved saved.inkml.")
    assert target.exists()
    assert desk.window.close(), "what was saved is not lost"


def test_one_can_quit_without_what_cannot_be_kept(desk: Desk) -> None:
    desk.break_disk()
    desk.window.set_drawing(INK, "opening")
    desk.window.close()
    desk.answer("Quit anyway")
    assert not desk.window.isVisible()


def test_a_picture_that_cannot_be_kept_can_be_saved(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "saved.png"
    monkeypatch.setattr("digitpad.ui.window.exchange.ask_save", lambda *a: a[-1](str(target)))
    desk.break_disk()
    desk.window.set_drawing(unread_picture().drawing, "opening")
    desk.window.close()
    desk.answer("Save")
    qtbot.waitUntil(target.exists)


def test_a_blank_sheet_is_never_asked_about(desk: Desk) -> None:
    desk.break_disk()
    desk.window.set_drawing(INK, "opening")
    desk.window.canvas.clear()
    assert desk.window.close()


def test_a_disk_that_fails_again_is_told_again(desk: Desk, qtbot: QtBot) -> None:
    desk.keep_after_a_failure(qtbot)
    shutil.rmtree(desk.folder)
    desk.break_disk()
    desk.window.set_drawing(INK, "opening")
    qtbot.waitUntil(lambda: "cannot be saved" in desk.message)


def test_what_was_kept_in_the_end_is_not_asked_about(desk: Desk, qtbot: QtBot) -> None:
    desk.keep_after_a_failure(qtbot)
    assert desk.window.close()


def test_each_drawing_is_kept_once_and_a_failure_told_once(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Drawing] = []

    def save(_: KeptDrawing, drawing: Drawing) -> None:
        tried.append(drawing)
        raise StorageError("The disk is full.", "")

    monkeypatch.setattr(KeptDrawing, "save", save)
    desk.saver._timer.setInterval(10)
    desk.window.set_drawing(INK, "opening")
    qtbot.waitUntil(lambda: "cannot be saved" in desk.message)
    desk.window.board.messages.dismiss()
    desk.window.set_drawing(INK.transformed(2, 0, 0), "opening")
    qtbot.wait(200)
    assert len(tried) == 2
    assert desk.message == ""


def test_a_disk_that_does_not_answer_holds_up_no_quitting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def save(_: KeptDrawing, __: Drawing) -> None:
        goes_on.wait(60)

    monkeypatch.setattr(KeptDrawing, "save", save)
    monkeypatch.setattr(saving, "_PATIENCE_S", 0.05)
    desk.window.set_drawing(INK, "opening")
    desk.window.close()
    assert "not responding" in desk.question.more.text()
    desk.answer("Quit anyway")
    desk.saver.close()
    assert not goes_on.is_set()
    goes_on.set()


def test_a_png_is_encoded_off_the_gui_thread(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def note(_: QImage) -> bytes:
        threads.append(threading.get_ident())
        return b"png"

    monkeypatch.setattr(saving, "png_bytes", note)
    desk.window.export_png_requested.emit(str(tmp_path / "four.png"))
    qtbot.waitUntil(lambda: desk.message == "Saved four.png.")
    assert threads != [threading.get_ident()]
    assert (tmp_path / "four.png").read_bytes() == b"png"


def test_a_file_that_is_being_written_is_finished_before_the_end(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def encode_slowly(_: QImage) -> bytes:
        time.sleep(0.2)
        return b"png"

    monkeypatch.setattr(saving, "png_bytes", encode_slowly)
    desk.window.export_png_requested.emit(str(tmp_path / "four.png"))
    desk.saver.close()
    assert (tmp_path / "four.png").read_bytes() == b"png"


def test_a_damaged_drawing_is_told_at_the_start(desk: Desk, qtbot: QtBot) -> None:
    desk.folder.mkdir()
    (desk.folder / "drawing.inkml").write_bytes(b"<ink")
    asked: list[bool] = []
    desk.saver.restore(lambda: asked.append(True))
    qtbot.waitUntil(lambda: "could not be read" in desk.message)
    assert asked


def test_the_last_drawing_comes_back_by_undo_where_one_drew_before_it_was_there(
    desk: Desk, qtbot: QtBot
) -> None:
    KeptDrawing(desk.folder).save(INK)
    canvas = desk.window.canvas
    drawn = Ink((Stroke.of([(200, 200), (220, 280)], 7.0),))
    desk.window.set_drawing(drawn, "stroke")
    asked: list[bool] = []
    desk.saver.restore(lambda: asked.append(True))
    qtbot.waitUntil(lambda: bool(asked))
    assert canvas.drawing() == drawn
    desk.window.commands.undo.trigger()
    assert canvas.is_blank()
    desk.window.commands.undo.trigger()
    assert canvas.drawing() == INK
    for _ in range(2):
        desk.window.commands.redo.trigger()
    assert canvas.drawing() == drawn
