"""Looking at data as the app does it: a real child that reads, a window that shows it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.children.surveying import SurveyRun
from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import FILE_NAME, SampleStore
from digitpad.launch import Launch
from digitpad.resources import Folders
from digitpad.ui.datasets.data_dialog import DataDialog
from digitpad.ui.datasets.window import DataWindow
from digitpad.ui.icons import Icons
from digitpad.ui.theme import Theme
from digitpad.ui.window.main_window import MainWindow
from digitpad.workflows.data_browsing import DataBrowsing
from tests.drawings import sample_digits


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> MainWindow:
    window = MainWindow(Icons(resources.icons()), Theme(qapp))
    qtbot.addWidget(window)
    return window


@pytest.fixture
def browsing(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DataBrowsing]:
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path / "none"))
    browsing = DataBrowsing(window, SampleStore(tmp_path / FILE_NAME))
    yield browsing
    browsing.close()


@pytest.fixture
def ink(tmp_path: Path) -> str:
    path = tmp_path / "digits.jsonl"
    lines = [format_ink_line(ink, str(digit)) for digit, ink in enumerate(sample_digits())]
    path.write_bytes(b"".join(lines))
    return str(path)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    path = tmp_path / "broken.csv"
    path.write_text(",".join(["7", *["0"] * 784]) + "\n7,1,2\n")
    return str(path)


def view_of(window: MainWindow) -> DataWindow:
    (view,) = window.findChildren(DataWindow)
    return view


def test_data_are_read_and_shown_with_what_is_broken_above(
    qtbot: QtBot, window: MainWindow, browsing: DataBrowsing, ink: str, broken: str
) -> None:
    browsing.look([ink, broken])
    view = view_of(window)
    assert view.waiting.title.text() == "Loading the data"
    qtbot.waitUntil(lambda: view.content is not None, timeout=60_000)
    assert view.content is not None
    assert view.content.title.text() == "digits"
    assert view.content.chart.heights() == (1.0,) * 10
    assert "broken.csv, row 2 has 3 columns" in view.content.banner.text.text()
    qtbot.waitUntil(lambda: not browsing.findChildren(SurveyRun))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    assert not window.findChildren(DataWindow)


def test_where_nothing_can_be_used_it_says_why(
    qtbot: QtBot, window: MainWindow, browsing: DataBrowsing, broken: str
) -> None:
    browsing.look([broken])
    view = view_of(window)
    qtbot.waitUntil(lambda: view.waiting.button.text() == "Close", timeout=60_000)
    assert view.waiting.title.text() == "This data cannot be used"
    assert "row 2 has 3 columns" in view.waiting.text.text()
    view.waiting.button.click()
    assert not view.isVisible()


def test_stop_ends_the_child_and_closes_the_window(
    qtbot: QtBot, window: MainWindow, browsing: DataBrowsing, ink: str
) -> None:
    browsing.look([ink])
    (run,) = browsing.findChildren(SurveyRun)
    with qtbot.waitSignal(run.destroyed, timeout=10_000):
        view_of(window).waiting.button.click()


@pytest.mark.usefixtures("browsing")
def test_the_menu_asks_which_data(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    samples = [Sample.of(ink, digit) for digit, ink in enumerate(sample_digits())]
    SampleStore(tmp_path / FILE_NAME).add(samples)
    window.commands.data.trigger()
    (dialog,) = window.findChildren(DataDialog)
    qtbot.waitUntil(lambda: dialog.data.list.count() == 2)
    mnist, own = dialog.data.list.item(0), dialog.data.list.item(1)
    assert own.text().startswith("My drawings")
    mnist.setCheckState(Qt.CheckState.Unchecked)
    dialog.go.click()
    view = view_of(window)
    qtbot.waitUntil(lambda: view.content is not None, timeout=60_000)
    assert view.content is not None
    assert view.content.title.text() == "My drawings"
    view.close()


@pytest.mark.usefixtures("browsing")
def test_drawings_in_use_by_another_program_hold_nothing_up(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    store = SampleStore(tmp_path / FILE_NAME)
    store.add([Sample.of(ink, digit) for digit, ink in enumerate(sample_digits())])
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        window.commands.data.trigger()
        (dialog,) = window.findChildren(DataDialog)
        assert dialog.isVisible()
        assert dialog.data.list.count() == 1
        other.execute("COMMIT")
    qtbot.waitUntil(lambda: dialog.data.list.count() == 2)
    dialog.cancel.click()


@pytest.fixture
def launch(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Launch]:
    launch = Launch(qapp, Folders.below(tmp_path / "user"))
    with qtbot.waitSignal(launch.joined):
        launch.start()
    yield launch
    launch.window.close()
    launch.close()
    launch.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_retrain_window_looks_at_what_is_checked(
    qtbot: QtBot, launch: Launch, ink: str, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_DATA", "none")
    assert launch.app is not None
    launch.window.commands.retrain.trigger()
    data = launch.app.retraining.window.setup.data
    data.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    data.add_paths([ink])
    data.look.click()
    view = view_of(launch.window)
    qtbot.waitUntil(lambda: view.content is not None, timeout=60_000)
    assert view.content is not None
    assert view.content.about.text() == f"10 drawings \u00b7 {ink}"
    view.close()
    data.add_paths([broken])
    data.look.click()  # and the app ends while that is under way
