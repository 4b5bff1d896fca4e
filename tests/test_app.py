"""The whole app: real window, real mouse events, real child process, the bundled model."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QMimeData, QRectF
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.app import App
from digitpad.core.drawing import Drawing, Picture
from digitpad.core.errors import InputError
from digitpad.core.formats.inkml import read_inkml, write_inkml
from digitpad.core.ink import Ink
from digitpad.core.messages import Failed, Recognised
from digitpad.core.models.store import Models
from digitpad.launch import Launch
from digitpad.replay import send_mouse
from digitpad.resources import Folders
from digitpad.self_test import on_canvas
from digitpad.ui.models.window import ModelsWindow
from digitpad.workflows import documents
from digitpad.workflows.documents import KeptDrawing

SAMPLES = resources.sample_ink()


class Apps:
    """Starts apps that share one user's folders, and ends them."""

    def __init__(self, qtbot: QtBot, application: QApplication, folders: Folders) -> None:
        self._qtbot, self._application, self._folders = qtbot, application, folders
        self.running: dict[App, Launch] = {}

    def __call__(self, file: Path | None = None, *, wait: bool = True) -> App:
        launch = Launch(self._application, self._folders)
        with self._qtbot.waitSignal(launch.joined) as joined:
            launch.start(str(file) if file else None)
        (app,) = joined.args or []
        self.running[app] = launch
        if wait:
            with self._qtbot.waitSignal(app.recogniser.ready, timeout=30_000):
                pass
        return cast("App", app)

    def end(self, app: App) -> None:
        launch = self.running.pop(app)
        launch.window.close()
        launch.close()
        launch.deleteLater()


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Apps]:
    apps = Apps(qtbot, qapp, Folders.below(tmp_path / "user"))
    yield apps
    for app in list(apps.running):
        apps.end(app)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sample(digit: int) -> Ink:
    path = SAMPLES / f"{digit}.inkml"
    return read_inkml(path.read_bytes(), str(path))


def draw(app: App, digit: int) -> None:
    """Draw a sample with mouse events, as fast as they are taken."""
    canvas = app.window.canvas
    for stroke in on_canvas(sample(digit), QRectF(canvas.rect())).strokes:
        points = stroke.points[:, :2].tolist()
        send_mouse(canvas, QEvent.Type.MouseButtonPress, *points[0])
        for point in points[1:]:
            send_mouse(canvas, QEvent.Type.MouseMove, *point)
        send_mouse(canvas, QEvent.Type.MouseButtonRelease, *points[-1])


def shown(app: App) -> int | None:
    winner: int | None = app.window.board.chart_place.chart.winner()
    return winner


def message(app: App) -> str:
    bar = app.window.board.messages
    return "" if bar.isHidden() else bar.text.text()


def rename_current(app: App, name: str) -> None:
    """Rename the model in use in the Models window."""
    app.window.commands.models.trigger()
    (window,) = app.window.findChildren(ModelsWindow)
    window.table.renamed.emit(app.library.current.key, name)
    window.close()


def test_the_bars_move_while_the_pen_is_down(qtbot: QtBot, start: Apps) -> None:
    app = start()
    answers: list[Recognised] = []
    app.recogniser.recognised.connect(answers.append)
    canvas = app.window.canvas
    (stroke,) = on_canvas(sample(3), QRectF(canvas.rect())).strokes
    points = stroke.points[:, :2].tolist()
    send_mouse(canvas, QEvent.Type.MouseButtonPress, *points[0])
    for point in points[1:]:
        with qtbot.waitSignal(app.recogniser.recognised):
            send_mouse(canvas, QEvent.Type.MouseMove, *point)
    assert len(answers) >= len(points) - 1
    assert answers[-1].prediction.digit == 3
    assert all(answer.prediction.pen_down for answer in answers)
    assert shown(app) == 3
    send_mouse(canvas, QEvent.Type.MouseButtonRelease, *points[-1])
    qtbot.waitUntil(lambda: not answers[-1].prediction.pen_down)


@pytest.mark.parametrize("digit", [2, 7])
def test_a_drawn_digit_is_read_and_clearing_takes_the_answer_away(
    qtbot: QtBot, start: Apps, digit: int
) -> None:
    app = start()
    draw(app, digit)
    qtbot.waitUntil(lambda: shown(app) == digit)
    app.window.canvas.clear()
    assert shown(app) is None
    assert app.window.board.chart_place.chart.heights() == (0.0,) * 10
    qtbot.wait(100)
    assert shown(app) is None, "a stale answer came back"


def test_a_killed_recogniser_loses_no_ink_and_reads_it_again(qtbot: QtBot, start: Apps) -> None:
    app = start()
    draw(app, 5)
    qtbot.waitUntil(lambda: shown(app) == 5)
    before = app.window.canvas.drawing()
    with qtbot.waitSignal(app.recogniser.restarting, timeout=10_000):
        os.kill(app.recogniser.process_id, signal.SIGTERM)
    with qtbot.waitSignal(app.recogniser.recognised, timeout=30_000):
        assert "restarted" in message(app)
    assert app.window.canvas.drawing() == before
    assert shown(app) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be halted there")
def test_a_recogniser_that_does_not_answer_is_told_until_it_does(qtbot: QtBot, start: Apps) -> None:
    app = start()
    state = app.window.status.state
    ready = state.text()
    silent = "Recogniser not responding. Restart it (Model menu)."
    app.recogniser._patience.setInterval(200)
    os.kill(app.recogniser.process_id, signal.SIGSTOP)
    draw(app, 5)
    qtbot.waitUntil(lambda: state.text() == silent)
    os.kill(app.recogniser.process_id, signal.SIGCONT)
    qtbot.waitUntil(lambda: (state.text(), shown(app)) == (ready, 5))


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be halted there")
def test_a_recogniser_that_does_not_answer_can_be_restarted(qtbot: QtBot, start: Apps) -> None:
    app = start()
    app.recogniser._patience.setInterval(200)
    os.kill(app.recogniser.process_id, signal.SIGSTOP)
    with qtbot.waitSignal(app.recogniser.silent):
        draw(app, 5)
    app.window.commands.restart_recogniser.trigger()
    qtbot.waitUntil(lambda: shown(app) == 5, timeout=30_000)
    assert app.window.status.state.text().startswith("Recogniser ready")


def test_a_recogniser_that_was_given_up_is_restarted_from_its_message(
    qtbot: QtBot, start: Apps
) -> None:
    app = start()
    draw(app, 5)
    qtbot.waitUntil(lambda: shown(app) == 5)
    app.recogniser.stop()
    app.recogniser.given_up.emit("The recogniser stopped.", "why")
    assert shown(app) is None
    assert message(app) == "The recogniser stopped. You can keep drawing without it."
    restart = app.window.board.messages.offer_button
    assert restart.text() == "Restart"
    with qtbot.waitSignal(app.recogniser.recognised, timeout=30_000):
        restart.click()
    assert message(app) == "The recogniser is working again."
    assert shown(app) == 5


def test_a_model_that_does_not_load_gives_way_to_the_bundled_one_which_is_named(
    start: Apps, tmp_path: Path
) -> None:
    bundled = resources.bundled_model()
    models = Models(Folders.below(tmp_path / "user").models, bundled)
    mine = models.add(bundled)
    models.rename(mine.key, "my sevens")
    models.choose(mine.key)
    mine.file.write_bytes(b"no model at all")
    app = start()
    state = app.window.status.state
    assert state.text() == f"Recogniser ready \u00b7 model \u201c{models.bundled().name}\u201d"
    draw(app, 1)
    assert "The bundled model is used instead." in message(app)
    rename_current(app, "my eights")
    assert models.current().name == "my eights"
    assert models.bundled().name in state.text()


def test_a_chosen_model_whose_record_cannot_be_read_is_told(start: Apps, tmp_path: Path) -> None:
    bundled = resources.bundled_model()
    models = Models(Folders.below(tmp_path / "user").models, bundled)
    mine = models.add(bundled)
    models.choose(mine.key)
    mine.file.with_name("run.json").write_text("{")
    app = start(wait=False)
    assert (
        message(app) == "The model you chose is not available. The bundled model is used instead."
    )
    start.end(app)
    assert message(start(wait=False)) == "", "it will not come back, so once is enough"


def test_a_new_name_is_shown_only_while_its_model_runs(
    qtbot: QtBot, start: Apps, tmp_path: Path
) -> None:
    bundled = resources.bundled_model()
    models = Models(Folders.below(tmp_path / "user").models, bundled)
    models.choose(models.add(bundled).key)
    app = start()
    state = app.window.status.state
    rename_current(app, "my sevens")
    assert state.text() == "Recogniser ready \u00b7 model \u201cmy sevens\u201d"
    app.recogniser.stop()
    app.recogniser.given_up.emit("The recogniser stopped.", "why")
    rename_current(app, "my eights")
    assert state.text() == "Recogniser not running"
    app.window.commands.restart_recogniser.trigger()
    rename_current(app, "my nines")
    assert state.text() == "Starting the recogniser"
    qtbot.waitUntil(lambda: "my nines" in state.text(), timeout=30_000)
    assert message(app) == "The recogniser is working again."
    app.window.board.messages.dismiss()
    assert message(app) == "", "nor does the other come back"
    with qtbot.waitSignal(app.recogniser.ready, timeout=30_000):
        app.recogniser.start()
    assert message(app) == ""


def test_a_drawing_that_the_recogniser_cannot_read_is_told(start: Apps) -> None:
    app = start(wait=False)
    app.recogniser.request_failed.emit(Failed(1, "It cannot be read.", "why"))
    assert message(app) == "It cannot be read."


def test_one_can_draw_before_the_recogniser_is_there(qtbot: QtBot, start: Apps) -> None:
    app = start(wait=False)
    draw(app, 8)
    assert not app.window.canvas.is_blank()
    qtbot.waitUntil(lambda: shown(app) == 8, timeout=30_000)


def test_the_drawing_and_the_window_come_back_at_the_next_start(qtbot: QtBot, start: Apps) -> None:
    app = start()
    app.window.canvas.set_pen_width(31)
    draw(app, 4)
    drawn = app.window.canvas.drawing()
    app.window.resize(780, 640)
    start.end(app)
    again = start()
    assert again.window.canvas.drawing() == drawn
    assert (again.window.width(), again.window.height()) == (780, 640)
    qtbot.waitUntil(lambda: shown(again) == 4)


def test_ink_is_saved_and_opened(qtbot: QtBot, start: Apps, tmp_path: Path) -> None:
    app = start()
    draw(app, 6)
    drawn = app.window.canvas.drawing()
    target = tmp_path / "my six.inkml"
    app.window.save_ink_requested.emit(str(target))
    qtbot.waitUntil(target.exists)
    app.window.canvas.clear()
    app.open(str(target))
    qtbot.waitUntil(lambda: app.window.canvas.drawing() == drawn)
    qtbot.waitUntil(lambda: shown(app) == 6)
    app.window.export_svg_requested.emit(str(tmp_path / "six.svg"))
    app.window.export_png_requested.emit(str(tmp_path / "six.png"))
    qtbot.waitUntil((tmp_path / "six.png").exists)
    assert b"<svg" in (tmp_path / "six.svg").read_bytes()
    app.open(str(tmp_path / "six.png"))
    qtbot.waitUntil(lambda: isinstance(app.window.canvas.drawing(), Picture))
    qtbot.waitUntil(lambda: shown(app) == 6)


def test_a_file_from_the_command_line_opens_and_is_remembered(qtbot: QtBot, start: Apps) -> None:
    app = start(SAMPLES / "9.inkml")
    qtbot.waitUntil(lambda: shown(app) == 9)
    names = [action.text() for action in app.window.commands.recent.actions()]
    assert "9.inkml" in names
    app.window.commands.recent_clear.trigger()
    assert not app.window.commands.recent.isEnabled()


def test_recent_files_are_there_at_the_next_start_until_they_are_cleared(
    qtbot: QtBot, start: Apps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLES)
    app = start(wait=False)
    app.window.open_requested.emit(["9.inkml", "8.inkml"])
    assert message(app) == "Only the first of 2 files was opened."
    qtbot.waitUntil(app.window.commands.recent.isEnabled)
    start.end(app)
    again = start(wait=False)
    recent = again.window.commands.recent
    assert recent.actions()[0].toolTip() == str(SAMPLES / "9.inkml")
    again.window.commands.recent_clear.trigger()
    assert not recent.isEnabled()
    start.end(again)
    assert not start(wait=False).window.commands.recent.isEnabled()


def test_a_file_opens_over_the_last_drawing_which_undo_brings_back(
    qtbot: QtBot, start: Apps
) -> None:
    app = start()
    draw(app, 4)
    drawn = app.window.canvas.drawing()
    start.end(app)
    again = start(SAMPLES / "9.inkml", wait=False)
    canvas = again.window.canvas
    qtbot.waitUntil(lambda: canvas.undo_text() == "opening 9.inkml")
    canvas.undo()
    assert canvas.drawing() == drawn
    start.end(again)
    third = start(wait=False)
    qtbot.waitUntil(lambda: third.window.canvas.drawing() == drawn)


def test_a_file_that_does_not_open_leaves_the_last_drawing(
    qtbot: QtBot, start: Apps, tmp_path: Path
) -> None:
    app = start()
    draw(app, 4)
    drawn = app.window.canvas.drawing()
    start.end(app)
    (tmp_path / "broken.png").write_bytes(b"")
    again = start(tmp_path / "broken.png", wait=False)
    qtbot.waitUntil(lambda: "broken.png" in message(again))
    assert again.window.canvas.drawing() == drawn


def test_a_second_copy_leaves_the_drawing_of_the_first_alone(
    start: Apps, qtbot: QtBot, tmp_path: Path
) -> None:
    first = start(wait=False)
    draw(first, 4)
    drawn = first.window.canvas.drawing()
    qtbot.waitUntil((tmp_path / "user" / "data" / "drawing.inkml").exists)
    second = start(wait=False)
    draw(second, 7)
    second.window.commands.clear.trigger()
    start.end(second)
    start.end(first)
    again = start(wait=False)
    qtbot.waitUntil(lambda: again.window.canvas.drawing() == drawn)


def test_the_last_drawing_holds_nothing_up_and_never_replaces_new_ink(
    qtbot: QtBot, start: Apps, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start()
    draw(app, 4)
    start.end(app)
    load, go_on, loaded = KeptDrawing.load, Event(), Event()

    def load_slowly(kept: KeptDrawing) -> Drawing | None:
        go_on.wait(10)
        drawing = load(kept)
        loaded.set()
        return drawing

    monkeypatch.setattr(KeptDrawing, "load", load_slowly)
    again = start(wait=False)
    assert not loaded.is_set(), "the window waited for it"
    draw(again, 7)
    drawn = again.window.canvas.drawing()
    go_on.set()
    qtbot.waitUntil(loaded.is_set)
    qtbot.wait(100)
    assert again.window.canvas.drawing() == drawn


def test_a_file_that_takes_for_ever_holds_up_neither_keeping_nor_quitting(
    qtbot: QtBot, start: Apps, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, goes_on = Event(), Event()

    def read_for_ever(path: Path) -> Drawing:
        reads.set()
        goes_on.wait(60)
        raise InputError(f"{path} never ended.")

    app = start()
    with monkeypatch.context() as patched:
        patched.setattr(documents, "read_drawing", read_for_ever)
        app.open("on a drive that is gone.png")
    assert reads.wait(10)
    draw(app, 4)
    drawn = app.window.canvas.drawing()
    start.end(app)
    assert not goes_on.is_set()
    again = start(wait=False)
    qtbot.waitUntil(lambda: again.window.canvas.drawing() == drawn)
    goes_on.set()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n0000", b"plain text"])
def test_a_broken_file_is_told_and_changes_nothing(
    qtbot: QtBot, start: Apps, tmp_path: Path, content: bytes
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(content)
    app = start()
    draw(app, 1)
    drawn = app.window.canvas.drawing()
    app.window.open_requested.emit([str(broken)])
    qtbot.waitUntil(lambda: "broken.png" in message(app))
    assert app.window.canvas.drawing() == drawn
    app.window.canvas.undo()
    assert app.window.canvas.is_blank(), "the broken file left a step to undo"


def test_a_picture_without_ink_is_told(qtbot: QtBot, start: Apps, tmp_path: Path) -> None:
    app = start()
    paper = QImage(80, 60, QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFFFF)
    paper.save(str(tmp_path / "paper.png"))
    app.open(str(tmp_path / "paper.png"))
    qtbot.waitUntil(lambda: "No writing was found" in message(app))


def test_a_pasted_picture_is_read(qtbot: QtBot, start: Apps) -> None:
    app = start()
    draw(app, 2)
    picture: QImage = app.window.canvas.to_image(1.0)
    app.window.canvas.clear()
    mime = QMimeData()
    mime.setImageData(picture)
    QGuiApplication.clipboard().setMimeData(mime)
    app.window.commands.paste.trigger()
    qtbot.waitUntil(lambda: shown(app) == 2)
    QGuiApplication.clipboard().clear()


def test_a_disk_that_takes_nothing_is_told_and_the_ink_stays(
    qtbot: QtBot, start: Apps, tmp_path: Path
) -> None:
    app = start()
    draw(app, 0)
    drawn = app.window.canvas.drawing()
    app.window.save_ink_requested.emit(str(tmp_path / "no such folder" / "0.inkml"))
    qtbot.waitUntil(lambda: "could not be saved" in message(app))
    assert app.window.canvas.drawing() == drawn


def test_a_user_folder_that_cannot_be_written_stops_nothing(
    qtbot: QtBot, start: Apps, tmp_path: Path
) -> None:
    (tmp_path / "user").write_text("a file where a folder should be")
    app = start()
    draw(app, 7)
    qtbot.waitUntil(lambda: shown(app) == 7)
    qtbot.waitUntil(lambda: "cannot be saved" in message(app))


def test_ink_from_another_app_is_fitted_and_read(qtbot: QtBot, start: Apps, tmp_path: Path) -> None:
    huge = tmp_path / "huge.inkml"
    huge.write_bytes(write_inkml(sample(3).transformed(250, 90_000, -40_000)))
    app = start(huge)
    qtbot.waitUntil(lambda: shown(app) == 3)
    ink = app.window.canvas.drawing()
    assert isinstance(ink, Ink)
    box = ink.bounds()
    assert box is not None
    assert QRectF(app.window.canvas.rect()).contains(QRectF(*box))


def test_about_names_the_versions(qtbot: QtBot, start: Apps) -> None:
    app = start()
    app.window.commands.about.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    with qtbot.waitSignal(dialog.finished):
        dialog.close()


def test_nothing_is_left_behind(start: Apps) -> None:
    app = start()
    process = app.recogniser.process_id
    start.end(app)
    assert not Path(f"/proc/{process}").exists()
