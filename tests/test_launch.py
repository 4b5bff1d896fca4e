"""The start: what is seen first, what comes after, and what happens in between."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFileOpenEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.core.formats.inkml import read_inkml
from digitpad.core.ink import Ink, Stroke
from digitpad.launch import Launch
from digitpad.replay import send_mouse
from digitpad.resources import Folders
from digitpad.settings import Settings
from digitpad.ui.canvas.canvas import Tool
from digitpad.ui.setup import Application

MODULES = """
import sys
from pathlib import Path
from digitpad.launch import Launch
from digitpad.resources import Folders
from digitpad.ui.setup import make_application

application = make_application(["digitpad"])
launch = Launch(application, Folders.below(Path(sys.argv[1])))
launch.painted.connect(lambda: print(*sys.modules))
launch.joined.connect(lambda app: application.exit())
launch.start()
application.exec()
launch.close()
print(*sys.modules)
"""

ENDED = """
import sys
from PySide6.QtCore import QEvent, QTimer
from digitpad import launch
from digitpad.replay import send_mouse
from digitpad.ui.canvas.canvas import Tool

class Drawn(launch.Launch):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.joined.connect(lambda app: QTimer.singleShot(0, self.draw))

    def draw(self):
        canvas = self.window.canvas
        send_mouse(canvas, QEvent.Type.MouseButtonPress, 200, 80)
        send_mouse(canvas, QEvent.Type.MouseMove, 200, 300)
        send_mouse(canvas, QEvent.Type.MouseButtonRelease, 200, 300)
        self.window.choose_tool(Tool.ERASER)
        print("drawn", flush=True)

launch.Launch = Drawn
sys.exit(launch.run(None))
"""

NEVER = {"torch", "cv2", "PIL", "scipy", "matplotlib", "pandas"}
LATER = {"numpy", "pyqtgraph", "sqlite3", "filelock", "defusedxml", "digitpad.app"}


@pytest.fixture
def launch(qapp: QApplication, tmp_path: Path) -> Iterator[Launch]:
    launch = Launch(qapp, Folders.below(tmp_path))
    yield launch
    launch.window.close()
    launch.close()
    launch.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_window_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    """What comes later would keep the person waiting; torch would freeze the window even then."""
    ran = subprocess.run(
        [sys.executable, "-c", MODULES, str(tmp_path)], capture_output=True, text=True, check=True
    )
    at_first, in_the_end = (set(line.split()) for line in ran.stdout.splitlines())
    assert "digitpad.ui.canvas.canvas" in at_first
    assert not (NEVER | LATER) & at_first
    assert in_the_end >= LATER
    assert not NEVER & in_the_end


def test_what_is_drawn_before_the_app_is_there_is_read(qtbot: QtBot, launch: Launch) -> None:
    canvas, chart = launch.window.canvas, launch.window.board.chart_place

    def draw() -> None:
        assert launch.app is None
        send_mouse(canvas, QEvent.Type.MouseButtonPress, 200, 80)
        send_mouse(canvas, QEvent.Type.MouseMove, 200, 300)
        send_mouse(canvas, QEvent.Type.MouseButtonRelease, 200, 300)

    launch.painted.connect(draw)
    launch.start()
    qtbot.waitUntil(lambda: chart.chart.winner() == 1, timeout=30_000)
    assert canvas.drawing()


@pytest.mark.parametrize("kind", ["file", "picture"])
def test_what_is_dropped_before_the_app_is_there_opens(
    qtbot: QtBot, launch: Launch, kind: str
) -> None:
    mime = QMimeData()
    if kind == "file":
        mime.setUrls([QUrl.fromLocalFile(str(resources.sample_ink() / "9.inkml"))])
    else:
        picture = QImage(60, 60, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        mime.setImageData(picture)
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, button, none)

    def let_go() -> None:
        assert launch.app is None
        launch.window.canvas.dropEvent(drop)

    launch.painted.connect(let_go)
    launch.start()
    qtbot.waitUntil(lambda: bool(launch.window.canvas.drawing()), timeout=10_000)


def test_nothing_is_offered_that_nobody_would_answer(qtbot: QtBot, launch: Launch) -> None:
    commands = launch.window.commands
    with qtbot.waitSignal(launch.joined, timeout=10_000):
        launch.start()
        assert not commands.retrain.isEnabled()
        assert commands.open.isEnabled(), "its dialog takes longer than the app"
    assert commands.retrain.isEnabled()


def test_the_bars_come_without_moving_anything(qtbot: QtBot, launch: Launch) -> None:
    board = launch.window.board
    parts = (board.canvas, board.answer, board.chart_place, board.input_view)
    with qtbot.waitSignal(launch.painted):
        launch.start()
    places = [part.geometry() for part in parts]
    qtbot.waitUntil(board.chart_place.chart.isVisible, timeout=10_000)
    assert board.chart_place.chart.size() == board.chart_place.size()
    assert [part.geometry() for part in parts] == places


def test_a_window_closed_at_once_remembers_its_size(qapp: QApplication, tmp_path: Path) -> None:
    sizes = []
    for size in ((700, 620), (720, 640)):
        launch = Launch(qapp, Folders.below(tmp_path))
        launch.start()
        sizes.append(launch.window.size().toTuple())
        launch.window.resize(*size)
        launch.window.close()
        launch.close()
        assert launch.app is None
        launch.deleteLater()
    assert sizes[1] == (700, 620) != sizes[0]


@pytest.mark.skipif(sys.platform == "win32", reason="tells no one that it ends them")
def test_whoever_ends_it_from_outside_loses_nothing(tmp_path: Path) -> None:
    kinds = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    surroundings = {**os.environ, "HOME": str(tmp_path), **dict.fromkeys(kinds, str(tmp_path))}
    command = [sys.executable, "-c", ENDED]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.terminate()
        assert running.wait(60) == 0
    (drawing,) = tmp_path.rglob("drawing.inkml")
    assert read_inkml(drawing.read_bytes(), "x")
    (settings,) = tmp_path.rglob("settings.ini")
    assert json.loads(Settings(settings).window_state)["tool"] == Tool.ERASER


def test_what_there_is_is_kept_before_a_session_ends(
    qtbot: QtBot, launch: Launch, tmp_path: Path
) -> None:
    with qtbot.waitSignal(launch.joined, timeout=10_000):
        launch.start()
    launch.window.canvas.set_drawing(Ink((Stroke.of([(1, 2), (3, 4)]),)), "opening")
    launch.window.choose_tool(Tool.ERASER)
    launch.keep()
    assert (tmp_path / "data" / "drawing.inkml").exists()
    state = Settings(tmp_path / "config" / "settings.ini").window_state
    assert json.loads(state)["tool"] == Tool.ERASER
    assert launch.window.isVisible()


@pytest.mark.parametrize("when", ["painted", "joined"])
def test_a_file_that_macos_hands_over_opens(
    qtbot: QtBot, qapp: QApplication, launch: Launch, when: str
) -> None:
    assert isinstance(qapp, Application)
    qapp.file_opened.connect(launch.open)
    event = QFileOpenEvent(str(resources.sample_ink() / "9.inkml"))
    getattr(launch, when).connect(lambda: QCoreApplication.sendEvent(qapp, event))
    launch.start()
    qtbot.waitUntil(lambda: bool(launch.window.canvas.drawing()), timeout=30_000)
