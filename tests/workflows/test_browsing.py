import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from time import process_time

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import resources
from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.ink import Ink, Stroke
from digitpad.core.models.record import Model, ModelState
from digitpad.core.prediction import Prediction
from digitpad.core.samples import database
from digitpad.core.samples.files import read_files
from digitpad.core.samples.sample import Caption, Sample
from digitpad.core.samples.store import FILE_NAME, SampleStore
from digitpad.ui.icons import Icons
from digitpad.ui.theme import Theme
from digitpad.ui.window.main_window import MainWindow
from digitpad.ui.wording import drawings
from digitpad.workflows import browsing, reading_again
from digitpad.workflows.browsing import Browsing
from digitpad.workflows.reading_again import ReadingAgain
from tests.samples import answer_of, ink_of, sample_of, unread_picture

_CHILD_MS = 30_000
"""A child that loads torch may take as long on a busy machine."""

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Room:
    """A window and the browser of a store with five drawings, numbers 1 to 5, labels the same."""

    def __init__(self, qtbot: QtBot, application: QApplication, folder: Path) -> None:
        self._qtbot = qtbot
        icons = Icons(resources.icons())
        self.window = MainWindow(icons, Theme(application))
        self.store = SampleStore(folder / FILE_NAME)
        self.store.add([sample_of(n, label=n, read_as=n) for n in range(1, 6)])
        self.model = Model("mine", "Mine", ModelState.FINISHED, resources.bundled_model())
        self.browsing = Browsing(self.window, icons, self.store, lambda: self.model)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.commands.samples.trigger()
        self.wait(lambda: self.shown() == self.labels() != {})

    @property
    def message(self) -> str:
        return self.browsing.browser.messages.text.text()

    def wait(self, condition: Callable[[], bool], *, timeout: int = 5000) -> None:
        self._qtbot.waitUntil(condition, timeout=timeout)

    def labels(self) -> dict[int, int]:
        """Return the labels on disk."""
        return {n: caption.label for n, caption in self.store.captions().items()}

    def shown(self) -> dict[int, int]:
        """Return the labels that the browser shows."""
        samples = self.browsing.browser.grid.samples
        return {n: samples._captions[n].label for n in samples.numbers()}

    def answers(self) -> dict[int, Prediction | None]:
        """Return on disk what the network made of the drawings."""
        return {n: caption.answer for n, caption in self.store.captions().items()}

    def told(self, part: str, *, timeout: int = 5000) -> None:
        """Wait for a message, and for the browser to show what is on disk."""
        self.wait(lambda: part in self.message and self.shown() == self.labels(), timeout=timeout)

    def reading(self) -> ReadingAgain:
        """Return what reads the drawings."""
        assert isinstance(self.browsing._going_on, ReadingAgain)
        return self.browsing._going_on

    def undo(self) -> None:
        self.browsing.browser.messages.offer_button.click()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, qapp, tmp_path / "user")
    yield room
    room.browsing.close()


def test_the_browser_shows_what_is_kept_with_pictures(room: Room) -> None:
    browser = room.browsing.browser
    assert browser.isVisible()
    assert list(room.shown()) == [5, 4, 3, 2, 1]
    thumbnails = browser.grid.thumbnails
    room.wait(lambda: all(n in thumbnails._kept for n in range(1, 6)))
    assert not any(pixmap.isNull() for pixmap in thumbnails._kept.values())


def test_relabelling_is_kept_and_can_be_taken_back(room: Room) -> None:
    room.browsing.browser.relabelled.emit([2, 3, 4], 4)
    room.told("2 drawings now labelled 4.")
    assert room.labels() == {5: 5, 4: 4, 3: 4, 2: 4, 1: 1}
    room.undo()
    room.wait(lambda: room.shown() == {5: 5, 4: 4, 3: 3, 2: 2, 1: 1})


def test_deleting_is_kept_and_can_be_taken_back(room: Room) -> None:
    before = room.store.samples(range(1, 6))
    room.browsing.browser.deleted.emit([2, 4])
    room.told("2 drawings deleted.")
    assert list(room.labels()) == [5, 3, 1]
    room.undo()
    room.wait(lambda: list(room.shown()) == [5, 4, 3, 2, 1])
    assert room.store.samples(range(1, 6)) == before


def test_undo_by_key_takes_back_one_change_after_the_other(room: Room) -> None:
    browser = room.browsing.browser
    undo = QKeySequence(QKeySequence.StandardKey.Undo)
    browser.deleted.emit([5])
    room.told("1 drawing deleted.")
    browser.relabelled.emit([1], 9)
    room.told("1 drawing now labelled 9.")
    QTest.keySequence(browser.grid, undo)
    room.wait(lambda: room.shown() == {4: 4, 3: 3, 2: 2, 1: 1})
    QTest.keySequence(browser.grid, undo)
    room.wait(lambda: room.shown() == {5: 5, 4: 4, 3: 3, 2: 2, 1: 1})
    QTest.keySequence(browser.grid, undo)  # nothing is left
    assert room.labels() == {5: 5, 4: 4, 3: 3, 2: 2, 1: 1}


def _shows(room: Room, drawings: int) -> bool:
    return len(room.shown()) == drawings


def test_of_very_many_changes_the_last_can_be_taken_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "_MOST_UNDOS", 2)
    for left in (4, 3, 2):
        room.browsing.browser.deleted.emit([left + 1])
        room.wait(partial(_shows, room, left))
    for _ in range(3):
        QTest.keySequence(room.browsing.browser.grid, QKeySequence(QKeySequence.StandardKey.Undo))
    room.wait(lambda: list(room.shown()) == [4, 3, 2, 1])


def test_what_could_not_be_taken_back_can_be_in_the_same_order(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_TIMEOUT_S", 0.05)
    browser = room.browsing.browser
    undo = QKeySequence(QKeySequence.StandardKey.Undo)
    browser.deleted.emit([5])
    room.told("1 drawing deleted.")
    browser.relabelled.emit([1], 9)
    room.told("1 drawing now labelled 9.")
    with closing(sqlite3.connect(room.store.path, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        QTest.keySequence(browser.grid, undo)
        QTest.keySequence(browser.grid, undo)
        assert room.browsing._undos == []
        room.wait(lambda: len(room.browsing._undos) == 2)
    assert "another program is using it" in room.message
    QTest.keySequence(browser.grid, undo)
    room.wait(lambda: room.shown() == {4: 4, 3: 3, 2: 2, 1: 1})
    QTest.keySequence(browser.grid, undo)
    room.wait(lambda: room.shown() == {5: 5, 4: 4, 3: 3, 2: 2, 1: 1})


def test_a_change_that_could_not_be_taken_back_is_offered_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_TIMEOUT_S", 0.05)
    room.browsing.browser.deleted.emit([2, 4])
    room.told("2 drawings deleted.")
    with closing(sqlite3.connect(room.store.path, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        room.undo()
        room.wait(lambda: "another program is using it" in room.message)
    assert room.browsing.browser.messages.offer_button.isVisible()
    room.undo()
    room.wait(lambda: list(room.shown()) == [5, 4, 3, 2, 1])


def test_import_merges_and_says_what_it_left_out(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "more.jsonl"
    lines: Iterable[tuple[Ink, str | None]] = [
        (ink_of(8), "8"),
        (ink_of(9), "9"),
        (ink_of(9), "9"),
        (ink_of(1), "7"),
        (ink_of(10), "B"),
        (ink_of(11), None),
    ]
    path.write_bytes(b"".join(format_ink_line(ink, label) for ink, label in lines))
    browser = room.browsing.browser
    browser.import_requested.emit([str(path)])
    assert browser.footer.text.text() == "Importing more.jsonl\u2026"
    room.told("2 drawings imported.")
    assert "2 skipped: already there." in room.message
    assert "2 skipped: no ink or no digit label." in room.message
    assert not browser.footer.busy.isVisible()
    assert sorted(room.labels().values()) == [1, 2, 3, 4, 5, 8, 9]
    room.undo()
    room.wait(lambda: list(room.shown()) == [5, 4, 3, 2, 1])


def test_an_import_that_fails_takes_in_nothing(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(format_ink_line(ink_of(8), "8") + b"{}\n")
    room.browsing.browser.import_requested.emit([str(path)])
    room.told("line 2")
    assert list(room.labels()) == [5, 4, 3, 2, 1]
    assert not room.browsing.browser.footer.busy.isVisible()


def test_import_takes_what_it_can_read_and_names_the_rest(room: Room, tmp_path: Path) -> None:
    path, broken, photo = (tmp_path / name for name in ("more.jsonl", "broken.png", "photo.png"))
    path.write_bytes(format_ink_line(ink_of(8), "8"))
    broken.write_bytes(b"no picture")
    cv2.imwrite(str(photo), np.full((9, 9), 255, np.uint8))
    browser = room.browsing.browser
    browser.import_requested.emit([str(path), str(broken), str(photo)])
    room.told("1 drawing imported. 1 skipped: no ink or no digit label.")
    assert "1 skipped: unreadable." in room.message
    details = browser.messages.details.toPlainText()
    assert "broken.png" in details
    assert "press its digit" in details


def test_export_of_ink_lines_and_of_a_folder(room: Room, tmp_path: Path) -> None:
    (picture,) = room.store.add([unread_picture()])
    lines, folder = tmp_path / "mine.jsonl.gz", tmp_path / "out"
    browser = room.browsing.browser
    browser.export_lines_requested.emit([1, 3, picture], str(lines))
    room.wait(lambda: "2 drawings exported to mine.jsonl.gz. 1 skipped" in room.message)
    assert [s.caption.label for s in read_files([lines]).samples] == [1, 3]
    browser.export_folder_requested.emit([1, picture], str(folder))
    room.wait(lambda: "2 drawings exported to out." in room.message)
    assert len(list(folder.glob("1/000001-*.inkml"))) == 1
    browser.export_lines_requested.emit([1], str(tmp_path / "no" / "such" / "folder.jsonl"))
    room.wait(lambda: "could not be saved" in room.message)


def many_lines(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    path.write_bytes(format_ink_line(ink_of(8), "8") * 60_000)
    return path


def test_an_import_says_how_far_it_is_and_can_be_stopped(room: Room, tmp_path: Path) -> None:
    browser = room.browsing.browser
    browser.import_requested.emit([str(many_lines(tmp_path))])
    told = re.compile(r"Importing many.jsonl: [\d,]+ drawings")
    room.wait(lambda: bool(told.fullmatch(browser.footer.text.text())))
    assert not browser.footer.export_button.isEnabled()
    browser.import_requested.emit([str(tmp_path)])
    assert "Another operation is running" in room.message
    QTest.mouseClick(browser.footer.stop_button, Qt.MouseButton.LeftButton)
    room.told("Import stopped; nothing was imported.")
    assert list(room.labels()) == [5, 4, 3, 2, 1]
    assert not browser.footer.busy.isVisible()
    assert browser.footer.import_button.isEnabled()


def test_the_end_of_the_app_ends_an_import(room: Room, tmp_path: Path) -> None:
    browser = room.browsing.browser
    browser.import_requested.emit([str(many_lines(tmp_path))])
    room.wait(lambda: "drawings" in browser.footer.text.text())
    began = process_time()
    room.browsing.close()
    assert process_time() - began < 1
    assert list(room.labels()) == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("as_lines", [True, False])
def test_an_export_says_how_far_it_is_and_can_be_stopped(
    room: Room,
    tmp_path: Path,
    as_lines: bool,  # noqa: FBT001
) -> None:
    room.store.add(sample_of(n, label=n % 10) for n in range(10, 20_000))
    numbers, browser = list(room.labels()), room.browsing.browser
    wanted = browser.export_lines_requested if as_lines else browser.export_folder_requested
    wanted.emit(numbers, str(tmp_path / "out.jsonl"))
    room.wait(lambda: " of 19,995" in browser.footer.text.text())
    QTest.mouseClick(browser.footer.stop_button, Qt.MouseButton.LeftButton)
    room.wait(lambda: "topped" in room.message)
    assert not browser.footer.busy.isVisible()
    if as_lines:
        assert not (tmp_path / "out.jsonl").exists()
        return
    written = len(list(tmp_path.rglob("*.inkml")))
    assert 0 < written < len(numbers)
    assert room.message == f"Export stopped; {drawings(written)} exported to out.jsonl."


def test_a_drawing_can_be_put_back_on_the_canvas(room: Room) -> None:
    room.browsing.browser.opened.emit(3)
    room.wait(lambda: room.window.canvas.drawing() == ink_of(3))
    thin = Ink((Stroke.of([(100, 100), (200, 200)], 0.0),))
    (number,) = room.store.add([Sample.of(thin, 1)])
    room.browsing.browser.opened.emit(number)
    room.wait(lambda: room.window.canvas.drawing() != ink_of(3))
    drawing = room.window.canvas.drawing()
    assert isinstance(drawing, Ink)
    assert drawing.strokes[0].width > 1


def test_drawings_are_read_again_by_the_model_in_use(room: Room) -> None:
    (imported,) = room.store.add([Sample.of(ink_of(6), 6)])
    room.browsing.refresh()
    room.wait(lambda: len(room.shown()) == 6)
    before = room.answers()
    assert before[imported] is None
    room.browsing.browser.footer.read_button.click()
    room.told("\u201cMine\u201d recognised 6 drawings", timeout=_CHILD_MS)
    after = room.answers()
    wrong = sum(answer is None or answer.digit != n for n, answer in after.items())
    assert f", {wrong} differently from " in room.message
    assert all(after[n] not in (None, before[n]) for n in before)
    room.undo()
    room.wait(lambda: room.answers() == before)


def test_reading_that_is_stopped_keeps_what_was_read(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_again, "_PORTION", 2)
    before = room.answers()
    browser = room.browsing.browser
    browser.footer.read_button.click()
    room.reading().progressed.connect(lambda *_: browser.footer.stop_button.click())
    room.told("recognised 2 drawings", timeout=_CHILD_MS)
    changed = {n for n, answer in room.answers().items() if answer != before[n]}
    assert {5, 4} <= changed < {1, 2, 3, 4, 5}
    assert not browser.footer.stop_button.isVisible()
    assert browser.footer.read_button.isVisible()


def test_a_model_that_cannot_be_loaded_reads_nothing(room: Room, tmp_path: Path) -> None:
    before = room.answers()
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"no model at all")
    room.model = Model("mine", "Mine", ModelState.FINISHED, broken)
    room.browsing.browser.footer.read_button.click()
    room.wait(lambda: "broken.safetensors" in room.message, timeout=_CHILD_MS)
    assert room.answers() == before


def test_a_reader_that_is_killed_is_told(room: Room) -> None:
    room.browsing.browser.footer.read_button.click()
    room.reading()._run._child.kill()
    room.wait(lambda: room.message.startswith("The recogniser crashed"), timeout=_CHILD_MS)
    assert room.browsing.browser.footer.read_button.isEnabled()


def test_what_was_read_before_a_failure_can_be_taken_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_again, "_PORTION", 2)
    before = room.answers()
    room.browsing.browser.footer.read_button.click()
    reading = room.reading()
    reading.progressed.connect(lambda *_: reading._run._child.kill())
    room.told("The recogniser crashed", timeout=_CHILD_MS)
    assert room.answers() != before
    room.undo()
    room.wait(lambda: room.answers() == before)


def test_the_end_of_the_app_ends_reading(room: Room) -> None:
    room.browsing.browser.footer.read_button.click()
    reading = room.reading()
    process = reading._run._child.process_id
    assert process
    room.browsing.close()
    assert room.browsing._going_on is None
    assert not Path(f"/proc/{process}").exists()


def test_what_is_labelled_meanwhile_appears(room: Room) -> None:
    room.store.keep(sample_of(6, label=6))
    room.browsing.on_samples_changed()
    room.wait(lambda: list(room.shown()) == [6, 5, 4, 3, 2, 1])


def test_a_store_that_cannot_be_read_is_told(room: Room) -> None:
    thumbnails = room.browsing.browser.grid.thumbnails
    room.wait(lambda: len(thumbnails._kept) == 5)
    room.store.path.write_bytes(b"something else altogether" * 500)
    room.browsing.refresh()
    room.wait(lambda: "cannot be read" in room.message)
    room.browsing.browser.deleted.emit([1])
    room.wait(lambda: "cannot be changed" in room.message)


def test_thousands_are_listed_at_once(room: Room) -> None:
    shared = answer_of(7)
    room.store.add(
        Sample(ink_of(n), Caption(n % 10, shared, sample_of(0).caption.created))
        for n in range(100, 3100)
    )
    room.browsing.refresh()
    room.wait(lambda: len(room.shown()) == 3005)
    assert room.browsing.browser.filters.all.count() == 3005


def test_without_being_opened_there_is_no_browser(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    icons = Icons(resources.icons())
    window = MainWindow(icons, Theme(qapp))
    qtbot.addWidget(window)
    model = Model("mine", "Mine", ModelState.FINISHED, resources.bundled_model())
    browsing = Browsing(window, icons, SampleStore(tmp_path / FILE_NAME), lambda: model)
    browsing.on_samples_changed()
    browsing.close()
    assert browsing._browser is None
